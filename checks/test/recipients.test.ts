import { afterEach, describe, expect, it } from "@jest/globals";
import { createMessaging, type Messaging } from "@event-messaging/core";
import { startWaha, startZapi, wahaDefaults, zapiDefaults } from "@event-messaging/simulator";
import { waha } from "@event-messaging/waha";
import { zapi } from "@event-messaging/zapi";

/** As people dial it, and as WhatsApp keeps it: devlikeapro/waha issue 2120. */
const DIALLED = "+5511987650001";
const KEPT = "+551187650001";
const NEWS = "120363400000000777@g.us";

interface Stage {
  readonly messaging: Messaging;
  /** Chats that a card appeared in, as the vendor spells them. */
  readonly appeared: () => Promise<readonly (string | undefined)[]>;
  readonly stop: () => Promise<unknown>;
}

async function onWaha(): Promise<Stage> {
  const simulator = await startWaha({ clockFactor: 0, sessions: [{ name: "clinic", twelveDigits: [KEPT], groups: [{ id: NEWS, name: "News", adminsOnly: true }, { id: "1@g.us", name: "Choir" }] }] });
  return stage("waha", { baseUrl: simulator.url, session: "clinic", apiKey: wahaDefaults.apiKey }, simulator);
}

async function onZapi(): Promise<Stage> {
  const simulator = await startZapi({
    clockFactor: 0, switches: { ninthDigit: "lost", nonGroupEvent: "delivered" },
    instances: [{ id: "CLINIC1", token: zapiDefaults.token, contacts: [{ phone: KEPT.slice(1) }], groups: [{ phone: "120363400000000777-group", name: "News", adminOnlyMessage: true, participants: [] }, { phone: "1-group", name: "Choir", participants: [] }] }],
  });
  return stage("zapi", { baseUrl: simulator.url, instance: "CLINIC1", token: zapiDefaults.token, clientToken: zapiDefaults.clientToken, directEvents: "try" }, simulator);
}

function stage(provider: string, config: object, simulator: { readonly journal: Awaited<ReturnType<typeof startWaha>>["journal"]; flush(): Promise<void>; stop(): Promise<void> }): Stage {
  const messaging = createMessaging({ providers: [waha, zapi], accounts: { a: { provider, config } }, tenants: { clinic: "a" } });
  return {
    messaging,
    appeared: async () => {
      await simulator.flush();
      return simulator.journal.entries({ act: "event.created" }).map(({ chat }) => chat);
    },
    stop: () => Promise.all([messaging.close(), simulator.stop()]),
  };
}

let running: Stage;
afterEach(() => running.stop());
const send = (to: string, recipientCheck: "off" | "warn" | "refuse" | "correct", key = "apt_1") =>
  running.messaging.forTenant("clinic").send({ key, to, title: "Check-up", startsAt: "2090-12-01T15:00:00Z" }, { recipientCheck });

describe.each([["waha", onWaha, `${KEPT.slice(1)}@c.us`], ["zapi", onZapi, KEPT.slice(1)]] as const)("a recipient through %s", (_, start, kept) => {
  it("with a ninth digit that WhatsApp does not know is accepted and reaches nobody, which is why one may ask first", async () => {
    running = await start();
    expect((await send(DIALLED, "off")).handle.messages).toHaveLength(1);
    expect(await running.appeared()).toEqual([]);
  });

  it("so written is warned of, refused, or corrected by the vendor's own answer", async () => {
    running = await start();
    const { plan } = await send(DIALLED, "warn", "apt_warn");
    expect(plan?.warnings.find(({ path }) => path === "to")?.message).toContain(KEPT);
    await expect(send(DIALLED, "refuse", "apt_refuse")).rejects.toMatchObject({ code: "INVALID_ARGUMENT", outcome: "not-sent" });
    expect(await running.appeared()).toEqual([]);
    const { handle } = await send(DIALLED, "correct", "apt_correct");
    expect(await running.appeared()).toEqual([kept]);
    expect([handle.recipient, handle.messages[0]?.recipient]).toEqual([DIALLED, KEPT]);
  });

  it("written as WhatsApp keeps it is left alone", async () => {
    running = await start();
    expect((await send(KEPT, "refuse")).handle.messages[0]).not.toHaveProperty("recipient");
    expect(await running.appeared()).toEqual([kept]);
  });

  it("that is a group of admins takes a card that nobody sees, and the group's settings tell so first", async () => {
    running = await start();
    await send(NEWS, "off", "apt_off");
    expect(await running.appeared()).toEqual([]);
    await expect(send(NEWS, "refuse")).rejects.toMatchObject({ code: "PERMISSION_DENIED", outcome: "not-sent" });
    await send("1@g.us", "refuse");
    expect(await running.appeared()).toHaveLength(1);
  });

  it("can be chosen among the account's groups", async () => {
    running = await start();
    const account = running.messaging.account("a");
    expect((await account.groups()).map(({ id, name }) => [id, name])).toEqual(expect.arrayContaining([[NEWS, "News"], ["1@g.us", "Choir"]]));
    expect(await account.groups({ only: NEWS })).toEqual([{ id: NEWS, name: "News", mayWrite: false }]);
    expect(await account.groups({ only: "1@g.us" })).toMatchObject([{ mayWrite: true }]);
  });
});
