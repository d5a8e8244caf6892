import { createServer, type Socket } from "node:net";

/**
 * A WAHA-shaped server that does nothing but answer, in a process of its own: what a client costs shows best against a
 * server that costs little. Speaks just enough HTTP/1.1 for keep-alive requests with a content length.
 */
const json = (status: string, body: string) => Buffer.from(`HTTP/1.1 ${status}\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: keep-alive\r\n\r\n${body}`);
const SESSION = json("200 OK", JSON.stringify({ name: "bench", status: "WORKING", me: { id: "351910000777@c.us", pushName: "Bench" }, config: {} }));
const VERSION = json("200 OK", JSON.stringify({ version: "2026.7.1", engine: "GOWS", tier: "CORE", browser: null }));
let sent = 0;

function answer(head: string): Buffer {
  if (head.startsWith("GET /api/sessions/")) return SESSION;
  if (head.startsWith("GET ")) return VERSION;
  sent += 1;
  const id = `3EB0${sent.toString(16).toUpperCase().padStart(18, "0")}`;
  return json("201 Created", JSON.stringify({ id: `true_351960000123@c.us_${id}`, _data: { Info: { ID: id, IsFromMe: true, IsGroup: false, Timestamp: "2026-11-21T10:00:00Z" } } }));
}

const server = createServer((socket: Socket) => {
  let pending = Buffer.alloc(0);
  socket.setNoDelay(true);
  socket.on("error", () => socket.destroy());
  socket.on("data", (chunk) => {
    pending = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    for (;;) {
      const end = pending.indexOf("\r\n\r\n");
      if (end < 0) return;
      const head = pending.toString("latin1", 0, end);
      const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
      if (pending.length < end + 4 + length) return;
      pending = pending.subarray(end + 4 + length);
      socket.write(answer(head));
    }
  });
});
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  process.send?.({ port: typeof address === "object" && address ? address.port : 0 });
});
process.on("disconnect", () => process.exit(0));
