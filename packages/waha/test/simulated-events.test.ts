import { afterEach, describe, expect, it } from "@jest/globals";
import { instant, type InvitationDetails } from "@event-messaging/core/driver";
import { wahaSwitchValues, type WahaSwitches } from "@event-messaging/simulator";
import { GROUP, RITA, SESSION, startBench, to, type Bench } from "./bench.js";
import { byTime } from "./house.js";
import { call, rejection } from "./support.js";

const details: InvitationDetails = {
  title: "Colour appointment", description: "Please arrive *early*.\nParking behind.", location: { name: "Salon North" },
  startsAt: instant("2027-01-01T10:00:00Z"), endsAt: instant("2027-01-01T11:30:00Z"), extraGuestsAllowed: true,
};
const DIRECT = `+${RITA.phone}`;

let bench: Bench | undefined;
const start = async (...options: Parameters<typeof startBench>) => (bench = await startBench(...options));
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});
const invite = async ({ session }: Bench, recipient: string) => {
  const receipt = await session.send?.({ to: to(recipient), details }, call);
  if (receipt === undefined) throw new Error("absent");
  return receipt;
};

/** Every switch that changes how an answer, an echo or the answer of a send looks. */
const SPELLINGS = [
  "sentData", "sentAnswer", "directAddressing", "groupAddressing", "groupOwnId", "creationKeyFromMe", "creationKeyView", "senderAlt", "lidPairs", "envelopeEngine", "answerOrder", "duplicateAnswers", "guestTiming", "echo", "mode",
] as const satisfies readonly (keyof WahaSwitches)[];
const cases = SPELLINGS.flatMap((name) => wahaSwitchValues[name].map((value) => [name, value] as const));

describe("an event through a simulated WAHA", () => {
  it.each(cases)("is joined by its answers in a direct chat and in a group when %s is %s", async (name, value) => {
    const running = await start({ switches: { [name]: value } });
    for (const chat of [DIRECT, GROUP]) {
      running.simulator.script({ account: SESSION, chat: chat.replace("+", ""), steps: [{ guest: RITA, response: "MAYBE" }, { guest: RITA, response: "GOING", extraGuests: 1 }] });
    }
    const sent = [await invite(running, DIRECT), await invite(running, GROUP)];
    const rsvps = await running.factsOf("rsvp");
    for (const { messageId } of sent) {
      const own = rsvps.filter(({ target }) => target === messageId);
      const latest = [...own].sort(byTime).at(-1);
      expect(latest).toMatchObject({ response: "GOING", extraGuests: 1 });
      for (const { guest } of own) expect([guest.phone === DIRECT, guest.lid === `${RITA.lid}@lid`]).toContain(true);
      expect(new Set(own.map(({ source }) => source)).size).toBe(2);
    }
    const seen = await running.factsOf("invitation.observed");
    expect(seen.map(({ sighting }) => sighting.messageId).sort()).toEqual(value === "none" && name === "echo" ? [] : sent.map(({ messageId }) => messageId).sort());
    for (const { sighting, fromSelf } of seen) expect([sighting.createdBy, fromSelf, sighting.details]).toEqual(["self", true, details]);
  });

  it.each(wahaSwitchValues.mode)("waha-9.4: shows on the guest's phone what was sent, also where the server validates nothing (%s)", async (mode) => {
    const running = await start({ switches: { mode } });
    await invite(running, DIRECT);
    expect(running.simulator.journal.entries({ act: "event.created" })[0]?.shown).toMatchObject({
      title: "Colour appointment", description: "Please arrive *early*.\nParking behind.", startsAt: "2027-01-01T10:00:00.000Z", endsAt: "2027-01-01T11:30:00.000Z", location: "Salon North", extraGuestsAllowed: true,
    });
  });

  it("names the chat that the server used when it rewrote the number", async () => {
    const running = await start({ switches: { chatRewrite: "brazil-ninth-digit" } });
    expect(await invite(running, "+5511987650001")).toMatchObject({ recipient: "+551187650001" });
  });

  it("gives an answer that nobody can read, and UNKNOWN as it came", async () => {
    const running = await start();
    running.simulator.script({ account: SESSION, chat: RITA.phone, steps: [{ guest: RITA, response: "GOING", undecryptable: true }, { guest: RITA, response: "UNKNOWN" }] });
    const { messageId } = await invite(running, DIRECT);
    expect(await running.factsOf("rsvp.unreadable")).toMatchObject([{ target: messageId }]);
    expect(await running.factsOf("rsvp.unrecognized")).toMatchObject([{ target: messageId, raw: "UNKNOWN" }]);
  });

  it("marks the account's own answer to a member's event", async () => {
    const running = await start();
    const { messageId } = await running.simulator.memberEvent({ account: SESSION, chat: GROUP, guest: RITA, title: "Team dinner", startsAtMs: 1798797600000 });
    await running.simulator.answer({ account: SESSION, chat: GROUP, guest: RITA, own: true, response: "GOING", target: messageId });
    const [seen, again] = await running.factsOf("invitation.observed");
    expect(seen).toMatchObject({ sighting: { messageId, createdBy: "other", recipient: GROUP, details: { title: "Team dinner" } } });
    // It comes as message and as message.any: one fact.
    expect(again).toEqual(seen);
    expect(await running.factsOf("rsvp")).toMatchObject([{ target: messageId, fromSelf: true }]);
  });

  it("follows it to the guest's phone", async () => {
    for (const ackAddressing of wahaSwitchValues.ackAddressing) {
      const running = await start({ switches: { acks: "read", ackAddressing } }, { lids: [{ lid: RITA.lid, pn: RITA.phone }] });
      const { messageId } = await invite(running, DIRECT);
      expect((await running.factsOf("invitation.delivered")).map(({ target, reached }) => [target, reached])).toEqual([[messageId, "device"]]);
      expect(await running.factsOf("invitation.read")).toMatchObject([{ target: messageId }]);
      await running.stop();
      bench = undefined;
    }
  });
});

describe("what a simulated WAHA refuses", () => {
  const refused = async (running: Bench) => rejection(running.session.send?.({ to: to(DIRECT), details }, call));

  it.each([
    ["STARTING", "transient"], ["STOPPED", "permanent"], ["SCAN_QR_CODE", "permanent"], ["FAILED", "permanent"], ["PASSKEY_REQUIRED", "permanent"],
  ] as const)("a session that is %s: nothing was sent", async (status, persistence) => {
    const running = await start({}, { status, paired: false });
    expect(await refused(running)).toMatchObject({ code: "ACCOUNT_NOT_READY", outcome: "not-sent", persistence });
    expect((await running.session.probe(call)).status).toBe("not-ready");
    expect(running.simulator.journal.count("event.created")).toBe(0);
  });

  it("an unknown session, a wrong key and an engine without events: nothing was sent", async () => {
    const running = await start();
    const send = (config: object) => rejection(running.open(config).send?.({ to: to(DIRECT), details }, call));
    expect(await send({ session: "nobody" })).toMatchObject({ code: "NOT_FOUND", outcome: "not-sent", context: { vendorCode: "session-unknown" } });
    expect(await send({ apiKey: "wrong" })).toMatchObject({ code: "UNAUTHENTICATED", outcome: "not-sent" });
    running.simulator.setSwitches({ engine: "WEBJS" });
    expect(await send({})).toMatchObject({ code: "REFUSED", outcome: "not-sent", context: { vendorCode: "engine-lacks-it" } });
    running.simulator.setSwitches({ engine: "GOWS", sessions: "single", version: "2025.11.3" });
    expect(await send({})).toMatchObject({ code: "PERMISSION_DENIED", outcome: "not-sent", context: { vendorCode: "single-session-edition" } });
    expect(running.simulator.journal.count("event.created")).toBe(0);
  });

  it("a key that may not send or may not read", async () => {
    const running = await start();
    const { key } = running.simulator.putKey({ isAdmin: false, session: SESSION, isActive: true, actions: { read: true, send: false } });
    const scoped = running.open({ apiKey: key });
    expect(await rejection(scoped.send?.({ to: to(DIRECT), details }, call))).toMatchObject({ code: "PERMISSION_DENIED", outcome: "not-sent" });
    expect(await scoped.probe(call)).toMatchObject({ status: "ready" });
  });

  it.each([["463", "not-sent"], ["475", "not-sent"], ["400", "unknown"], ["403", "unknown"], ["4", "unknown"], ["13", "unknown"], ["14", "unknown"]] as const)("refusal %s by WhatsApp or the engine is %s", async (code, outcome) => {
    const running = await start();
    running.simulator.faults.add({ operation: "events", fault: "refuse", code });
    expect(await refused(running)).toMatchObject({ outcome });
  });

  it("a refusal that the operator knows proves that nothing was sent, and another one does not", async () => {
    const running = await start({}, {}, { refusals: [{ status: 500, says: "server returned error 403", code: "PERMISSION_DENIED" }] });
    for (const [code, outcome] of [["403", "not-sent"], ["400", "unknown"]] as const) {
      running.simulator.faults.add({ operation: "events", fault: "refuse", code });
      expect(await refused(running)).toMatchObject({ outcome, code: code === "403" ? "PERMISSION_DENIED" : "REFUSED" });
      running.simulator.faults.add({ operation: "sendText", fault: "refuse", code });
      expect(await rejection(running.session.sendText?.({ to: to(DIRECT), text: "Hello" }, call))).toMatchObject({ outcome });
    }
  });

  it.each([
    ["act-then-reset", "unknown"], ["act-then-cut-body", "unknown"], ["act-then-nonsense", "unknown"], ["without-id", "unknown"], ["server-error", "unknown"], ["rate-limited", "unknown"], ["redirect", "unknown"], ["reset", "unknown"],
    ["unauthorized", "not-sent"], ["not-ready", "not-sent"],
  ] as const)("%s is %s, and one request", async (fault, outcome) => {
    const running = await start();
    running.simulator.faults.add({ operation: "events", fault });
    expect(await refused(running)).toMatchObject({ outcome });
    expect(running.simulator.journal.entries({ act: "request.received" })).toHaveLength(1);
  });
});
