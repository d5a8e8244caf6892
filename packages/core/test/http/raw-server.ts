import { createServer, type AddressInfo, type Server, type Socket } from "node:net";

/** What a connection does; `read` resolves with the text of the next whole request (head and body). */
export type Behaviour = (socket: Socket, read: () => Promise<string>, nth: number) => void | Promise<void>;

/** A server that speaks no HTTP of its own: each test says byte for byte what happens. */
export interface RawServer {
  readonly baseUrl: string;
  /** Every whole request that was read, in order. */
  readonly requests: readonly string[];
  readonly connections: () => number;
  readonly open: () => number;
  /** Resolves when no socket is open any more. */
  drained(): Promise<void>;
  close(): Promise<void>;
}

export async function rawServer(behave: Behaviour): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const requests: string[] = [];
  const waiting: (() => void)[] = [];
  let connections = 0;
  const server: Server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => {
      sockets.delete(socket);
      if (sockets.size === 0) for (const done of waiting.splice(0)) done();
    });
    socket.on("end", () => socket.end());
    const read = reader(socket, requests);
    void Promise.resolve(behave(socket, read, connections++)).catch(() => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = isAddress(address) ? address.port : 0;
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    requests,
    connections: () => connections,
    open: () => sockets.size,
    drained: () => new Promise((resolve) => {
      if (sockets.size === 0) return resolve();
      waiting.push(resolve);
      for (const socket of sockets) socket.resume(); // one that does not read never learns that the other side is gone
    }),
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    }),
  };
}

function reader(socket: Socket, requests: string[]): () => Promise<string> {
  let text = "";
  let wake: (() => void) | undefined;
  socket.on("data", (chunk: Buffer) => {
    text += chunk.toString("latin1");
    wake?.();
  });
  return async () => {
    for (;;) {
      const whole = wholeRequest(text);
      if (whole !== undefined) {
        text = text.slice(whole.length);
        requests.push(whole);
        return whole;
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

function isAddress(value: AddressInfo | string | null): value is AddressInfo {
  return typeof value === "object" && value !== null;
}

/** A complete answer. */
export function answer(status: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Buffer {
  const bytes = Buffer.from(body);
  const lines = Object.entries({ "content-type": "application/json", "content-length": String(bytes.length), ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`HTTP/1.1 ${status}\r\n${lines.join("")}\r\n`), bytes]);
}

/** Reads requests and gives each the same answer, on the same connection. */
export function answering(bytes: Buffer | (() => Buffer)): Behaviour {
  return async (socket, read) => {
    for (;;) {
      await read();
      socket.write(typeof bytes === "function" ? bytes() : bytes);
    }
  };
}
