import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";

/** One HTTP request as a vendor's server sees it: headers in lower case, path segments percent-decoded. */
export interface SimRequest {
  readonly method: string;
  /** The path as sent, still percent-encoded, without the query. */
  readonly path: string;
  /** `/a/b%40c` gives `["a", "b@c"]`. An empty segment stays empty. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  /** The body, up to the server's cap. */
  readonly body: Buffer;
  /** True when the body was longer than the cap; `body` then holds only its beginning. */
  readonly bodyTooLarge: boolean;
  /** Aborted when the client goes away before it was answered, and when the server stops. */
  readonly closed: AbortSignal;
}

/** What is known of a request before a byte of its body is read. */
export type SimRequestHead = Omit<SimRequest, "body" | "bodyTooLarge">;

interface Afterwards {
  /** Called once, after the answer has been written (or the connection dropped, or the request left hanging). */
  readonly afterwards?: () => void;
}

export interface Answered extends Afterwards {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  readonly raw?: Buffer;
  /** Promise more bytes than are sent, then destroy the connection. */
  readonly cut?: boolean;
}

/** An answer without an end: `stream` is called once with the function that sends, and gives the function to call when the connection is over. */
export interface Streamed extends Afterwards {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly stream: (send: (chunk: string) => void) => () => void;
}

/** How a simulated vendor answers: with a response, with a stream, by dropping the connection (RST or FIN), or never. */
export type Reply = Answered | Streamed | (Afterwards & { readonly drop: "reset" | "close" }) | (Afterwards & { readonly hang: true });

export type Handle = (request: SimRequest) => Promise<Reply>;

export interface ServerOptions {
  /** 0 (the default) lets the system choose. */
  readonly port?: number;
  /** How long an idle connection is kept. Default 5000, as Node's own. */
  readonly keepAliveTimeoutMs?: number;
  /** Bodies are read up to this many bytes. Default 50 MiB. */
  readonly maxBodyBytes?: number;
  /** May answer before the body is read: the only way to refuse a request without having read it. */
  readonly beforeBody?: (head: SimRequestHead) => Reply | undefined;
  /** A path such as `/whatsapp` under which everything lies, as behind a reverse proxy that takes it off again. Default: none. */
  readonly basePath?: string;
  /** Takes over a connection that asks for `Upgrade: websocket`. Without it such a request is an ordinary one. */
  readonly upgrade?: (head: SimRequestHead, socket: Duplex) => void;
}

export interface SimServer {
  /** `http://127.0.0.1:<port>` and the base path, without a trailing slash. */
  readonly url: string;
  readonly port: number;
  /** Closes every socket at once and stops listening. May be repeated. */
  stop(): Promise<void>;
}

/** Starts an HTTP server on loopback. A handler that throws gets its client a plain 500: that is a defect of the simulator, not of the vendor. */
export const startServer = async (handle: Handle, options: ServerOptions = {}): Promise<SimServer> => {
  const sockets = new Set<Socket>();
  const base = basePathOf(options.basePath);
  const cap = options.maxBodyBytes ?? 50 * 1024 * 1024;
  const server = createServer({ keepAliveTimeout: options.keepAliveTimeoutMs ?? 5000 }, (incoming, response) => {
    void serve(incoming, response);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });

  const serve = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const gone = new AbortController();
    response.on("close", () => {
      if (!response.writableFinished) gone.abort();
    });
    incoming.on("error", () => gone.abort());
    const head = headOf(incoming, base, gone.signal);
    try {
      if (head === undefined) return write(response, { status: 404, text: "<html><body>404 Not Found</body></html>" });
      const early = options.beforeBody?.(head);
      if (early !== undefined) return write(response, early);
      const { body, tooLarge } = await readBody(incoming, cap);
      write(response, await handle({ ...head, body, bodyTooLarge: tooLarge }));
    } catch (error) {
      if (gone.signal.aborted || response.destroyed) return;
      write(response, { status: 500, json: { simulator: error instanceof Error ? `${error.name}: ${error.message}` : "failed" } });
    }
  };

  const { upgrade } = options;
  if (upgrade !== undefined) {
    server.on("upgrade", (incoming, socket) => {
      const head = headOf(incoming, base, new AbortController().signal);
      if (head === undefined) socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
      else upgrade(head, socket);
    });
  }

  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("simulator: the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}${base}`,
    port: address.port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

const basePathOf = (given: string | undefined): string => {
  const base = (given ?? "").replace(/(?<!\/)\/+$/, "");
  if (base !== "" && !/^(?:\/[\w.~-]+)+$/.test(base)) throw new TypeError(`simulator: basePath ${JSON.stringify(given)} is no path such as "/whatsapp"`);
  return base;
};

/** Undefined when the request lies outside the base path. */
const headOf = (incoming: IncomingMessage, base: string, closed: AbortSignal): SimRequestHead | undefined => {
  const whole = incoming.url ?? "/";
  if (base !== "" && !whole.startsWith(`${base}/`)) return undefined;
  const target = whole.slice(base.length);
  const mark = target.indexOf("?");
  const path = mark === -1 ? target : target.slice(0, mark);
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(", ") : value;
  }
  const segments = path.slice(1).split("/").map(decoded);
  return { method: incoming.method ?? "GET", path, segments, query: new URLSearchParams(mark === -1 ? "" : target.slice(mark + 1)), headers, closed };
};

const decoded = (segment: string): string => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
};

const readBody = async (incoming: IncomingMessage, cap: number): Promise<{ body: Buffer; tooLarge: boolean }> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of incoming) {
    const bytes: Buffer = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
    size += bytes.length;
    if (size <= cap) chunks.push(bytes);
  }
  return { body: Buffer.concat(chunks), tooLarge: size > cap };
};

const write = (response: ServerResponse, reply: Reply): void => {
  let over = false;
  const afterwards = (): void => {
    if (!over && reply.afterwards !== undefined) setImmediate(reply.afterwards);
    over = true;
  };
  const socket = response.socket;
  if ("hang" in reply) return afterwards();
  if ("drop" in reply) {
    if (reply.drop === "reset") socket?.resetAndDestroy();
    else socket?.end(() => socket.destroy());
    return afterwards();
  }
  if ("stream" in reply) {
    response.writeHead(reply.status, reply.headers);
    const end = reply.stream((chunk) => {
      if (!response.destroyed) response.write(chunk);
    });
    response.on("close", end);
    if (response.destroyed) end();
    return afterwards();
  }
  const [body, type] = bodyOf(reply);
  const headers: Record<string, string> = { ...(type === undefined ? {} : { "content-type": type }), ...reply.headers };
  // The connection may already be gone; what was to happen afterwards happens all the same.
  response.on("close", afterwards);
  if (response.destroyed) return afterwards();
  if (reply.cut === true) {
    response.writeHead(reply.status, { ...headers, "content-length": String(body.length + 64) });
    response.write(body.subarray(0, Math.ceil(body.length / 2)), () => socket?.destroy());
    return;
  }
  if (reply.status === 204 || reply.status === 304) response.writeHead(reply.status, headers).end();
  else response.writeHead(reply.status, { ...headers, "content-length": String(body.length) }).end(body);
};

const bodyOf = (reply: Answered): readonly [Buffer, string | undefined] => {
  if (reply.raw !== undefined) return [reply.raw, undefined];
  if (reply.text !== undefined) return [Buffer.from(reply.text), "text/html; charset=utf-8"];
  if (reply.json !== undefined) return [Buffer.from(JSON.stringify(reply.json)), "application/json; charset=utf-8"];
  return [Buffer.alloc(0), undefined];
};
