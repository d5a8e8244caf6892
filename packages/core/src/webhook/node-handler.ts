import type { IncomingMessage, ServerResponse } from "node:http";
import type { RawWebhook, WebhookResult } from "./receiver.js";
import { tailOf } from "./webhook-path.js";

export interface HandlerOptions {
  readonly basePath: string;
  readonly receive: (raw: RawWebhook) => Promise<WebhookResult>;
  readonly maxBodyBytes: number;
  /** How long a body may take to arrive. */
  readonly bodyDeadlineMs: number;
}

type NotOurs = (request: IncomingMessage, response: ServerResponse, body: Uint8Array) => void;

/** `node:http` in front of the receiver. The bytes are read here, once, and handed to `notOurs` when they are not ours. */
export function nodeHandler({ basePath, receive, maxBodyBytes, bodyDeadlineMs }: HandlerOptions, notOurs?: NotOurs) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const path = request.url ?? "/";
    const pass = (body: Uint8Array, status: number) => (notOurs ? notOurs(request, response, body) : answer(response, status));
    // A path that is not ours keeps its stream: the other program may want to read it itself.
    if (tailOf(basePath, path) === undefined) return pass(new Uint8Array(), 404);
    void readBody(request, maxBodyBytes, bodyDeadlineMs).then(async (body) => {
      if (body === "aborted") return request.destroy();
      if (typeof body === "string") {
        response.setHeader("connection", "close");
        return answer(response, body === "too-large" ? 413 : 400);
      }
      const result = await receive({ method: request.method ?? "", path, headers: headersOf(request), body });
      return result.handled ? answer(response, result.status) : pass(body, result.status);
    });
  };
}

function answer(response: ServerResponse, status: number): void {
  if (response.headersSent) return;
  response.writeHead(status, { "content-length": 0 });
  response.end();
}

function headersOf(request: IncomingMessage): readonly (readonly [string, string])[] {
  return Object.entries(request.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, Array.isArray(value) ? value.join(", ") : value] as const]));
}

function readBody(request: IncomingMessage, max: number, deadlineMs: number): Promise<Uint8Array | "too-large" | "too-slow" | "aborted"> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    // A body parser before this handler has read the bytes that signatures cover: there is nothing left to wait for.
    if (request.readableEnded) return resolve("too-slow");
    const timer = setTimeout(() => end("too-slow"), deadlineMs);
    const end = (result: Uint8Array | "too-large" | "too-slow" | "aborted") => {
      clearTimeout(timer);
      request.removeAllListeners("data");
      if (typeof result === "string") request.pause();
      resolve(result);
    };
    request.on("data", (chunk: Buffer) => {
      size += chunk.byteLength;
      if (size > max) end("too-large");
      else chunks.push(chunk);
    });
    request.once("end", () => end(Buffer.concat(chunks)));
    request.once("error", () => end("aborted"));
    request.once("close", () => end("aborted"));
  });
}
