import { createServer } from "node:http";
import { afterEach, describe, expect, it } from "@jest/globals";
import { accountId, fromEpochMs, instant, intersect, INBOUND_TYPES, isLid, isPhone, messageId, secret, supportOf, type InvitationDetails, type PollCommand } from "@event-messaging/core/driver";
import { undiciHttpClient } from "@event-messaging/core/http";
import { wahaDefaults, wahaSwitchValues, type WahaSwitches } from "@event-messaging/simulator";
import { waha } from "../src/index.js";
import { GROUP, RITA, SESSION, startBench, to, type Bench } from "./bench.js";
import { call, rejection } from "./support.js";

const DIRECT = `+${RITA.phone}`;
const LID = `${RITA.lid}@lid`;
const POLL: Omit<PollCommand, "to"> = { question: "Colour appointment, 1 Jan 10:00. Will you come?", options: ["Going", "Not going", "Maybe"] };
const details: InvitationDetails = { title: "Colour appointment", startsAt: instant("2027-01-01T10:00:00Z") };
const CHOSEN = messageId("3EB0CAFECAFECAFECAFE01");

let bench: Bench | undefined;
const start = async (...options: Parameters<typeof startBench>) => (bench = await startBench(...options));
afterEach(async () => {
  await bench?.stop();
  bench = undefined;
});
const poll = async ({ session }: Bench, recipient: string) => {
  const receipt = await session.sendPoll?.({ to: to(recipient), ...POLL }, call);
  if (receipt === undefined) throw new Error("absent");
  return receipt.messageId;
};
const text = async ({ session }: Bench, recipient: string, more: object = {}) => {
  const receipt = await session.sendText?.({ to: to(recipient), text: "Reply 1, 2 or 3", ...more }, call);
  if (receipt === undefined) throw new Error("absent");
  return receipt.messageId;
};

describe("polls through a simulated WAHA", () => {
  const engines = wahaSwitchValues.engine.flatMap((engine) => [[engine, DIRECT], [engine, GROUP]] as const);

  it.each(engines)("are answered on %s in %s", async (engine, chat) => {
    const running = await start({ switches: { engine } });
    running.simulator.script({ account: SESSION, chat: chat.replace("+", ""), steps: [{ guest: RITA, vote: ["Maybe"] }, { guest: RITA, vote: ["Going"] }, { guest: RITA, vote: [] }] });
    const target = await poll(running, chat);
    const votes = await running.factsOf("poll.voted");
    expect(votes.map(({ labels }) => labels)).toEqual([["Maybe"], ["Going"], []]);
    expect(new Set(votes.map(({ source, edition }) => `${source} ${edition ?? ""}`)).size).toBe(3);
    for (const vote of votes) {
      expect(vote.target).toBe(target);
      expect([vote.guest.phone === DIRECT, vote.guest.lid === LID]).toContain(true);
      expect(vote.fromSelf).toBeUndefined();
    }
  });

  const spellings = (["pollId", "voteTimestamp", "directAddressing", "senderAlt"] as const satisfies readonly (keyof WahaSwitches)[])
    .flatMap((name) => wahaSwitchValues[name].map((value) => [name, value] as const));
  it.each(spellings)("find their poll when %s is %s", async (name, value) => {
    const running = await start({ switches: { [name]: value } });
    running.simulator.script({ account: SESSION, chat: RITA.phone, steps: [{ guest: RITA, vote: ["Going"] }] });
    const target = await poll(running, DIRECT);
    expect(await running.factsOf("poll.voted")).toMatchObject([{ target, labels: ["Going"] }]);
  });

  it("that cannot be decrypted are unreadable, and so is a vote taken back that the server reports as failed", async () => {
    for (const [switches, step] of [[{}, { vote: ["Going"], undecryptable: true }], [{ clearedVote: "null" }, { vote: [] }], [{ engine: "NOWEB", nowebStore: "lacks-poll" }, { vote: ["Going"], undecryptable: true }]] as const) {
      const running = await start({ switches });
      running.simulator.script({ account: SESSION, chat: RITA.phone, steps: [{ guest: RITA, ...step }] });
      const target = await poll(running, DIRECT);
      expect(await running.factsOf("rsvp.unreadable")).toMatchObject([{ target }]);
      await running.stop();
      bench = undefined;
    }
  });

  it("keep the id that the caller chose since 2026.4.3, and the probe knows where", async () => {
    if (CHOSEN === undefined) throw new Error("id");
    for (const [version, engine, kept] of [["2026.4.3", "GOWS", true], ["2026.7.1", "NOWEB", true], ["2025.11.3", "GOWS", false]] as const) {
      const running = await start({ switches: { version, engine } });
      const receipt = await running.session.sendPoll?.({ to: to(DIRECT), ...POLL, messageId: CHOSEN }, call);
      const { capabilities } = await running.session.probe(call);
      expect([version, receipt?.messageId === CHOSEN, supportOf(intersect(waha.capabilities, capabilities), "message.chosen-id", "direct").support === "native"]).toEqual([version, kept, kept]);
      await running.stop();
      bench = undefined;
    }
  });

  it("are known to be missing on WEBJS before 2025.12.2", async () => {
    const running = await start({ switches: { version: "2025.11.3", engine: "WEBJS" } });
    expect(await rejection(running.session.sendPoll?.({ to: to(DIRECT), ...POLL }, call))).toMatchObject({ outcome: "not-sent", context: { vendorCode: "engine-lacks-it" } });
    expect(supportOf((await running.session.probe(call)).capabilities, "poll.send", "direct").support).toBe("absent");
  });
});

describe("texts through a simulated WAHA", () => {
  const cases = wahaSwitchValues.engine.flatMap((engine) => wahaSwitchValues.quotedContent.map((quotedContent) => [engine, quotedContent] as const));
  it.each(cases)("are answered by a quote on %s with the quoted message %s", async (engine, quotedContent) => {
    const running = await start({ switches: { engine, quotedContent } });
    const target = await text(running, DIRECT);
    await running.simulator.answer({ account: SESSION, chat: RITA.phone, guest: RITA, text: "1", target });
    const [reply, again] = await running.factsOf("message.replied");
    expect(reply).toMatchObject({ text: "1", recipient: DIRECT, guest: { phone: DIRECT } });
    // On the browser engines nothing keeps the id of a quoted message that is gone.
    if (quotedContent === "present" || engine === "GOWS" || engine === "NOWEB") expect(reply?.target).toBe(target);
    expect(again ?? reply).toEqual(reply);
  });

  it("are corrected and deleted by the guest", async () => {
    const running = await start();
    const target = await text(running, DIRECT);
    const { messageId: first } = await running.simulator.answer({ account: SESSION, chat: RITA.phone, guest: RITA, text: "1", target });
    await running.simulator.answer({ account: SESSION, chat: RITA.phone, guest: RITA, text: "2", editOf: first, target });
    const replies = await running.factsOf("message.replied");
    expect(replies.at(-1)).toMatchObject({ source: first, text: "2" });
    expect(replies.at(-1)?.edition).toBeDefined();
    await running.simulator.answer({ account: SESSION, chat: RITA.phone, guest: RITA, revokeOf: first });
    expect(await running.factsOf("invitation.revoked")).toEqual([]);
  });
});

describe("looking things up in a simulated WAHA", () => {
  it("finds the event that was sent, once", async () => {
    const running = await start();
    const sent = await running.session.send?.({ to: to(DIRECT), details }, call);
    await running.session.send?.({ to: to(DIRECT), details: { ...details, title: "Another" } }, call);
    await running.simulator.flush();
    const since = fromEpochMs(running.now() - 60_000);
    expect(await running.session.findSent?.({ to: to(DIRECT), details, since }, call)).toMatchObject({ matches: [{ messageId: sent?.messageId }], conclusive: false });
    expect(await running.session.findSent?.({ to: to("+351960000999"), details, since }, call)).toEqual({ matches: [], conclusive: false });
  });

  it("knows that a session which keeps no messages can find nothing", async () => {
    const running = await start({}, { config: { gows: { storage: { messages: false } } } });
    expect(supportOf((await running.session.probe(call)).capabilities, "message.find", "direct").support).toBe("absent");
  });

  it.each(wahaSwitchValues.missingNumber)("knows who is on WhatsApp, the LID both ways (a missing number is %s)", async (missingNumber) => {
    const running = await start({ switches: { missingNumber } }, { lids: [{ lid: RITA.lid, pn: RITA.phone }], absent: ["351960000999"] });
    const find = (contact: string) => (isPhone(contact) || isLid(contact) ? running.session.resolveContact?.(contact, call) : undefined);
    expect(await find(DIRECT)).toEqual({ exists: true, guest: { phone: DIRECT, lid: LID } });
    expect(await find(LID)).toEqual({ exists: true, guest: { phone: DIRECT, lid: LID } });
    expect(await find("999000000000099@lid")).toEqual({ exists: "unknown", guest: { lid: "999000000000099@lid" } });
    expect(await find("+351960000999")).toEqual({ exists: false, guest: {} });
  });
});

describe("setting up webhooks of a simulated WAHA", () => {
  it.each(["2025.11.3", "2025.12.2", "2026.7.1"] as const)("works on %s and restores what was there", async (version) => {
    const theirs = { url: "http://127.0.0.1:9/bot", events: ["message"], hmac: { key: "theirs" }, retries: { policy: "linear", delaySeconds: 1, attempts: 1 } };
    const config = { metadata: { tenant: "042" }, webhooks: [theirs] };
    const running = await start({ switches: { version } }, { config });
    const plan = await running.session.planWebhooks?.({ url: secret(running.hooks), types: INBOUND_TYPES }, call);
    if (plan === undefined) throw new Error("absent");
    const restore = await running.session.applyWebhooks?.(plan, call);
    await running.simulator.flush();
    expect(await running.session.probe(call)).toMatchObject({ status: "ready", warnings: [] });
    if (restore === undefined) throw new Error("absent");
    await running.session.applyWebhooks?.(restore, call);
    expect((await running.session.probe(call)).warnings).toHaveLength(1);
    expect(JSON.parse(restore.after.reveal())).toEqual(config);
  });
});

describe("the routes that the adapter uses", () => {
  it("waha-9.30: creates no session; waha-9.31: starts none; waha-9.47; polls-10.15: edits no message; waha-9.48: deletes none", async () => {
    const running = await start({}, { lids: [{ lid: RITA.lid, pn: RITA.phone }] });
    const { session } = running;
    await session.probe(call);
    await session.send?.({ to: to(DIRECT), details }, call);
    await poll(running, GROUP);
    await text(running, LID, { replyTo: CHOSEN });
    await session.findSent?.({ to: to(DIRECT), details, since: fromEpochMs(Date.now()) }, call);
    for (const contact of [to(DIRECT), to(LID)]) if (isPhone(contact) || isLid(contact)) await session.resolveContact?.(contact, call);
    const plan = await session.planWebhooks?.({ url: secret(running.hooks), types: ["rsvp"] }, call);
    if (plan) await session.applyWebhooks?.(plan, call);
    const used = running.simulator.journal.entries({ act: "request.received" }).map(({ detail }) => decodeURIComponent(detail ?? ""));
    expect(new Set(used)).toEqual(new Set([
      "GET /api/contacts/check-exists", `GET /api/${SESSION}/chats/${RITA.phone}@c.us/messages`, `GET /api/${SESSION}/lids/${LID}`, `GET /api/${SESSION}/lids/pn/${RITA.phone}@c.us`,
      "GET /api/server/version", `GET /api/sessions/${SESSION}`, `POST /api/${SESSION}/events`, "POST /api/sendPoll", "POST /api/sendText", `PUT /api/sessions/${SESSION}`,
    ]));
    expect(running.simulator.journal.entries({ act: "request.refused" })).toEqual([]);
  });

  it("waha-9.49: keep a path in front of /api, and encode the @ of an id", async () => {
    const urls: string[] = [];
    const server = createServer((request, response) => {
      urls.push(`${request.method ?? ""} ${request.url ?? ""}`);
      response.writeHead(200, { "content-type": "application/json" }).end(request.url?.includes("/lids/") === true ? '{"lid":"271000000000099@lid","pn":null}' : "[]");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    const http = undiciHttpClient();
    const runtime = { account: accountId("salon"), http, now: () => fromEpochMs(Date.now()), learned: {} };
    for (const slash of ["", "/"]) {
      const session = waha.open({ baseUrl: `http://127.0.0.1:${address.port}/proxy/waha${slash}`, session: SESSION, apiKey: wahaDefaults.apiKey }, runtime);
      await session.findSent?.({ to: to(DIRECT), details, since: fromEpochMs(Date.now()) }, call);
      const lid = to(LID);
      if (isLid(lid)) await session.resolveContact?.(lid, call);
    }
    await http.close();
    await new Promise((resolve) => server.close(resolve));
    expect(urls.map((url) => url.split("?")[0])).toEqual([
      `GET /proxy/waha/api/${SESSION}/chats/${RITA.phone}%40c.us/messages`, `GET /proxy/waha/api/${SESSION}/lids/${RITA.lid}%40lid`,
      `GET /proxy/waha/api/${SESSION}/chats/${RITA.phone}%40c.us/messages`, `GET /proxy/waha/api/${SESSION}/lids/${RITA.lid}%40lid`,
    ]);
    expect(urls.join()).not.toContain(wahaDefaults.apiKey);
  });
});
