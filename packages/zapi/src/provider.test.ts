import { describe, expect, it } from "@jest/globals";
import { instant, intersect, isMessagingError, supportOf, MessagingError, type InvitationDetails, type PollCommand, type Target } from "@event-messaging/core/driver";
import { inspect } from "node:util";
import { ACK, call, CLIENT_TOKEN, CONFIG, INSTANCE, runtimeWith, stubHttp, TOKEN, type Canned, type Seen } from "../test/stub-http.js";
import { id, recipient } from "../test/known.js";
import { payload } from "../test/fixture.js";
import { zapi } from "./index.js";
import { learnReading } from "./learning.js";

const chat = recipient("120363041234567890@g.us");
const details: InvitationDetails = { title: "Safety briefing", startsAt: instant("2026-11-20T18:00:00Z") };
const target: Target = { recipient: chat, createdBy: "self", messages: [{ id: id(ACK.messageId), form: "native", role: "invitation", vendorIds: {} }] };
const theirs: Target = { ...target, createdBy: "other" };

const opened = (config: object = {}, answer: (seen: Seen) => Canned | Error = () => ({ json: ACK }), learned: Readonly<Record<string, string>> = {}) => {
  const http = stubHttp(answer);
  return { provider: zapi.open({ ...CONFIG, ...config }, runtimeWith(http, learned)), http };
};
const failed = async (promise: Promise<unknown> | undefined): Promise<MessagingError> => {
  try {
    await promise;
  } catch (error) {
    if (isMessagingError(error)) return error;
    throw error;
  }
  throw new Error("it did not fail");
};

describe("sending", () => {
  it("zapi-13.27: the instance's token in place of the account security token is refused before anything is opened, without being shown", async () => {
    const error = await failed((async () => void opened({ clientToken: TOKEN }))());
    expect(error).toMatchObject({ code: "CONFIG_INVALID", outcome: "not-sent", issues: [{ path: "clientToken" }] });
    expect(inspect(error)).not.toContain(TOKEN);
  });

  it("zapi-11.2; zapi-13.27: every call of the instance carries Client-Token, and an account without one sends none", async () => {
    const { provider, http } = opened({ dateTime: "instant" });
    await provider.send?.({ to: chat, details }, call());
    await provider.update?.({ target, details }, call());
    await provider.cancel?.({ target, details }, call());
    await provider.respond?.({ target: theirs, response: "GOING" }, call());
    await provider.probe(call());
    expect(http.seen.map(({ headers }) => headers)).toEqual(http.seen.map(() => ({ "client-token": CLIENT_TOKEN })));
    const { clientToken: _none, ...without } = CONFIG;
    const bare = stubHttp(() => ({ json: ACK }));
    await zapi.open(without, runtimeWith(bare)).send?.({ to: chat, details }, call());
    expect(bare.seen[0]?.headers).toEqual({});
  });

  it("zapi-11.1: the URL is built of both ids, each one path segment", async () => {
    const { provider, http } = opened();
    await provider.send?.({ to: chat, details }, call());
    expect(http.seen).toMatchObject([{ method: "POST", path: `/instances/${INSTANCE}/token/${TOKEN}/send-event` }]);
    for (const instance of ["..", "a/b", "a?b", "a b", "", "é"]) expect(() => opened({ instance })).toThrow(/CONFIG|configuration/i);
    for (const token of ["..", "a/b", "a%2fb", "a\nb"]) expect(() => opened({ token })).toThrow(/configuration/);
  });

  it("zapi-11.1; zapi-13.33: no credential is in a thrown error or in the opened account", async () => {
    const { provider } = opened({ webhookSecrets: ["wh-s3cret"] }, () => ({ status: 403, json: { error: `Client-Token ${CLIENT_TOKEN} not allowed` } }));
    const error = await failed(provider.send?.({ to: chat, details }, call()));
    const shown = [error, provider, await provider.probe(call())].map((value) => inspect(value, { depth: 9, showHidden: true }) + JSON.stringify(value)).join("\n") + error.message + String(error.stack);
    for (const credential of [TOKEN, CLIENT_TOKEN, "wh-s3cret"]) expect(shown).not.toContain(credential);
    expect(error).toMatchObject({ code: "UNAUTHENTICATED", outcome: "not-sent", context: { urlTemplate: "/instances/{instance}/token/{token}/send-event", operation: "send" } });
  });

  it("the receipt has every id of the vendor, queued", async () => {
    expect(await opened().provider.send?.({ to: chat, details }, call())).toEqual({ stage: "queued", messageId: ACK.messageId, vendorIds: payload("send-ack") });
  });

  it("zapi-13.6: an edit and a cancellation name the original message and return their own ids", async () => {
    const edited: Target = { ...target, messages: [...target.messages, { id: id("3EB0000000000000000002"), form: "native", role: "update", vendorIds: {} }] };
    const { provider, http } = opened({ dateTime: "instant" }, () => ({ json: { zaapId: "Z2", messageId: "3EB0000000000000000003" } }));
    expect(await provider.update?.({ target: edited, details }, call())).toMatchObject({ messageId: "3EB0000000000000000003", vendorIds: { zaapId: "Z2" } });
    await provider.cancel?.({ target: edited, details }, call());
    expect(http.seen.map(({ json }) => json)).toMatchObject([{ eventMessageId: ACK.messageId, event: { canceled: false } }, { eventMessageId: ACK.messageId, event: { canceled: true } }]);
  });

  it("zapi-13.3: each send is one request, whatever the answer", async () => {
    for (const answer of [{ status: 500 }, { status: 429 }, { json: { value: false } }, new MessagingError("x", { code: "UNAVAILABLE", outcome: "unknown", persistence: "transient" })]) {
      const { provider, http } = opened({}, () => answer);
      expect(await failed(provider.send?.({ to: chat, details }, call()))).toMatchObject({ outcome: "unknown" });
      expect(http.seen.length).toBe(1);
    }
  });

  it("a signal reaches the client", async () => {
    const abort = new AbortController();
    const signals: AbortSignal[] = [];
    const http = { ...stubHttp(() => ({})), request: async (request: { signal: AbortSignal }) => { signals.push(request.signal); return { status: 200, headers: new Map(), json: ACK }; } };
    await zapi.open(CONFIG, runtimeWith(http)).send?.({ to: chat, details }, { ...call(), signal: abort.signal });
    expect(signals).toEqual([abort.signal]);
  });
});

describe("the reading of dateTime", () => {
  it("an edit is refused before any request until the reading is known, with the remedy; a cancellation goes out", async () => {
    const { provider, http } = opened();
    const error = await failed(provider.update?.({ target, details }, call()));
    expect(error).toMatchObject({ code: "UNSUPPORTED", outcome: "not-sent" });
    expect(error.message).toMatch(/option dateTime/);
    expect(http.seen).toEqual([]);
    await provider.cancel?.({ target, details }, call());
    expect(http.seen.length).toBe(1);
    expect(supportOf((await provider.probe(call())).capabilities, "invitation.update", "group")).toMatchObject({ support: "absent", why: expect.stringContaining("dateTime") });
  });

  it.each([
    ["instant", "2026-11-20T18:00:00.000Z"],
    ["wallclock-default-br", "2026-11-20T15:00:00.000Z"],
    ["wallclock-default-utc", "2026-11-20T18:00:00.000Z"],
    ["shift", "2026-11-20T18:00:00.000Z"],
  ])("option dateTime %s: an edit writes %s and a new event keeps its zero offset", async (dateTime, digits) => {
    const { provider, http } = opened({ dateTime });
    await provider.update?.({ target, details }, call());
    await provider.send?.({ to: chat, details }, call());
    expect(http.seen.map(({ json }) => json)).toMatchObject([{ event: { dateTime: digits } }, { event: { dateTime: "2026-11-20T18:00:00.000Z", timeZone: "UTC" } }]);
    expect(supportOf((await provider.probe(call())).capabilities, "invitation.update", "group").support).toBe("native");
  });

  it.each([["UTC", "18"], ["UTC+0", "18"], ["UTC-3", "15"]])("option createTimeZone %s is sent with %s o'clock", async (createTimeZone, hour) => {
    const { provider, http } = opened({ createTimeZone });
    await provider.send?.({ to: chat, details }, call());
    expect(http.seen).toMatchObject([{ json: { event: { timeZone: createTimeZone, dateTime: `2026-11-20T${hour}:00:00.000Z` } } }]);
  });

  it("an echo three hours late teaches the Brazilian reading; what was learned opens the edit and mends new events", async () => {
    const { provider } = opened();
    const learned = provider.learn?.(details, { ...details, startsAt: instant("2026-11-20T21:00:00Z") });
    expect(learned).toEqual({ dateTime: "wallclock-default-br", createTimeZone: "UTC-3" });
    const { provider: next, http } = opened({}, undefined, { ...learned });
    await next.update?.({ target, details }, call());
    await next.send?.({ to: chat, details }, call());
    expect(http.seen).toMatchObject([{ json: { event: { dateTime: "2026-11-20T15:00:00.000Z" } } }, { json: { event: { dateTime: "2026-11-20T15:00:00.000Z", timeZone: "UTC-3" } } }]);
    expect(next.learn).toBeUndefined();
  });

  it("an echo in time teaches the reading only as an edit's or a cancellation's; another title or shift teaches nothing", () => {
    const later = { ...details, startsAt: instant("2026-11-20T21:00:00Z") };
    expect(learnReading({}, details, details)).toEqual({ newEvents: "in-time" });
    expect(learnReading({}, details, details, "invitation")).toEqual({ newEvents: "in-time" });
    expect(learnReading({}, details, details, "cancel")).toEqual({ dateTime: "wallclock-default-utc" });
    expect(learnReading({}, details, details, "update")).toEqual({ dateTime: "wallclock-default-utc" });
    expect(learnReading({}, details, { ...details, startsAt: instant("2026-11-20T15:00:00Z") }, "cancel")).toBeUndefined();
    expect(learnReading({}, details, { ...later, title: "Other" })).toBeUndefined();
    expect(learnReading({}, details, details, "update", true)).toBeUndefined();
    expect(learnReading({}, details, later, "update", true)).toMatchObject({ dateTime: "wallclock-default-br" });
  });

  it("an event that its owner moves by three hours on a phone teaches nothing once a new one was seen in time", () => {
    const moved = { ...details, startsAt: instant("2026-11-20T21:00:00Z") };
    expect(learnReading({ newEvents: "in-time" }, details, moved, "invitation")).toBeUndefined();
    expect(learnReading({ newEvents: "in-time" }, details, moved)).toBeUndefined();
    expect(learnReading({ newEvents: "in-time" }, details, moved, "cancel")).toMatchObject({ dateTime: "wallclock-default-br" });
  });

  it("a configured reading is not unlearned, and a word that is none is not believed", async () => {
    expect(opened({ dateTime: "instant" }).provider.learn).toBeUndefined();
    const { provider } = opened({}, undefined, { dateTime: "made-up" });
    expect(await failed(provider.update?.({ target, details }, call()))).toMatchObject({ code: "UNSUPPORTED" });
  });
});

describe("polls", () => {
  it.each<[string, Partial<PollCommand>]>([
    ["one option", { options: ["Going"] }], ["thirteen options", { options: [..."abcdefghijklm"] }], ["equal options", { options: ["Going", "Going"] }], ["a space behind an option", { options: ["Going", "Maybe "] }],
    ["an option of 101 characters", { options: ["Going", "x".repeat(101)] }], ["no question", { question: " " }],
  ])("polls-10.9; polls-10.10: with %s are refused before any request, because the vendor names no limit", async (_, changes) => {
    const { provider, http } = opened();
    expect(await failed(provider.sendPoll?.({ to: chat, question: "Will you come?", options: ["Going", "Not going"], ...changes }, call()))).toMatchObject({ code: "INVALID_ARGUMENT", outcome: "not-sent" });
    expect(http.seen).toEqual([]);
  });

  it("polls-10.1: to persons are absent, with the reason, until the option tries them", async () => {
    const support = async (config: object, audience: "direct" | "group") => supportOf(intersect(zapi.capabilities, (await opened(config).provider.probe(call())).capabilities), "poll.send", audience);
    expect(await support({}, "direct")).toMatchObject({ support: "absent", why: expect.stringContaining("groups only") });
    expect((await support({}, "group")).support).toBe("native");
    expect((await support({ directPolls: "try" }, "direct")).support).toBe("native");
  });

  it("polls-10.11: have no callback for a vote that cannot be read, and none is promised", async () => {
    expect(supportOf(intersect(zapi.capabilities, (await opened().provider.probe(call())).capabilities), "rsvp.unreadable", "group").support).toBe("absent");
  });
});

describe("answering as a guest", () => {
  it("zapi-13.11: MAYBE is promised in neither direction", () => {
    const support = (["respond.maybe", "rsvp.maybe"] as const).flatMap((code) => (["direct", "group"] as const).map((audience) => supportOf(zapi.capabilities, code, audience).support));
    expect(support).toEqual(["absent", "absent", "unknown", "unknown"]);
  });

  it.each(["GOING", "NOT_GOING"] as const)("%s goes out and returns its ids", async (response) => {
    const { provider, http } = opened();
    expect(await provider.respond?.({ target: theirs, response }, call())).toMatchObject({ messageId: ACK.messageId });
    expect(http.seen).toMatchObject([{ path: expect.stringMatching(/\/send-event-response$/), json: { phone: "120363041234567890-group", eventMessageId: ACK.messageId, eventResponse: response } }]);
  });

  it("zapi-13.11; zapi-13.12: MAYBE, an own event and a handle without messages are refused before any request", async () => {
    const { provider, http } = opened();
    expect(await failed(provider.respond?.({ target: theirs, response: "MAYBE" }, call()))).toMatchObject({ code: "UNSUPPORTED", outcome: "not-sent" });
    expect(await failed(provider.respond?.({ target, response: "GOING" }, call()))).toMatchObject({ code: "INVALID_ARGUMENT", outcome: "not-sent" });
    expect(await failed(provider.cancel?.({ target: { ...target, messages: [] }, details }, call()))).toMatchObject({ code: "INVALID_ARGUMENT", outcome: "not-sent" });
    expect(http.seen).toEqual([]);
  });
});

describe("the probe", () => {
  const device = { phone: "551133334444", name: "Acme" };
  const probed = (status: Canned | Error, config: object = {}) =>
    opened(config, ({ path }) => (path.endsWith("/status") ? status : path.endsWith("/device") ? { json: device } : { status: 404 })).provider.probe(call());

  it("zapi-11.7; zapi-13.1: the error text of a healthy status is no failure", async () => {
    const probe = await probed({ json: payload("status-answer") });
    expect(probe).toMatchObject({ status: "ready", reason: "", self: { phone: "+551133334444" } });
  });

  it("zapi-11.19; zapi-13.4: the probe only reads, and touches no path that acts", async () => {
    const { provider, http } = opened({}, () => ({ json: payload("status-answer") }));
    await provider.probe(call());
    await provider.probe(call());
    expect(new Set(http.seen.map(({ method, path }) => `${method} ${path.split("/").at(-1)}`))).toEqual(new Set(["GET status", "GET device", "GET me"]));
  });

  it.each([
    [{ json: { connected: false, error: "You are not connected." } }, "not-ready", /Link it/],
    [{ json: { connected: false, error: "You need to restore the session" } }, "not-ready", /Restore it/],
    [{ status: 403, json: { error: "Client-Token null not allowed" } }, "not-ready", /clientToken/],
    [{ status: 400, json: { error: "To continue sending a message, you must subscribe to this instance again" } }, "not-ready", /Renew/],
    [{ status: 404 }, "not-ready", /no such instance/],
    [{ status: 500 }, "unknown", /not understood/],
    [{ status: 200, json: "OK" }, "unknown", /not understood/],
    [new MessagingError("x", { code: "UNAVAILABLE", outcome: "not-sent", persistence: "transient" }), "unknown", /could not be asked/],
  ])("%j is %s", async (answer, status, reason) => {
    const probe = await probed(answer);
    expect(probe.status).toBe(status);
    expect(probe.reason).toMatch(reason);
  });

  it("a phone that is offline, and the queue, are warnings", async () => {
    const { warnings } = await probed({ json: { connected: true, smartphoneConnected: false, error: null } });
    expect(warnings?.map(({ message }) => message).join()).toMatch(/queues.*offline/);
  });

  it("events to persons are absent, with the reason, until the option tries them", async () => {
    const held = async (config: object) => intersect(zapi.capabilities, (await probed({ json: payload("status-answer") }, config)).capabilities);
    for (const code of ["invitation.send", "invitation.update", "invitation.cancel", "invitation.respond"] as const) {
      expect(supportOf(await held({ dateTime: "instant" }), code, "direct")).toMatchObject({ support: "absent", why: expect.stringContaining("Z-API documents events in groups only") });
      expect(supportOf(await held({ dateTime: "instant" }), code, "group").support).toBe("native");
      expect(supportOf(await held({ dateTime: "instant", directEvents: "try" }), code, "direct").support).toBe("native");
    }
    expect(supportOf(await held({ directEvents: "try" }), "invitation.update", "direct").why).toContain("dateTime");
    expect(supportOf(await held({ directEvents: "absent" }), "invitation.send", "direct").support).toBe("absent");
  });

  it("the capabilities are known even when the account cannot be asked", async () => {
    const probe = await probed(new MessagingError("x", { code: "TIMEOUT", outcome: "not-sent", persistence: "transient" }));
    expect(supportOf(probe.capabilities, "invitation.send", "direct").support).toBe("absent");
  });
});

describe("configuration", () => {
  it("every problem is named by its path at once, and no value is quoted", () => {
    const bad = () => zapi.open({ instance: "../x", token: "t\u0000", baseUrl: "ftp://x", webhookSecrets: [], dateTime: "guess", directEvents: true, colour: "s3cret-value" }, runtimeWith(stubHttp(() => ({}))));
    try {
      bad();
      throw new Error("opened");
    } catch (error) {
      if (!isMessagingError(error)) throw error;
      expect(error.code).toBe("CONFIG_INVALID");
      expect(new Set(error.issues.map(({ path }) => path))).toEqual(new Set(["instance", "token", "baseUrl", "webhookSecrets", "dateTime", "directEvents", "colour"]));
      expect(error.message).not.toContain("s3cret-value");
    }
  });

  it("every capability has a reason and a source", () => {
    for (const entry of Object.values(zapi.capabilities).flatMap((each) => (each === undefined ? [] : "support" in each ? [each] : [each.direct, each.group]))) {
      expect(entry.why).not.toBe("");
      expect(entry.source).toMatch(/^Z-API docs: [a-z]+\/[a-z-]+$/);
    }
  });
});
