import { afterEach, describe, expect, it } from "@jest/globals";
import type { HttpClient } from "../../src/driver/http.js";
import { rawServer, type RawServer } from "./raw-server.js";
import { CLIENTS, failureOf, post } from "./support.js";

describe.each(CLIENTS)("%s, asked only to read", (_, create) => {
  let client: HttpClient | undefined;
  let server: RawServer | undefined;
  afterEach(async () => {
    await client?.close();
    await server?.close();
  });

  it("a GET that loses its answer has changed nothing, and says how far it came", async () => {
    server = await rawServer(async (socket, read) => { await read(); socket.resetAndDestroy(); });
    client = create();
    const { json: __, ...read } = post(server.baseUrl);
    const error = await failureOf(client.request({ ...read, method: "GET" }));
    expect(error).toMatchObject({ code: "UNAVAILABLE", outcome: "not-sent", persistence: "transient", context: { phase: "written" } });
    expect(error.message).toMatch(/Nothing was changed/);
  });
});
