import { createServer } from "node:http";
import { fromEpochMs, type WebhookRequest } from "@event-messaging/core/driver";

/** A server that takes what a simulated vendor posts, by account: the first path segment says whose it is, the rest is the tail. */
export interface Receiver {
  readonly url: string;
  taken(account: string): readonly WebhookRequest[];
  stop(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const taken = new Map<string, WebhookRequest[]>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const [account = "", ...tail] = (request.url ?? "/").slice(1).split("/");
      const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
      taken.set(account, [...(taken.get(account) ?? []), { method: "POST", tail, headers, body: new Uint8Array(Buffer.concat(chunks)), receivedAt: fromEpochMs(Date.now()) }]);
      response.writeHead(200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the receiver has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    taken: (account) => taken.get(account) ?? [],
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Those of the deliveries that speak of something. */
export function about(deliveries: readonly WebhookRequest[], words: string): readonly WebhookRequest[] {
  return deliveries.filter(({ body }) => new TextDecoder().decode(body).includes(words));
}
