import { describe, expect, it } from "@jest/globals";
import {
  accountId, CAPABILITIES, fromEpochSeconds, instant, isGroupId, isLid, isMessagingError, isPhone, isRecipient, messageId, OPERATIONS, reveal, secret, supportOf,
  type Call, type MessagingError, type ProviderRuntime, type Receipt, type Recipient, type SendCommand, type Target,
} from "../driver/index.js";
import { memoryProvider } from "./definition.js";
import { memoryVendor, type MemoryVendor } from "./vendor.js";
import type { MemoryFault } from "./vendor-faults.js";

const account = accountId("clinic-account");
const runtime: ProviderRuntime = {
  account, learned: {}, now: () => instant("2026-11-20T10:00:00Z"),
  http: { request: () => Promise.reject(new Error("the provider in memory makes no HTTP request")), close: async () => {} },
};
const to = recipient("+351960000123");
const details = { title: "Check-up", startsAt: fromEpochSeconds(1_796_137_200) };

function recipient(text: string): Recipient {
  if (!isRecipient(text)) throw new Error("fixture");
  return text;
}

const open = (vendor: MemoryVendor, config: object = {}) => {
  const opened = memoryProvider(vendor).open({ ...vendor.configFor("clinic"), ...config }, runtime);
  const has = <T>(method: T | undefined): T => {
    if (method === undefined) throw new Error("not implemented");
    return method;
  };
  return {
    ...opened, send: has(opened.send), update: has(opened.update), cancel: has(opened.cancel), respond: has(opened.respond), sendPoll: has(opened.sendPoll), sendText: has(opened.sendText),
    withdraw: has(opened.withdraw), findSent: has(opened.findSent), resolveContact: has(opened.resolveContact), listGroups: has(opened.listGroups), planWebhooks: has(opened.planWebhooks), applyWebhooks: has(opened.applyWebhooks),
  };
};
const call = (signal: AbortSignal = new AbortController().signal): Call => ({ signal, callId: "c1", attempt: 1 });
const target = ({ messageId: id, vendorIds }: Pick<Receipt, "messageId" | "vendorIds">, createdBy: "self" | "other" = "self"): Target =>
  ({ recipient: to, createdBy, messages: [{ id, form: "native", role: "invitation", vendorIds }] });

async function failed(promise: Promise<unknown>): Promise<MessagingError> {
  const error: unknown = await promise.then(() => undefined, (reason: unknown) => reason);
  if (!isMessagingError(error)) throw new Error("expected a MessagingError");
  return error;
}

describe("the provider in memory", () => {
  it("declares every capability for both audiences and implements every operation", () => {
    const definition = memoryProvider(memoryVendor());
    for (const code of CAPABILITIES) {
      expect(supportOf(definition.capabilities, code, "direct").support).toBe("native");
      expect(supportOf(definition.capabilities, code, "group").support).toBe("native");
    }
    const provider = definition.open(memoryVendor().configFor("clinic"), runtime);
    expect(OPERATIONS.filter((operation) => typeof provider[operation] !== "function")).toEqual([]);
  });

  it("reports every problem of a configuration at once, without quoting it", () => {
    expect(() => memoryProvider(memoryVendor()).open({ line: "../x", apiKey: "two words", colour: 1 }, runtime)).toThrow(/colour is not a known field/);
    expect(() => memoryProvider(memoryVendor()).open({ line: "../x", apiKey: "two words", colour: 1 }, runtime)).not.toThrow(/two words/);
  });

  it("sends, edits and cancels one card, each under a message id of its own", async () => {
    const vendor = memoryVendor();
    const provider = open(vendor);
    const sent = await provider.send({ to, details }, call());
    const edited = await provider.update({ target: target(sent), details: { ...details, title: "Check-up, later" } }, call());
    const canceled = await provider.cancel({ target: target(sent), details }, call());
    expect(sent).toMatchObject({ stage: "handed-over", recipient: to, vendorIds: { cardId: "card-1" } });
    expect(new Set([sent.messageId, edited.messageId, canceled.messageId]).size).toBe(3);
    expect(vendor.journal().map(({ operation, card, canceled: gone }) => [operation, card?.title, gone])).toEqual([
      ["send", "Check-up", undefined], ["update", "Check-up, later", undefined], ["cancel", "Check-up", true],
    ]);
  });

  it("answers a member's event, and is refused for its own", async () => {
    const vendor = memoryVendor();
    const provider = open(vendor);
    vendor.happen("clinic", { type: "member-event", chat: to, by: to, card: { title: "Rehearsal", begins_at: 1_796_137_200 } });
    const member = messageId("3EB0000000000001");
    if (member === undefined) throw new Error("fixture");
    await provider.respond({ target: target({ messageId: member, vendorIds: {} }, "other"), response: "MAYBE" }, call());
    expect(vendor.journal()).toMatchObject([{ operation: "respond", answer: "perhaps" }]);
    const own = await provider.send({ to, details }, call());
    expect(await failed(provider.respond({ target: target(own), response: "GOING" }, call()))).toMatchObject({ code: "REFUSED", outcome: "not-sent" });
    expect(await failed(provider.update({ target: target({ messageId: member, vendorIds: {} }, "other"), details }, call()))).toMatchObject({ code: "PERMISSION_DENIED", outcome: "not-sent" });
  });

  it("does a poll or text with a chosen id once, however often it is sent", async () => {
    const vendor = memoryVendor();
    const provider = open(vendor);
    const chosen = messageId("CHOSEN1");
    if (chosen === undefined) throw new Error("fixture");
    const poll = { to, question: "Coming?", options: ["Yes", "No"], messageId: chosen };
    const first = await provider.sendPoll(poll, call());
    expect(await provider.sendPoll(poll, call())).toEqual(first);
    expect(first.messageId).toBe("CHOSEN1");
    await provider.sendText({ to, text: "1 = yes", replyTo: chosen }, call());
    expect(vendor.journal().map(({ operation, quotes }) => [operation, quotes])).toEqual([["sendPoll", undefined], ["sendText", "CHOSEN1"]]);
  });

  it("withdraws what is queued, not what has left", async () => {
    const vendor = memoryVendor({ queues: true });
    const provider = open(vendor);
    const first = await provider.send({ to, details }, call());
    const second = await provider.send({ to, details }, call());
    expect(first.stage).toBe("queued");
    const message = ({ messageId: id }: Receipt) => ({ id, form: "native" as const, role: "invitation" as const, vendorIds: {} });
    expect(await provider.withdraw(message(first), call())).toBe("withdrawn");
    expect(vendor.flush("clinic")).toHaveLength(1);
    expect(await provider.withdraw(message(second), call())).toBe("too-late");
    const never = messageId("NEVER");
    expect(never && await provider.withdraw({ id: never, form: "native", role: "invitation", vendorIds: {} }, call())).toBe("unknown");
    expect((await provider.probe(call())).warnings).toHaveLength(1);
  });

  it("finds what it sent by chat, title, start and time, and says that finding nothing is proof", async () => {
    const provider = open(memoryVendor({ now: () => new Date("2026-11-20T10:00:00Z") }));
    const sent = await provider.send({ to, details }, call());
    const since = instant("2026-11-20T09:59:00Z");
    expect(await provider.findSent({ to, details, since }, call())).toEqual({ matches: [{ messageId: sent.messageId, vendorIds: { cardId: "card-1" } }], conclusive: true });
    expect(await provider.findSent({ to, details: { ...details, title: "Other" }, since }, call())).toEqual({ matches: [], conclusive: true });
    expect(await provider.findSent({ to, details, since: instant("2026-11-20T10:01:00Z") }, call())).toEqual({ matches: [], conclusive: true });
    expect(await provider.findSent({ to: recipient("+351960000124"), details, since }, call())).toEqual({ matches: [], conclusive: true });
  });

  it("lists groups, and takes a message to a group of admins that appears nowhere", async () => {
    const vendor = memoryVendor({ groups: [{ id: "120363000000000001@g.us", name: "Choir" }, { id: "120363000000000002@g.us", name: "News", adminsOnly: true }] });
    const provider = open(vendor);
    const news = { id: "120363000000000002@g.us", name: "News", mayWrite: false };
    expect(await provider.listGroups({}, call())).toEqual([{ id: "120363000000000001@g.us", name: "Choir", mayWrite: true }, news]);
    const only = recipient(news.id);
    if (!isGroupId(only)) throw new Error("fixture");
    expect(await provider.listGroups({ only }, call())).toEqual([news]);
    expect((await provider.send({ to: only, details }, call())).stage).toBe("handed-over");
    expect(vendor.journal()).toEqual([]);
    const unknown = recipient("120363000000000003@g.us");
    if (!isGroupId(unknown)) throw new Error("fixture");
    expect((await failed(provider.listGroups({ only: unknown }, call()))).code).toBe("NOT_FOUND");
  });

  it("resolves a contact by number or LID, and knows who has no WhatsApp", async () => {
    const provider = open(memoryVendor({ contacts: [{ phone: "+351960000123", lid: "77@lid", name: "Ana" }, { phone: "+351960000199", exists: false }] }));
    const ask = (text: string) => {
      if (!isPhone(text) && !isLid(text)) throw new Error("fixture");
      return provider.resolveContact(text, call());
    };
    expect(await ask("+351960000123")).toEqual({ exists: true, guest: { phone: "+351960000123", lid: "77@lid", name: "Ana" } });
    expect(await ask("77@lid")).toEqual({ exists: true, guest: { phone: "+351960000123", lid: "77@lid", name: "Ana" } });
    expect(await ask("+351960000199")).toMatchObject({ exists: false });
    expect(await ask("+351960000200")).toEqual({ exists: true, guest: { phone: "+351960000200" } });
  });

  it("changes webhooks only from the settings that the plan saw, and restores them", async () => {
    const vendor = memoryVendor();
    const provider = open(vendor);
    const wish = { url: secret("https://app.example/webhooks/clinic/s3cret"), types: ["rsvp" as const] };
    const plan = await provider.planWebhooks(wish, call());
    expect(JSON.stringify(plan)).not.toContain("s3cret");
    expect(plan.changes).toContainEqual({ path: "types.vote", message: "taken away" });
    const undo = await provider.applyWebhooks(plan, call());
    expect(vendor.happen("clinic", { type: "vote", target: "P1", by: to, labels: [] })).toEqual([]);
    expect(vendor.happen("clinic", { type: "answer", target: "A1", by: to, response: "yes" })).toMatchObject([{ url: reveal(wish.url) }]);
    expect(await failed(provider.applyWebhooks(plan, call()))).toMatchObject({ code: "CONFLICT", outcome: "not-sent" });
    await provider.applyWebhooks(undo, call());
    expect((await provider.planWebhooks({ url: secret("memory:/webhooks"), types: ["rsvp"] }, call())).before.reveal()).toBe(plan.before.reveal());
  });

  it("probes what the vendor says: ids, readiness, and what the account cannot do", async () => {
    const absent = { support: "absent", why: "This line is read-only.", source: "test" } as const;
    const vendor = memoryVendor({ capabilities: { "invitation.cancel": absent, "rsvp.maybe": { direct: absent, group: { ...absent, support: "native" } } } });
    const provider = open(vendor);
    expect(await provider.probe(call())).toEqual({
      status: "ready", reason: "", self: { phone: "+99900000001", lid: "699300000007@lid" }, version: "1",
      capabilities: { "invitation.cancel": absent, "rsvp.maybe": { direct: absent, group: { ...absent, support: "native" } } },
    });
    const sent = await provider.send({ to, details }, call());
    expect(await failed(provider.cancel({ target: target(sent), details }, call()))).toMatchObject({ code: "UNSUPPORTED", outcome: "not-sent" });
    vendor.happen("clinic", { type: "line_status", status: "not-ready" });
    expect(await provider.probe(call())).toMatchObject({ status: "not-ready", reason: "the line is not connected" });
    expect(await failed(provider.send({ to, details }, call()))).toMatchObject({ code: "ACCOUNT_NOT_READY", outcome: "not-sent", persistence: "transient" });
  });

  it("probes without throwing when the key is wrong or the call has ended", async () => {
    expect(await open(memoryVendor(), { apiKey: "wrong" }).probe(call())).toMatchObject({ status: "not-ready", capabilities: {} });
    expect(await open(memoryVendor()).probe(call(AbortSignal.abort()))).toMatchObject({ status: "unknown" });
  });

  it("keeps the messages of two lines and of two vendors apart", async () => {
    const vendor = memoryVendor();
    const sent = await open(vendor).send({ to, details }, call());
    expect(await failed(open(vendor, { line: "club" }).cancel({ target: target(sent), details }, call()))).toMatchObject({ code: "NOT_FOUND" });
    expect(memoryVendor().journal()).toEqual([]);
  });
});

describe("misfortunes of the provider in memory", () => {
  const send: SendCommand = { to, details };

  it.each<[MemoryFault, string, string, number]>([
    ["refuse", "REFUSED", "not-sent", 0],
    ["unauthorized", "UNAUTHENTICATED", "not-sent", 0],
    ["rate-limited", "RATE_LIMITED", "not-sent", 0],
    ["not-ready", "ACCOUNT_NOT_READY", "not-sent", 0],
    ["server-error", "UNAVAILABLE", "unknown", 0],
    ["redirect", "PROTOCOL", "unknown", 0],
    ["reset-before-reading", "UNAVAILABLE", "unknown", 0],
    ["act-then-reset", "UNAVAILABLE", "unknown", 1],
    ["act-then-cut-body", "PROTOCOL", "unknown", 1],
    ["act-then-nonsense", "PROTOCOL", "unknown", 1],
    ["without-id", "PROTOCOL", "unknown", 1],
    [{ code: "TIMEOUT", outcome: "unknown", persistence: "transient", acts: true }, "TIMEOUT", "unknown", 1],
    [{ code: "UNAVAILABLE", outcome: "not-sent", persistence: "transient", retryAfterMs: 5 }, "UNAVAILABLE", "not-sent", 0],
  ])("%j becomes %s with outcome %s, and the next call is fine", async (fault, code, outcome, acts) => {
    const vendor = memoryVendor();
    const provider = open(vendor);
    vendor.failNext(fault);
    const error = await failed(provider.send(send, call()));
    expect(error).toMatchObject({ code, outcome, context: { provider: "memory", account, operation: "send" } });
    expect(vendor.journal()).toHaveLength(acts);
    expect("cause" in error).toBe(false);
    await provider.send(send, call());
    expect(vendor.journal()).toHaveLength(acts + 1);
  });

  it("an error says operation, provider, account, what is wrong, and what to do for its outcome", async () => {
    const vendor = memoryVendor();
    const provider = open(vendor);
    vendor.failNext("rate-limited");
    expect((await failed(provider.send(send, call()))).message).toBe('send on provider "memory", account "clinic-account": too many requests. Nothing was sent: send again later.');
    vendor.failNext("act-then-reset");
    expect((await failed(provider.send(send, call()))).message).toBe('send on provider "memory", account "clinic-account": the vendor did not answer. It may have been sent: look before sending again.');
  });

  it("an answer that never comes ends with the call's signal, outcome unknown", async () => {
    const vendor = memoryVendor();
    const stop = new AbortController();
    vendor.failNext("act-then-hang");
    const sending = failed(open(vendor).send(send, call(stop.signal)));
    stop.abort();
    expect(await sending).toMatchObject({ code: "CANCELED", outcome: "unknown" });
    vendor.failNext("act-then-hang");
    const late = new AbortController();
    const waiting = failed(open(vendor).send(send, call(late.signal)));
    late.abort(new DOMException("late", "TimeoutError"));
    expect(await waiting).toMatchObject({ code: "TIMEOUT", outcome: "unknown" });
  });

  it("a call that ended before the request was never sent", async () => {
    const vendor = memoryVendor();
    expect(await failed(open(vendor).send(send, call(AbortSignal.abort())))).toMatchObject({ code: "CANCELED", outcome: "not-sent" });
    expect(vendor.requests()).toEqual([]);
  });

  it("an operation that only reads is never of unknown outcome", async () => {
    const vendor = memoryVendor();
    vendor.failNext("act-then-reset");
    expect(await failed(open(vendor).findSent({ to, details, since: instant("2026-11-20T10:00:00Z") }, call()))).toMatchObject({ outcome: "not-sent" });
  });

  it("a wrong key is refused, the error does not show it, and nothing is done", async () => {
    const vendor = memoryVendor();
    const provider = open(vendor, { apiKey: "wrong" });
    for (const attempt of [provider.send(send, call()), provider.sendText({ to, text: "hello" }, call()), provider.findSent({ to, details, since: instant("2026-11-20T10:00:00Z") }, call())]) {
      const error = await failed(attempt);
      expect(error).toMatchObject({ code: "UNAUTHENTICATED", outcome: "not-sent" });
      expect(JSON.stringify([error, error.message])).not.toContain("wrong");
    }
    expect(vendor.journal()).toEqual([]);
  });
});
