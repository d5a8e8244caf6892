import { connect } from "node:net";
import { describe, expect, it } from "@jest/globals";
import { startServer, type Reply, type SimRequest } from "./server.js";

const answering = async (reply: Reply, run: (url: string) => Promise<void>): Promise<SimRequest | undefined> => {
  let seen: SimRequest | undefined;
  const server = await startServer(async (request) => {
    seen = request;
    return reply;
  });
  await run(server.url).finally(() => server.stop());
  return seen;
};

describe("startServer", () => {
  it("hands on method, decoded segments, query, lower-case headers and the body", async () => {
    const seen = await answering({ status: 200, json: { ok: true } }, async (url) => {
      const response = await fetch(`${url}/api/a%40c.us/b%2Fc?x=1`, { method: "PUT", headers: { "X-Thing": "y" }, body: "hello" });
      expect([response.headers.get("content-type"), await response.text()]).toEqual(["application/json; charset=utf-8", '{"ok":true}']);
    });
    expect(seen).toMatchObject({ method: "PUT", path: "/api/a%40c.us/b%2Fc", segments: ["api", "a@c.us", "b/c"], bodyTooLarge: false });
    expect([seen?.query.get("x"), seen?.headers["x-thing"], seen?.body.toString()]).toEqual(["1", "y", "hello"]);
  });

  it.each<readonly [string, Reply]>([["a reset", { drop: "reset" }], ["a close", { drop: "close" }], ["a cut body", { status: 200, json: { long: "x".repeat(100) }, cut: true }]])("does what was planned for afterwards once, after %s too", async (_what, reply) => {
    let times = 0;
    await answering({ ...reply, afterwards: () => (times += 1) }, async (url) => {
      await expect(fetch(url).then((response) => response.text())).rejects.toThrow();
    });
    expect(times).toBe(1);
  });

  it("says when the client has gone, and closes every socket at a stop", async () => {
    let gone = (): void => {};
    const left = new Promise<void>((resolve) => (gone = resolve));
    let arrived = (): void => {};
    const came = new Promise<void>((resolve) => (arrived = resolve));
    const server = await startServer(async (request) => {
      request.closed.addEventListener("abort", () => gone());
      arrived();
      return { hang: true };
    });
    const socket = connect(server.port, "127.0.0.1", () => socket.write("GET / HTTP/1.1\r\nhost: x\r\n\r\n"));
    socket.on("error", () => undefined);
    await came;
    socket.destroy();
    await left;
    const idle = connect(server.port, "127.0.0.1");
    idle.on("error", () => undefined);
    await new Promise((resolve) => idle.once("connect", resolve));
    const closed = new Promise((resolve) => idle.once("close", resolve));
    await server.stop();
    await closed;
    await server.stop();
  });

  it("keeps the beginning of a body over the cap and says that it was longer", async () => {
    let seen: SimRequest | undefined;
    const server = await startServer(async (request) => {
      seen = request;
      return { status: 204 };
    }, { maxBodyBytes: 10 });
    expect((await fetch(server.url, { method: "POST", body: "x".repeat(100) })).status).toBe(204);
    expect(seen?.bodyTooLarge).toBe(true);
    await server.stop();
  });
});
