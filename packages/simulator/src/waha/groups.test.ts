import { afterEach, describe, expect, it } from "@jest/globals";
import { CHAT, GROUP, GUEST, SESSION, startBench, type Bench } from "./test-bench.js";

let bench: Bench;
afterEach(() => bench.stop());
const path = (rest = "") => `/api/${SESSION}/groups${rest}`;
const one = (rest = "") => path(`/${encodeURIComponent(GROUP)}${rest}`);
const CHOIR = { id: GROUP, name: "Choir", adminsOnly: true };

describe("groups", () => {
  it("are listed in the engine's own words, a page at a time", async () => {
    bench = await startBench({}, { groups: [CHOIR, { id: "1@g.us", name: "Other" }] });
    expect((await bench.call("GET", path("?limit=1&offset=1"))).list).toEqual([expect.objectContaining({ JID: "1@g.us", Name: "Other", IsAnnounce: false })]);
    bench.waha.setSwitches({ engine: "NOWEB" });
    expect((await bench.call("GET", path())).json).toMatchObject({ [GROUP]: { subject: "Choir", announce: true } });
    bench.waha.setSwitches({ engine: "WEBJS" });
    expect((await bench.call("GET", path())).list[0]).toMatchObject({ id: { _serialized: GROUP }, groupMetadata: { announce: true } });
  });

  it("show their settings and members, the account among them", async () => {
    bench = await startBench({}, { groups: [{ ...CHOIR, accountIsAdmin: true }] });
    expect((await bench.call("GET", one("/settings/security/messages-admin-only"))).json).toEqual({ adminsOnly: true });
    expect((await bench.call("GET", one("/participants/v2"))).list[0]).toMatchObject({ role: "admin" });
    expect((await bench.call("GET", one("/invite-code"))).status).toBe(404);
  });

  it("of admins take a member's message with an id, and nothing appears", async () => {
    bench = await startBench({}, { groups: [CHOIR] });
    bench.waha.script({ account: SESSION, chat: GROUP, steps: [{ guest: GUEST, response: "GOING" }] });
    expect(await bench.invite(GROUP)).toMatch(/^[0-9A-F]+$/);
    expect(bench.of("event.response")).toHaveLength(0);
    expect(bench.waha.journal.entries({ act: "event.created" })).toHaveLength(0);
    bench.waha.putSession({ name: SESSION, groups: [{ ...CHOIR, accountIsAdmin: true }] });
    await bench.invite(GROUP);
    expect(bench.waha.journal.entries({ act: "event.created" })).toHaveLength(1);
  });
});

describe("a Brazilian number with a ninth digit that WhatsApp does not know", () => {
  it("exists under the other spelling, and a message to the given one is taken and reaches nobody", async () => {
    bench = await startBench({}, { twelveDigits: ["551187650001"] });
    expect((await bench.call("GET", `/api/contacts/check-exists?phone=5511987650001&session=${SESSION}`)).json).toEqual({ numberExists: true, chatId: "551187650001@c.us" });
    await bench.invite("5511987650001@c.us");
    expect(bench.waha.journal.entries({ act: "event.created" })).toHaveLength(0);
    for (const chat of ["551187650001@c.us", CHAT]) await bench.invite(chat);
    expect(bench.waha.journal.entries({ act: "event.created" }).map(({ chat }) => chat)).toEqual(["551187650001@c.us", CHAT]);
  });
});
