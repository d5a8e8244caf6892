import { afterEach, describe, expect, it } from "@jest/globals";
import { Agent } from "undici";
import type { HttpClient } from "../../src/driver/http.js";
import type { WireOptions } from "../../src/http/index.js";
import { answer, answering, rawServer, type RawServer } from "./raw-server.js";
import { CLIENTS, failureOf, post } from "./support.js";

type Lookup = NonNullable<WireOptions["lookup"]>;

/** A resolver whose answers change from one question to the next. */
const answers = (...addresses: string[]): Lookup => (_, options, done) => {
  const address = addresses.shift() ?? "127.0.0.1";
  if (options.all === true) done(null, [{ address, family: 4 }]);
  else done(null, address, 4);
};
const BLOCKED = { code: "CONFIG_INVALID", outcome: "not-sent", persistence: "permanent", context: { phase: "before-write" } };

describe.each(CLIENTS)("%s, given a base URL that somebody else chose", (_, create) => {
  let client: HttpClient | undefined;
  let server: RawServer | undefined;
  afterEach(async () => {
    await client?.close();
    await server?.close();
    client = server = undefined;
  });

  it("connects to no private address, however it is spelled", async () => {
    server = await rawServer(answering(answer("200 OK", "{}")));
    const port = new URL(server.baseUrl).port;
    client = create();
    for (const host of ["127.0.0.1", "127.1", "2130706433", "0x7f.1", "0177.0.0.1", "localhost", "0", "[::1]", "[::ffff:127.0.0.1]"]) {
      const error = await failureOf(client.request(post(`http://${host}:${port}`, { untrustedBaseUrl: true })));
      expect(error).toMatchObject(BLOCKED);
    }
    expect(server.connections()).toBe(0);
  });

  it("looks at the addresses that it connects to, so a name that changes its address gains nothing", async () => {
    server = await rawServer(answering(answer("200 OK", "{}")));
    const port = new URL(server.baseUrl).port;
    client = create({ lookup: answers("10.0.0.1", "127.0.0.1", "127.0.0.1") });
    for (let nth = 0; nth < 3; nth += 1) expect(await failureOf(client.request(post(`http://rebinding.example:${port}`, { untrustedBaseUrl: true })))).toMatchObject(BLOCKED);
    expect(server.connections()).toBe(0);
  });

  it("does not reuse a socket that a trusted base URL opened", async () => {
    server = await rawServer(answering(answer("200 OK", "{}")));
    client = create();
    expect((await client.request(post(server.baseUrl))).status).toBe(200);
    expect(await failureOf(client.request(post(server.baseUrl, { untrustedBaseUrl: true })))).toMatchObject(BLOCKED);
    expect((await client.request(post(server.baseUrl))).status).toBe(200);
    expect(server.requests).toHaveLength(2);
  });

  it("refuses to go through a dispatcher that it cannot guard", async () => {
    server = await rawServer(answering(answer("200 OK", "{}")));
    const dispatcher = new Agent();
    client = create({ dispatcher });
    expect(await failureOf(client.request(post(server.baseUrl, { untrustedBaseUrl: true })))).toMatchObject(BLOCKED);
    expect((await client.request(post(server.baseUrl))).status).toBe(200);
    await dispatcher.close();
    expect(server.requests).toHaveLength(1);
  });
});
