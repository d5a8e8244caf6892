import { afterEach, describe, expect, it } from "@jest/globals";
import { memoryBook, memoryInbox, type InboundEvent, type InvitationInput, type RsvpResponse } from "@event-messaging/core";
import { GROUP, startTwoVendors, ZAPI_GROUP, type TwoVendors, type TwoVendorsOptions } from "../src/two-vendors.js";

const stages: TwoVendors[] = [];
afterEach(async () => {
  for (const stage of stages.splice(0)) await stage.stop();
});

async function open(options?: TwoVendorsOptions) {
  const stage = await startTwoVendors(options);
  stages.push(stage);
  const told: string[] = [];
  const rsvps: InboundEvent<"rsvp">[] = [];
  stage.messaging.on("rsvp", (event) => {
    rsvps.push(event);
    told.push(`${event.key} ${event.response}`);
  });
  stage.messaging.on("rsvp.unreadable", ({ key, recovery }) => void told.push(`${key} ${recovery}`));
  return { ...stage, told, rsvps };
}

const RITA = { phone: "5511987650001", lid: "70123456789012", name: "Rita" };
const ANA = { phone: "351960000123", lid: "271000000000099" };
const match = (more: Partial<InvitationInput> = {}): InvitationInput => ({ key: "match_1", to: GROUP, title: "Match", startsAt: "2090-12-01T19:00:00+00:00", ...more });
const checkUp = match({ key: "apt_1", to: "+351960000123", title: "Check-up" });
const rita = (response: RsvpResponse, more: object = {}) => ({ account: "CLUB1", chat: ZAPI_GROUP, guest: RITA, response, ...more });
const ana = (more: object) => ({ account: "clinic", chat: "351960000123@c.us", guest: ANA, ...more });

describe("Z-API's callbacks, received", () => {
  it("zapi-11.9: an answer to an event that the book does not know waits, and is told once the event is adopted", async () => {
    const { messaging, zapi, settled, told } = await open();
    await zapi.answer(rita("GOING", { target: "3EB0F2A91C7D5E4B880142" }));
    await settled();
    expect(told).toEqual([]);
    const seen: InboundEvent<"invitation.observed">[] = [];
    messaging.on("invitation.observed", (event) => void seen.push(event));
    await zapi.memberEvent({ account: "CLUB1", chat: ZAPI_GROUP, guest: { phone: "351960000123" }, title: "Match", startsAtMs: Date.UTC(2090, 11, 1, 19) });
    await settled();
    const sighting = seen[0]?.sighting;
    if (sighting === undefined) throw new Error("nothing was observed");
    const { messageId: _, ...rest } = sighting;
    await messaging.forTenant("club").adopt({ ...rest, messageId: JSON.parse('"3EB0F2A91C7D5E4B880142"'), key: "match_1" });
    await settled();
    expect(told).toEqual(["match_1 GOING"]);
  });

  it("zapi-11.9: an answer that beats the vendor's answer to the send is told under its key", async () => {
    const { messaging, zapi, settled, told } = await open();
    zapi.script({ account: "CLUB1", chat: ZAPI_GROUP, steps: [{ guest: RITA, response: "GOING" }] });
    await messaging.forTenant("club").send(match());
    await settled();
    expect(told).toEqual(["match_1 GOING"]);
  });

  it("zapi-11.10: of GOING, NOT_GOING, GOING each is told once and the last counts, though every callback comes twice", async () => {
    const { messaging, zapi, settled, told } = await open({ zapi: { webhookCopies: "twice" } });
    await messaging.forTenant("club").send(match());
    await settled();
    for (const response of ["GOING", "NOT_GOING", "GOING"] as const) {
      await zapi.answer(rita(response));
      await settled();
    }
    expect(told).toEqual(["match_1 GOING", "match_1 NOT_GOING", "match_1 GOING"]);
    expect((await messaging.forTenant("club").answers("match_1")).counts).toMatchObject({ going: 1, notGoing: 0 });
  });

  it("zapi-11.10: an older answer that comes after a newer one is history and changes nothing", async () => {
    const { messaging, zapi, settled, told } = await open();
    await messaging.forTenant("club").send(match());
    await settled();
    const now = Date.now();
    await zapi.answer(rita("NOT_GOING", { timestampMs: now }));
    await zapi.answer(rita("GOING", { timestampMs: now - 60_000 }));
    await settled();
    expect(told).toEqual(["match_1 NOT_GOING"]);
    const club = messaging.forTenant("club");
    expect((await club.answers("match_1")).guests.map(({ answer }) => answer?.response)).toEqual(["NOT_GOING"]);
    expect((await club.history("match_1")).map(({ fact }) => (fact.type === "rsvp" ? fact.response : fact.type))).toEqual(["GOING", "NOT_GOING"]);
  });

  it("zapi-11.13: a placeholder is told as unreadable, and the real message under its id once and wholly", async () => {
    const { messaging, zapi, settled, rsvps } = await open({ zapi: { placeholder: "then-real", webhookCopies: "twice" } });
    await messaging.forTenant("club").send(match());
    await zapi.answer(rita("GOING"));
    await settled();
    expect(rsvps.map(({ key, response, guest }) => [key, response, guest.phone])).toEqual([["match_1", "GOING", "+5511987650001"]]);
    expect((await messaging.forTenant("club").answers("match_1")).guests).toEqual([expect.not.objectContaining({ pending: expect.anything() })]);
  });

  it("zapi-11.15: an own echo before the answer to the send joins that send and makes no second invitation", async () => {
    const { messaging, zapi, settled, told } = await open({ zapi: { echoTiming: "before-answer" } });
    await messaging.forTenant("club").send(match());
    await zapi.answer(rita("GOING"));
    await settled();
    expect([told, (await messaging.forTenant("club").find("match_1")).length]).toEqual([["match_1 GOING"], 1]);
  });

  it("zapi-11.15: an own echo without an answer to the send gives the lost send its message, and its answers", async () => {
    const { messaging, zapi, settled, told } = await open();
    zapi.faults.add({ operation: "send-event", fault: "act-then-reset" });
    const club = messaging.forTenant("club");
    await expect(club.send(match())).rejects.toMatchObject({ outcome: "unknown" });
    await settled();
    await zapi.answer(rita("GOING"));
    await settled();
    expect(told).toEqual(["match_1 GOING"]);
    expect((await club.find("match_1")).map(({ messages }) => messages.length)).toEqual([1]);
  });

  it("zapi-11.16; zapi-13.24: are acknowledged while a handler still works on the one before", async () => {
    const { messaging, zapi, told } = await open();
    let letGo = () => {};
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    let begun = 0;
    messaging.on("rsvp", () => {
      begun += 1;
      return gate;
    });
    await messaging.forTenant("club").send(match());
    await zapi.flush();
    for (const response of ["GOING", "NOT_GOING", "GOING"] as const) await zapi.answer(rita(response));
    await zapi.flush();
    expect(zapi.journal.entries({ act: "webhook.failed" })).toEqual([]);
    expect(zapi.journal.entries({ act: "webhook.delivered" }).length).toBeGreaterThanOrEqual(3);
    letGo();
    await messaging.idle();
    expect([begun, told.at(-1)]).toEqual([told.length, "match_1 GOING"]);
  });

  it.each([
    ["a wrong path secret", "wrong", {}, "CLUB1", 404],
    ["no path secret", "", {}, "CLUB1", 404],
    ["a wrong z-api-token", "right", { "z-api-token": "0000" }, "CLUB1", 404],
    ["the instanceId of another instance", "right", {}, "CHOIR1", 404],
  ] as const)("zapi-11.17: with %s are refused, and nothing is kept of them", async (_, secret, headers, instanceId, status) => {
    const inbox = memoryInbox();
    const { messaging, zapi, webhookUrl, settled, told } = await open({ messaging: { inbox } });
    const { handle } = await messaging.forTenant("club").send(match());
    await settled();
    const puts: unknown[] = [];
    const put = inbox.put.bind(inbox);
    inbox.put = (entries) => (puts.push(entries), put(entries));
    const body = JSON.stringify({
      type: "ReceivedCallback", instanceId, messageId: "R1", phone: ZAPI_GROUP, isGroup: true, fromMe: false, momment: Date.now(), participantPhone: RITA.phone,
      eventResponse: { response: "GOING", responseFrom: RITA.phone, time: Date.now(), referencedMessage: { messageId: handle.messages[0]?.id } },
    });
    const tail = secret === "right" ? "/b3f1c0de5a17" : secret === "" ? "" : `/${secret}`;
    const response = await fetch(`${webhookUrl}/club-zapi${tail}`, { method: "POST", headers: { "content-type": "application/json", ...headers }, body });
    await settled();
    expect([response.status, await response.text(), puts, told]).toEqual([status, "", [], []]);
    // The same delivery, rightly addressed, is taken: the refusals above were about the address.
    await fetch(`${webhookUrl}/club-zapi/b3f1c0de5a17`, { method: "POST", body: body.replace('"CHOIR1"', '"CLUB1"') });
    await settled();
    expect(told).toEqual(["match_1 GOING"]);
    expect(zapi.journal.entries({ act: "webhook.failed" })).toEqual([]);
  });
});

describe("WAHA's deliveries, received", () => {
  it("waha-9.19: that were acknowledged before the program ended are told by the next one over the same inbox and book", async () => {
    const [inbox, book] = [memoryInbox(), memoryBook()];
    const put = inbox.put.bind(inbox);
    const { messaging, waha, told } = await open({ messaging: { inbox, book } });
    await messaging.forTenant("clinic").send(checkUp);
    await waha.flush();
    await messaging.idle();
    // The program ends between the acknowledgement and its handlers: whatever is put is left where it is.
    const take = inbox.take.bind(inbox);
    inbox.take = async () => [];
    await waha.answer(ana({ response: "GOING" }));
    await waha.flush();
    expect(told).toEqual([]);
    expect(waha.journal.entries({ act: "webhook.failed" })).toEqual([]);
    await messaging.close();
    inbox.take = take;
    inbox.put = put;
    const next = await open({ messaging: { inbox, book } });
    await next.messaging.idle();
    expect(next.told).toEqual(["apt_1 GOING"]);
  });

  it("waha-9.20: of every kind of event get a 2xx when they are signed", async () => {
    const { waha, webhookUrl, messaging, told } = await open();
    const account = messaging.account("clinic-waha");
    await account.applyWebhooks(await account.planWebhooks({ url: `${webhookUrl}/clinic-waha` }));
    for (const event of ["session.status", "message", "message.any", "message.ack", "message.ack.group", "message.revoked", "message.edited", "poll.vote", "poll.vote.failed", "event.response", "event.response.failed"] as const) {
      await waha.webhook("clinic", event, { id: "false_1@c.us_3A00", something: null });
    }
    await waha.flush();
    await messaging.idle();
    expect(waha.journal.entries({ act: "webhook.failed" })).toEqual([]);
    expect(waha.journal.entries({ act: "webhook.delivered" }).length).toBeGreaterThanOrEqual(11);
    expect(told).toEqual([]);
  });

  it("waha-9.21: whose handler never succeeds are not sent again by the vendor, and wait as dead letters", async () => {
    const { messaging, waha, settled } = await open({ messaging: { retries: { attempts: 2, firstDelayMs: 0, maxDelayMs: 0 } } });
    messaging.on("rsvp", () => {
      throw new Error("the appointment book is closed");
    });
    await messaging.forTenant("clinic").send(checkUp);
    await settled();
    const before = waha.journal.entries({ act: "webhook.delivered" }).length;
    await waha.answer(ana({ response: "GOING" }));
    await settled();
    await settled();
    expect(waha.journal.entries({ act: "webhook.delivered" }).length).toBe(before + 1);
    expect((await messaging.deadLetters()).map(({ fact }) => fact.type)).toEqual(["rsvp"]);
  });

  it("waha-9.22: to a URL with a slash behind it are taken where they are, and no GET counts as a delivery", async () => {
    const { messaging, waha, webhookUrl, settled, told } = await open();
    waha.putSession({ name: "clinic", config: { webhooks: [{ url: `${webhookUrl}/clinic-waha/`, events: ["event.response"], hmac: { key: "north window 17" } }] } });
    await messaging.forTenant("clinic").send(checkUp);
    await settled();
    await waha.answer(ana({ response: "GOING" }));
    await settled();
    expect(told).toEqual(["apt_1 GOING"]);
    const { status, headers } = await fetch(`${webhookUrl}/clinic-waha/`, { redirect: "manual" });
    expect([status, headers.get("location")]).toEqual([404, null]);
  });

  it.each(["before", "with", "after", "none"] as const)("waha-9.52: with the echo %s the answer to the send, the invitation is one and its answer joins", async (echo) => {
    const { messaging, waha, settled, told } = await open({ waha: { echo } });
    const { handle } = await messaging.forTenant("clinic").send(checkUp);
    await settled();
    await waha.answer(ana({ response: "GOING" }));
    await settled();
    const found = await messaging.forTenant("clinic").find("apt_1");
    expect([told, found.length, found[0]?.messages]).toEqual([["apt_1 GOING"], 1, handle.messages]);
  });
});

describe("an answer that WAHA cannot decrypt", () => {
  async function unreadable(policy: "ask-by-text" | "poll" | "resend", waha: NonNullable<TwoVendorsOptions["waha"]> = {}) {
    const stage = await open({ waha, messaging: { unreadable: { policy, afterMs: 0 } } });
    const account = stage.messaging.account("clinic-waha");
    await account.applyWebhooks(await account.planWebhooks({ url: `${stage.webhookUrl}/clinic-waha` }));
    await stage.messaging.forTenant("clinic").send(checkUp);
    await stage.settled();
    for (let times = 0; times < 2; times += 1) {
      await stage.waha.answer(ana({ response: "GOING", undecryptable: true }));
      await stage.settled();
    }
    // WAHA counts seconds here: of two unreadable answers within one, the second may stand before the first and be no news.
    const recovered = [...new Set(stage.told.splice(0))];
    return { ...stage, recovered };
  }
  const acts = ({ waha }: TwoVendors, act: "event.created" | "poll.created" | "text.sent") => waha.journal.entries().filter((entry) => entry.act === act);

  it.each([true, false])("is asked for in a text, once; the number that comes back (unquoted: %s) is the RSVP", async (unquoted) => {
    const stage = await unreadable("ask-by-text");
    expect(acts(stage, "text.sent")).toHaveLength(1);
    await stage.waha.answer(ana({ text: "2", unquoted }));
    await stage.settled();
    expect([stage.recovered, stage.told]).toEqual([["apt_1 asked-by-text"], ["apt_1 NOT_GOING"]]);
    expect((await stage.messaging.forTenant("clinic").answers("apt_1")).guests).toMatchObject([{ answer: { response: "NOT_GOING", form: "text" } }]);
  });

  it.each(["own-view", "lid-chat", "guest-view-lid"] as const)("polls-10.4; polls-10.7: is asked for in a poll, once; votes, changes and a cleared vote (poll seen as %s) are RSVPs", async (pollId) => {
    const stage = await unreadable("poll", { pollId });
    expect(acts(stage, "poll.created")).toHaveLength(1);
    for (const vote of [["Maybe"], ["Going"], []]) {
      await stage.waha.answer(ana({ vote }));
      await stage.settled();
    }
    expect([stage.recovered, stage.told]).toEqual([["apt_1 asked-by-poll"], ["apt_1 MAYBE", "apt_1 GOING", "apt_1 CLEARED"]]);
  });

  it("polls-10.12: is not asked for in a second poll when the votes cannot be read either", async () => {
    const stage = await unreadable("poll");
    for (let times = 0; times < 3; times += 1) {
      await stage.waha.answer(ana({ vote: ["Going"], undecryptable: true }));
      await stage.settled();
    }
    expect([acts(stage, "poll.created").length, acts(stage, "text.sent").length, acts(stage, "event.created").length]).toEqual([1, 0, 1]);
    expect((await stage.messaging.forTenant("clinic").answers("apt_1")).counts).toMatchObject({ unread: 1, going: 0 });
  });

  it("is asked for with a second card, once, and the answer to it joins the same invitation", async () => {
    const stage = await unreadable("resend");
    expect(acts(stage, "event.created")).toHaveLength(2);
    await stage.waha.answer(ana({ response: "MAYBE" }));
    await stage.settled();
    expect([stage.recovered, stage.told]).toEqual([["apt_1 sent-again"], ["apt_1 MAYBE"]]);
    expect((await stage.messaging.forTenant("clinic").answers("apt_1")).counts).toMatchObject({ maybe: 1, unread: 0 });
  });
});
