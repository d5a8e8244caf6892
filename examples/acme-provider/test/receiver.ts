import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { fromEpochMs, type WebhookRequest } from "@event-messaging/core/driver";

/** A server that takes what Acme posts, by line: the path says whose it is. */
export async function startReceiver() {
  const taken = new Map<string, readonly WebhookRequest[]>();
  const server = createServer((request, response) => {
    void buffer(request).then((bytes) => {
      const line = (request.url ?? "/").slice(1);
      const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      taken.set(line, [...taken.get(line) ?? [], { method: "POST", tail: [], headers, body: new Uint8Array(bytes), receivedAt: fromEpochMs(Date.now()) }]);
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    taken: (line: string): readonly WebhookRequest[] => taken.get(line) ?? [],
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
