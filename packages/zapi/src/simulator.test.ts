import { afterEach, describe, expect, it } from "@jest/globals";
import { instant, isMessagingError, secret, type InvitationDetails, type Receipt, type Target } from "@event-messaging/core/driver";
import { zapiDefaults, type ZapiInstanceSetup, type ZapiOptions } from "@event-messaging/simulator";
import { startBench, type Bench } from "../test/bench.js";
import { held, person, recipient } from "../test/known.js";
import { call } from "../test/stub-http.js";
import { READINGS } from "./config.js";

const chat = recipient("120363041234567890@g.us");
const rita = recipient("+5511987650001");
const RITA = { phone: "5511987650001", lid: "70123456789012", name: "Rita" };
const details: InvitationDetails = { title: "Safety briefing", description: "Bring your badge", location: { name: "Warehouse 7" }, startsAt: instant("2026-11-20T18:00:00Z"), callLink: "video" };
const moved: InvitationDetails = { ...details, title: "Safety briefing (moved)", startsAt: instant("2026-11-21T18:00:00Z") };
const targetOf = ({ messageId, vendorIds }: Receipt): Target => ({ recipient: chat, createdBy: "self", messages: [{ id: messageId, form: "native", role: "invitation", vendorIds }] });

let bench: Bench;
const start = async (options: ZapiOptions = {}, instance: Partial<ZapiInstanceSetup> = {}, received: object = {}) => {
  bench = await startBench(options, instance, received);
  return bench;
};
afterEach(() => bench.stop());
const did = (act: "event.created" | "event.edited" | "event.canceled" | "event.responded" | "poll.created" | "text.sent") => bench.vendor.journal.entries().filter((entry) => entry.act === act);

describe("against a simulated Z-API", () => {
  it("zapi-13.30: an event is sent, edited and cancelled, and the vendor did exactly that", async () => {
    await start();
    const account = bench.open({ dateTime: "wallclock-default-br" });
    const receipt = await held(account.send)({ to: chat, details }, call());
    await bench.vendor.flush();
    const edit = await held(account.update)({ target: targetOf(receipt), details: moved }, call());
    await bench.vendor.flush();
    await held(account.cancel)({ target: targetOf(receipt), details: moved }, call());
    await bench.vendor.flush();
    expect(did("event.created")).toMatchObject([{ messageId: receipt.messageId, chat: zapiDefaults.group, shown: { title: "Safety briefing", startsAt: "2026-11-20T18:00:00.000Z", location: "Warehouse 7", call: "video" } }]);
    expect(did("event.edited")).toMatchObject([{ messageId: edit.messageId, target: receipt.messageId, shown: { title: "Safety briefing (moved)", startsAt: "2026-11-21T18:00:00.000Z", description: "Bring your badge" } }]);
    expect(did("event.canceled")).toMatchObject([{ target: receipt.messageId }]);
    const seen = bench.facts("invitation.observed");
    expect(seen.map(({ canceled, sighting }) => [canceled, sighting.createdBy, sighting.details.startsAt])).toEqual([[false, "self", "2026-11-20T18:00:00Z"], [false, "self", "2026-11-21T18:00:00Z"], [true, "self", "2026-11-21T18:00:00Z"]]);
    expect(new Set(seen.map(({ source, edition }) => `${source} ${edition}`)).size).toBe(3);
    expect(bench.facts("invitation.delivered").some(({ target, vendorIds }) => target === receipt.messageId && vendorIds?.zaapId === receipt.vendorIds.zaapId)).toBe(true);
  });

  it.each([["number", { phone: "+5511987650001", lid: "70123456789012@lid" }], ["lid", { lid: "70123456789012@lid" }], ["number-12", { phone: "+551187650001", lid: "70123456789012@lid" }]] as const)(
    "zapi-11.12: answers of a guest written as %s join the event, in order", async (personForm, guest) => {
      await start({ switches: { personForm } });
      bench.vendor.script({ account: zapiDefaults.instanceId, chat: zapiDefaults.group, steps: ["GOING", "NOT_GOING", "MAYBE"].map((response) => ({ guest: RITA, response })) });
      const receipt = await held(bench.open().send)({ to: chat, details }, call());
      await bench.vendor.flush();
      const answers = bench.facts("rsvp");
      expect(answers.map(({ response }) => response)).toEqual(["GOING", "NOT_GOING", "MAYBE"]);
      expect(new Set(answers.map(({ target }) => target))).toEqual(new Set([receipt.messageId]));
      expect(answers[0]?.guest).toEqual({ ...guest, name: "Rita" });
      expect([...answers].sort((a, b) => Date.parse(a.at) - Date.parse(b.at))).toEqual(answers);
    });

  it("zapi-11.13: a placeholder before each answer changes nothing", async () => {
    await start({ switches: { placeholder: "then-real" } });
    bench.vendor.script({ account: zapiDefaults.instanceId, chat: zapiDefaults.group, steps: [{ guest: RITA, response: "GOING" }] });
    await held(bench.open().send)({ to: chat, details }, call());
    await bench.vendor.flush();
    expect(bench.parsed.some((each) => each.kind === "ignored" && /decrypted/.test(each.reason))).toBe(true);
    expect(bench.facts("rsvp")).toMatchObject([{ response: "GOING" }]);
  });

  it("a member's event is answered as the account", async () => {
    await start();
    const { messageId } = await bench.vendor.memberEvent({ account: zapiDefaults.instanceId, chat: zapiDefaults.group, guest: RITA, title: "Barbecue", startsAtMs: Date.parse("2026-11-28T18:00:00Z") });
    await bench.vendor.flush();
    const [seen] = bench.facts("invitation.observed");
    expect(seen).toMatchObject({ source: messageId, sighting: { createdBy: "other", recipient: chat, details: { title: "Barbecue", startsAt: "2026-11-28T18:00:00Z" } } });
    const theirs: Target = { recipient: chat, createdBy: "other", messages: seen ? [{ id: seen.sighting.messageId, form: "native", role: "invitation", vendorIds: {} }] : [] };
    const receipt = await held(bench.open().respond)({ target: theirs, response: "NOT_GOING" }, call());
    await bench.vendor.flush();
    expect(did("event.responded")).toMatchObject([{ target: messageId, messageId: receipt.messageId, response: "NOT_GOING" }]);
  });

  it("zapi-11.15: the own echo may come before the answer, and names the same message", async () => {
    await start({ switches: { echoTiming: "before-answer" } });
    const sending = held(bench.open().send)({ to: chat, details }, call());
    const receipt = await sending;
    await bench.vendor.flush();
    expect(bench.facts("invitation.observed")).toMatchObject([{ source: receipt.messageId, fromSelf: true }]);
  });

  it("zapi-11.8: a failed delivery names the queue's id also where messageId repeats it", async () => {
    await start({ switches: { failedDeliveryId: "zaap-id" } });
    const receipt = await held(bench.open({ directEvents: "try" }).send)({ to: rita, details }, call());
    await bench.vendor.flush();
    expect(bench.facts("invitation.failed")).toMatchObject([{ vendorIds: { zaapId: receipt.vendorIds.zaapId } }]);
  });

  it("zapi-11.1: wrong credentials are proven to have sent nothing, and repeat nothing", async () => {
    await start();
    for (const clientToken of ["wr0ng-s3cret", undefined]) {
      const error: unknown = await held(bench.open({ clientToken }).send)({ to: chat, details }, call()).catch((caught: unknown) => caught);
      if (!isMessagingError(error)) throw error;
      expect(error).toMatchObject({ code: "UNAUTHENTICATED", outcome: "not-sent" });
      expect(JSON.stringify(error) + error.message + String(error.stack)).not.toContain("wr0ng-s3cret");
      expect(await bench.open({ clientToken }).probe(call())).toMatchObject({ status: "not-ready" });
    }
    expect(did("event.created")).toEqual([]);
  });

  it("the probe knows the account's number, and what it cannot hear", async () => {
    await start({}, { notifySentByMe: false });
    const probe = await bench.open().probe(call());
    expect(probe).toMatchObject({ status: "ready", reason: "", self: { phone: expect.stringMatching(/^\+[0-9]+$/) } });
    expect(probe.warnings?.map(({ message }) => message).join("; ")).toMatch(/own messages are not echoed/);
    bench.vendor.setConnection(zapiDefaults.instanceId, "lost");
    expect(await bench.open().probe(call())).toMatchObject({ status: "not-ready", reason: expect.stringContaining("Restore") });
  });

  it("polls and texts go out, votes and quoted texts come back", async () => {
    await start();
    bench.vendor.script({ account: zapiDefaults.instanceId, chat: zapiDefaults.group, steps: [{ guest: RITA, vote: ["Going"] }, { guest: RITA, vote: [] }, { guest: RITA, text: "1" }] });
    const account = bench.open();
    const poll = await held(account.sendPoll)({ to: chat, question: "Will you come?", options: ["Going", "Not going"] }, call());
    await bench.vendor.flush();
    const text = await held(account.sendText)({ to: chat, text: "1 = yes", replyTo: poll.messageId }, call());
    await bench.vendor.flush();
    expect(did("poll.created")).toMatchObject([{ messageId: poll.messageId, shown: { question: "Will you come?", options: ["Going", "Not going"] } }]);
    expect(did("text.sent")).toMatchObject([{ messageId: text.messageId, shown: { replyTo: poll.messageId } }]);
    expect(bench.facts("poll.voted").map(({ target, labels }) => [target, labels])).toEqual([[poll.messageId, ["Going"]], [poll.messageId, []]]);
    expect(bench.facts("message.replied")).toMatchObject([{ target: text.messageId, text: "1", recipient: chat, guest: { phone: "+5511987650001" } }]);
  });

  it("zapi-13.2: what waits in the queue is found and withdrawn while disconnected, and never leaves", async () => {
    await start();
    bench.vendor.setConnection(zapiDefaults.instanceId, "lost");
    const account = bench.open();
    const since = instant("2026-11-10T10:00:00Z");
    const receipt = await held(account.send)({ to: chat, details }, call());
    const { matches, conclusive } = await held(account.findSent)({ to: chat, details, since }, call());
    expect([matches.map(({ messageId }) => messageId), conclusive]).toEqual([[receipt.messageId], false]);
    const message = { id: receipt.messageId, form: "native", role: "invitation", vendorIds: receipt.vendorIds } as const;
    expect(await held(account.withdraw)(message, call())).toBe("withdrawn");
    expect(await held(account.withdraw)(message, call())).toBe("too-late");
    bench.vendor.setConnection(zapiDefaults.instanceId, "connected");
    await bench.vendor.flush();
    expect(did("event.created")).toEqual([]);
  });

  it.each(["object", "array"] as const)("phone-exists is understood as %s", async (phoneExists) => {
    await start({ switches: { phoneExists } });
    bench.vendor.script({ account: zapiDefaults.instanceId, chat: zapiDefaults.group, steps: [{ guest: RITA, response: "GOING" }] });
    expect(await held(bench.open().resolveContact)(person("+5511987650001"), call())).toEqual({ exists: true, guest: { phone: "+5511987650001", lid: "70123456789012@lid" } });
  });

  it("webhooks are set up from nothing, work, and are restored", async () => {
    await start({}, { webhooks: {}, notifySentByMe: false });
    const account = bench.open();
    const plan = await held(account.planWebhooks)({ url: secret(bench.url), types: ["rsvp", "invitation.observed"] }, call());
    const undo = await held(account.applyWebhooks)(plan, call());
    const receipt = await held(account.send)({ to: chat, details }, call());
    await bench.vendor.flush();
    expect(bench.facts("invitation.observed")).toMatchObject([{ source: receipt.messageId }]);
    expect(bench.refused()).toBe(0);
    await held(account.applyWebhooks)(undo, call());
    const before = bench.parsed.length;
    await held(account.send)({ to: chat, details }, call());
    await bench.vendor.flush();
    expect(bench.parsed.length).toBe(before);
  });

  it("zapi-11.19; zapi-13.4: of all operations none asks for a path that acts", async () => {
    await start();
    const account = bench.open({ dateTime: "instant" });
    const receipt = await held(account.send)({ to: chat, details }, call());
    await Promise.all([account.probe(call()), held(account.findSent)({ to: chat, details, since: instant("2026-01-01T00:00:00Z") }, call()), held(account.resolveContact)(person("+5511987650001"), call())]);
    await held(account.withdraw)({ id: receipt.messageId, form: "native", role: "invitation", vendorIds: receipt.vendorIds }, call());
    const asked = bench.vendor.journal.entries().filter(({ act }) => act === "request.received").map(({ operation }) => operation ?? "");
    expect(asked.length).toBeGreaterThan(5);
    for (const acting of ["disconnect", "restart", "restore-session", "update-every-webhooks"]) expect(asked.filter((operation) => operation.includes(acting))).toEqual([]);
  });
});

describe("each ambiguity of the vendor and the option that meets it", () => {
  it.each(READINGS)("zapi-11.5: dateTimeMode %s with the option dateTime of the same name: create and edit keep their instants", async (mode) => {
    await start({ switches: { dateTimeMode: mode } });
    const account = bench.open({ dateTime: mode });
    const receipt = await held(account.send)({ to: chat, details }, call());
    await bench.vendor.flush();
    await held(account.update)({ target: targetOf(receipt), details: moved }, call());
    await bench.vendor.flush();
    expect(did("event.created")[0]?.shown?.startsAt).toBe("2026-11-20T18:00:00.000Z");
    expect(did("event.edited")[0]?.shown?.startsAt).toBe("2026-11-21T18:00:00.000Z");
  });

  it("zapi-11.5: with the wrong reading an edit is three hours off, which is why none is guessed", async () => {
    await start({ switches: { dateTimeMode: "wallclock-default-br" } });
    const account = bench.open({ dateTime: "instant" });
    const receipt = await held(account.send)({ to: chat, details }, call());
    await bench.vendor.flush();
    await held(account.update)({ target: targetOf(receipt), details: moved }, call());
    await bench.vendor.flush();
    expect(did("event.edited")[0]?.shown?.startsAt).toBe("2026-11-21T21:00:00.000Z");
  });

  it("zeroOffset ignored: the echo of the first event teaches createTimeZone, and the second is in time", async () => {
    await start({ switches: { dateTimeMode: "wallclock-default-br", zeroOffset: "ignored" } });
    await held(bench.open().send)({ to: chat, details }, call());
    await bench.vendor.flush();
    const [echo] = bench.facts("invitation.observed");
    expect(echo?.sighting.details.startsAt).toBe("2026-11-20T21:00:00Z");
    const learned = echo && bench.open().learn?.(details, echo.sighting.details, "invitation");
    expect(learned).toMatchObject({ dateTime: "wallclock-default-br" });
    const taught = bench.open({}, learned);
    const receipt = await held(taught.send)({ to: chat, details }, call());
    await bench.vendor.flush();
    await held(taught.update)({ target: targetOf(receipt), details: moved }, call());
    await bench.vendor.flush();
    expect(did("event.created").at(-1)?.shown?.startsAt).toBe("2026-11-20T18:00:00.000Z");
    expect(did("event.edited")[0]?.shown?.startsAt).toBe("2026-11-21T18:00:00.000Z");
  });

  it.each([["wallclock-default-br", "wallclock-default-br"], ["wallclock-default-utc", "wallclock-default-utc"], ["instant", "wallclock-default-utc"], ["shift", "wallclock-default-utc"]] as const)(
    "editedEventId edit, dateTimeMode %s: the echo of a cancellation teaches %s", async (mode, reading) => {
      await start({ switches: { dateTimeMode: mode, editedEventId: "edit" } });
      const account = bench.open();
      const receipt = await held(account.send)({ to: chat, details }, call());
      await bench.vendor.flush();
      const cancellation = await held(account.cancel)({ target: targetOf(receipt), details }, call());
      await bench.vendor.flush();
      const echo = bench.facts("invitation.observed").find(({ source }) => source === cancellation.messageId);
      expect(echo && account.learn?.(details, echo.sighting.details, "cancel")).toMatchObject({ dateTime: reading });
    });

  it("zeroOffset refused: the default option is refused by the vendor, createTimeZone UTC-3 is right", async () => {
    await start({ switches: { dateTimeMode: "wallclock-default-br", zeroOffset: "refused" } });
    await expect(held(bench.open().send)({ to: chat, details }, call())).rejects.toMatchObject({ code: "REFUSED" });
    await held(bench.open({ createTimeZone: "UTC-3" }).send)({ to: chat, details }, call());
    await bench.vendor.flush();
    expect(did("event.created")).toMatchObject([{ shown: { startsAt: "2026-11-20T18:00:00.000Z" } }]);
  });

  it("nonGroupEvent delivered: directEvents try arrives", async () => {
    await start({ switches: { nonGroupEvent: "delivered" } });
    await held(bench.open({ directEvents: "try" }).send)({ to: rita, details }, call());
    await bench.vendor.flush();
    expect(did("event.created").length).toBe(1);
  });

  it("pollTargets any: directPolls try arrives", async () => {
    await start({ switches: { pollTargets: "any" } });
    await held(bench.open({ directPolls: "try" }).sendPoll)({ to: rita, question: "Will you come?", options: ["a", "b"] }, call());
    await bench.vendor.flush();
    expect(did("poll.created").length).toBe(1);
  });

  it.each([["instance-token", "required", 0], ["absent", "when-present", 0], ["absent", "required", 1], ["absent", "ignored", 0]] as const)("zApiToken %s with webhookToken %s", async (zApiToken, webhookToken, refused) => {
    await start({ switches: { zApiToken } }, {}, { webhookToken });
    await held(bench.open().send)({ to: chat, details }, call());
    await bench.vendor.flush();
    expect(bench.refused() > 0 ? 1 : 0).toBe(refused);
    expect(bench.facts("invitation.observed").length).toBe(1 - refused);
  });

  it("zapi-13.2: queueWhileDisconnected disable: a disconnected account refuses, proven, in place of sending hours later", async () => {
    await start();
    const account = bench.open({ queueWhileDisconnected: "disable" });
    await held(account.applyWebhooks)(await held(account.planWebhooks)({ url: secret(bench.url), types: ["rsvp"] }, call()), call());
    bench.vendor.setConnection(zapiDefaults.instanceId, "lost");
    await expect(held(account.send)({ to: chat, details }, call())).rejects.toMatchObject({ code: "ACCOUNT_NOT_READY", outcome: "not-sent", persistence: "transient" });
  });
});
