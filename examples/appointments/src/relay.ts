import { once } from "node:events";
import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";

export interface Relayed {
  readonly method: string;
  readonly path: string;
  readonly body: string;
}

/** What a relay does with a request: nothing, send it twice, send another body, or answer by itself. */
export type Verdict = "pass" | "twice" | { readonly body: string } | { readonly status: number; readonly json: unknown };
export type Meddle = (request: Relayed) => Verdict;

const HOP_HEADERS = new Set(["host", "connection", "content-length", "keep-alive", "transfer-encoding", "expect"]);

/** A server that hands requests on to another one, and meddles with some: how the demonstration plants its defects. */
export async function startRelay(target: string, meddle: Meddle): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const handOn = async (): Promise<void> => {
      const { method = "GET", url: path = "/" } = request;
      const bytes = await buffer(request);
      const verdict = meddle({ method, path, body: bytes.toString("utf8") });
      if (typeof verdict === "object" && "status" in verdict) {
        response.writeHead(verdict.status, { "content-type": "application/json" }).end(JSON.stringify(verdict.json));
        return;
      }
      const headers = Object.entries(request.headers).flatMap(([name, value]) => (typeof value === "string" && !HOP_HEADERS.has(name) ? [[name, value] as const] : []));
      const body = typeof verdict === "object" ? Buffer.from(verdict.body) : bytes;
      const send = () => fetch(`${target}${path}`, { method, headers: headers.map(([name, value]): [string, string] => [name, value]), ...(body.length > 0 && { body: new Uint8Array(body) }) });
      const answer = await send();
      if (verdict === "twice") await send();
      const type = answer.headers.get("content-type");
      response.writeHead(answer.status, type === null ? {} : { "content-type": type }).end(Buffer.from(await answer.arrayBuffer()));
    };
    handOn().catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
