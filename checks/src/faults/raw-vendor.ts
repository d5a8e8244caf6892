import { createServer, type Socket } from "node:net";

/** One whole request as it came over the wire. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  /** Of the head alone, names in lower case, in order. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

/** What a connection does. `next` resolves with the next whole request; `nth` counts the connections from 0. */
export type Behaviour = (socket: Socket, next: () => Promise<RawRequest>, nth: number) => void | Promise<void>;

/** A server that speaks no HTTP of its own: a fault says byte for byte what happens. */
export interface RawVendor {
  readonly port: number;
  readonly baseUrl: string;
  readonly requests: readonly RawRequest[];
  connections(): number;
  open(): number;
  close(): Promise<void>;
}

export async function openVendor(behave: Behaviour, host = "127.0.0.1"): Promise<RawVendor> {
  const sockets = new Set<Socket>();
  const requests: RawRequest[] = [];
  let connections = 0;
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket)).on("end", () => socket.end());
    void Promise.resolve(behave(socket, reader(socket, requests), connections++)).catch(() => undefined);
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, host, resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    port,
    baseUrl: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    requests,
    connections: () => connections,
    open: () => {
      for (const socket of sockets) socket.resume(); // one that does not read never learns that the other side has gone
      return sockets.size;
    },
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    }),
  };
}

function reader(socket: Socket, requests: RawRequest[]): () => Promise<RawRequest> {
  let text = "";
  let wake: (() => void) | undefined;
  let listening = false;
  return async () => {
    if (!listening) {
      listening = true;
      socket.on("data", (chunk: Buffer) => {
        text += chunk.toString("latin1");
        wake?.();
      });
    }
    for (;;) {
      const whole = wholeRequest(text);
      if (whole !== undefined) {
        text = text.slice(whole.length);
        const request = parse(whole);
        requests.push(request);
        return request;
      }
      await new Promise<void>((resolve) => { wake = resolve; });
    }
  };
}

function wholeRequest(text: string): string | undefined {
  const head = text.indexOf("\r\n\r\n");
  if (head < 0) return undefined;
  const length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1] ?? 0);
  return text.length >= head + 4 + length ? text.slice(0, head + 4 + length) : undefined;
}

function parse(whole: string): RawRequest {
  const end = whole.indexOf("\r\n\r\n");
  const [line = "", ...rest] = whole.slice(0, end).split("\r\n");
  const [method = "", path = ""] = line.split(" ");
  const headers = rest.map((each) => [each.slice(0, each.indexOf(":")).toLowerCase(), each.slice(each.indexOf(":") + 1).trim()] as const);
  return { method, path, headers, body: whole.slice(end + 4) };
}

/** A complete answer as bytes. */
export function answer(status: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Buffer {
  const bytes = Buffer.from(body);
  const lines = Object.entries({ "content-type": "application/json", "content-length": String(bytes.length), ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join("")}\r\n`), bytes]);
}

/** Writes as much as the other side takes, until it closes. */
export function pour(socket: Socket, total: number): void {
  const chunk = Buffer.alloc(65_536, 0x20);
  let left = total;
  const more = () => {
    while (left > 0 && !socket.destroyed && socket.write(chunk)) left -= chunk.length;
  };
  socket.on("drain", more);
  more();
}
