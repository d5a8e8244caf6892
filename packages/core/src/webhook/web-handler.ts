import type { HandlerOptions } from "./node-handler.js";
import { tailOf } from "./webhook-path.js";

/** Web-standard `Request` → `Response` in front of the receiver. `notOurs` gets a request whose body can be read anew. */
export function webHandler({ basePath, receive, maxBodyBytes, bodyDeadlineMs }: HandlerOptions, notOurs?: (request: Request) => Promise<Response>) {
  return async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const pass = (again: Request, status: number) => notOurs?.(again) ?? Promise.resolve(new Response(null, { status }));
    if (tailOf(basePath, pathname) === undefined) return pass(request, 404);
    const body = await readBody(request, maxBodyBytes, bodyDeadlineMs);
    if (typeof body === "string") return new Response(null, { status: body === "too-large" ? 413 : 400 });
    const result = await receive({ method: request.method, path: pathname, headers: request.headers.entries(), body });
    if (result.handled) return new Response(null, { status: result.status });
    const again = body.byteLength === 0 ? { method: request.method, headers: request.headers } : { method: request.method, headers: request.headers, body };
    return pass(new Request(request.url, again), result.status);
  };
}

async function readBody(request: Request, max: number, deadlineMs: number): Promise<Uint8Array<ArrayBuffer> | "too-large" | "too-slow" | "aborted"> {
  if (request.body === null) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let size = 0;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    void reader.cancel();
  }, deadlineMs);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (late) return "too-slow";
      if (done) break;
      size += value.byteLength;
      if (size > max) {
        void reader.cancel();
        return "too-large";
      }
      chunks.push(value);
    }
  } catch {
    return "aborted";
  } finally {
    clearTimeout(timer);
  }
  const body = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    body.set(chunk, at);
    at += chunk.byteLength;
  }
  return body;
}
