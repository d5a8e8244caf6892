import { afterEach, describe, expect, it } from "@jest/globals";
import { GROUP, RITA, startBench } from "./test-bench.js";
import type { Bench } from "./test-bench.js";

let bench: Bench;
const start = async (...args: Parameters<typeof startBench>): Promise<Bench> => (bench = await startBench(...args));
afterEach(() => bench.stop());

const OLD_NUMBER = { phone: "551187650002", name: "Bia" };

describe("phone numbers", () => {
  it("switch phoneExists=object, switch phoneExists=array", async () => {
    const { call, zapi } = await start({}, { contacts: [RITA], notOnWhatsApp: ["351960000999"] });
    expect((await call("GET", `phone-exists/${RITA.phone}`)).json).toEqual({ exists: true, phone: RITA.phone, lid: "70123456789012@lid" });
    expect((await call("GET", "phone-exists/351960000999")).json).toEqual({ exists: false, phone: "351960000999", lid: null });
    zapi.setSwitches({ phoneExists: "array" });
    expect((await call("GET", `phone-exists/${RITA.phone}`)).list).toEqual([{ exists: "true", phone: RITA.phone, lid: "70123456789012@lid" }]);
    expect((await call("GET", "phone-exists/351960000999")).list).toMatchObject([{ exists: "false", lid: null }]);
  });

  it("phone-exists-batch gives the number as WhatsApp keeps it, without the ninth digit if that is how", async () => {
    const { call } = await start({}, { contacts: [OLD_NUMBER] });
    expect((await call("POST", "phone-exists-batch", { phones: ["5511987650002", "351960000123"] })).list).toMatchObject([
      { exists: true, inputPhone: "5511987650002", outputPhone: "551187650002", lid: expect.stringMatching(/@lid$/) },
      { exists: true, inputPhone: "351960000123", outputPhone: "351960000123" },
    ]);
    expect((await call("POST", "phone-exists-batch", {})).status).toBe(400);
    expect((await call("POST", "phone-exists-batch", { phones: Array.from({ length: 50_001 }, () => "1") })).status).toBe(400);
  });

  it("switch ninthDigit=followed, switch ninthDigit=lost: a message to the dialled form of such a number", async () => {
    const { call, zapi } = await start({}, { contacts: [OLD_NUMBER] });
    const sent = async () => {
      await call("POST", "send-text", { phone: "5511987650002", message: "Hello" });
      await zapi.flush();
      return zapi.journal.entries({ act: "text.sent" }).length;
    };
    expect(await sent()).toBe(1);
    zapi.setSwitches({ ninthDigit: "lost" });
    expect(await sent()).toBe(1);
    expect(zapi.journal.entries({ act: "message.failed" })).toMatchObject([{ detail: expect.stringContaining("ninth digit") }]);
  });
});

describe("groups", () => {
  const group = { phone: GROUP, name: "Shift B", participants: [{ ...RITA, isAdmin: true }], adminOnlyMessage: true };

  it("are listed page by page with booleans as strings", async () => {
    const { call } = await start({}, { groups: [group, { phone: "5511987650001-1623281429", name: "Old", participants: [] }] });
    expect((await call("GET", "groups?page=1&pageSize=1")).list).toMatchObject([{ phone: GROUP, name: "Shift B", archived: "false" }]);
    expect((await call("GET", "groups?page=2&pageSize=1")).list).toMatchObject([{ phone: "5511987650001-1623281429" }]);
    expect((await call("GET", "groups?page=3&pageSize=1")).list).toEqual([]);
  });

  it("metadata tells who may write and names participants without LIDs; the light form has no link", async () => {
    const { call } = await start({}, { groups: [group] });
    const { json } = await call("GET", `group-metadata/${GROUP}`);
    expect(json).toMatchObject({ phone: GROUP, subject: "Shift B", adminOnlyMessage: true, invitationLink: expect.any(String) });
    expect(json["participants"]).toEqual([{ phone: "551133334444", isAdmin: false, isSuperAdmin: false }, { phone: RITA.phone, isAdmin: true, isSuperAdmin: false, short: "Rita", name: "Rita" }]);
    expect((await call("GET", `light-group-metadata/${GROUP}`)).json).not.toHaveProperty("invitationLink");
    expect((await call("GET", "group-metadata/120363099999999999-group")).status).toBe(404);
  });

  it("an old group id without -group takes events", async () => {
    const phone = "5511987650001-1623281429";
    const { call, zapi } = await start({}, { groups: [{ phone, name: "Old", participants: [] }] });
    await call("POST", "send-event", { phone, event: { name: "Drinks", dateTime: "2026-11-20T18:00:00Z", canceled: false } });
    await zapi.flush();
    expect(zapi.journal.entries({ act: "event.created" })).toMatchObject([{ chat: phone }]);
  });
});
