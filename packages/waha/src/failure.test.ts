import { describe, expect, it } from "@jest/globals";
import { accountId, type RefusalRule } from "@event-messaging/core/driver";
import { fixture } from "../test/support.js";
import { failureOf, judge } from "./failure.js";

const answers = fixture<Readonly<Record<string, { readonly status: number; readonly body: unknown }>>>("error-answers");
const answer = (name: string) => {
  const found = answers[name];
  if (found === undefined) throw new Error(name);
  return { status: found.status, json: found.body };
};
const errorOf = (name: string, reads = false) =>
  failureOf({ ...answer(name), headers: new Map() }, { account: accountId("salon"), operation: "send", template: "/api/{session}/events", reads });

/** Every row: name of the recorded answer, code, outcome, persistence, our word for it. */
const TABLE = [
  ["400-json", "REFUSED", "not-sent", "permanent", "bad-request"],
  ["400-validation", "REFUSED", "not-sent", "permanent", "bad-request"],
  ["401", "UNAUTHENTICATED", "not-sent", "permanent", "unauthorized"],
  ["403", "PERMISSION_DENIED", "not-sent", "permanent", "forbidden"],
  ["404-route", "NOT_FOUND", "not-sent", "permanent", "no-such-route"],
  ["422-starting", "ACCOUNT_NOT_READY", "not-sent", "transient", "session-starting"],
  ["422-stopped", "ACCOUNT_NOT_READY", "not-sent", "permanent", "session-stopped"],
  ["422-qr", "ACCOUNT_NOT_READY", "not-sent", "permanent", "session-unpaired"],
  ["422-passkey", "ACCOUNT_NOT_READY", "not-sent", "permanent", "session-passkey"],
  ["422-failed", "ACCOUNT_NOT_READY", "not-sent", "permanent", "session-failed"],
  ["422-unknown-session", "NOT_FOUND", "not-sent", "permanent", "session-unknown"],
  ["422-no-session-name", "REFUSED", "not-sent", "permanent", "session-name-missing"],
  ["422-single-session", "PERMISSION_DENIED", "not-sent", "permanent", "single-session-edition"],
  ["422-plus-only", "PERMISSION_DENIED", "not-sent", "permanent", "edition"],
  ["501", "REFUSED", "not-sent", "permanent", "engine-lacks-it"],
  ["500-whatsapp-463", "REFUSED", "not-sent", "permanent", "whatsapp-463"],
  ["500-whatsapp-475", "REFUSED", "not-sent", "permanent", "whatsapp-475"],
  ["500-whatsapp-400", "REFUSED", "unknown", "permanent", "whatsapp-400"],
  ["500-whatsapp-403", "REFUSED", "unknown", "permanent", "whatsapp-403"],
  ["500-whatsapp-479", "REFUSED", "unknown", "permanent", "whatsapp-other"],
  ["500-deadline", "TIMEOUT", "unknown", "transient", "engine-deadline"],
  ["500-unavailable", "UNAVAILABLE", "unknown", "transient", "engine-unavailable"],
  ["500-serialization", "REFUSED", "not-sent", "permanent", "not-serialisable"],
  ["500-internal", "UNKNOWN", "unknown", "permanent", "server-error"],
  ["500-type-error", "UNKNOWN", "unknown", "permanent", "server-fault"],
  ["500-too-large", "REFUSED", "not-sent", "permanent", "too-large"],
  ["500-message-id", "REFUSED", "not-sent", "permanent", "message-id-refused"],
  ["404-session", "NOT_FOUND", "not-sent", "permanent", "session-unknown"],
  ["404-session-stopped", "ACCOUNT_NOT_READY", "not-sent", "permanent", "session-stopped"],
] as const;

describe("what an answer proves", () => {
  it.each(TABLE)("%s is %s, %s, %s", (name, code, outcome, persistence, vendorCode) =>
    expect(judge(answer(name))).toMatchObject({ code, outcome, persistence, vendorCode }));

  it("covers every recorded answer", () => expect(new Set<string>(TABLE.map(([name]) => name))).toEqual(new Set(Object.keys(answers))));

  it.each([
    [200, undefined, "PROTOCOL"], [201, {}, "PROTOCOL"], [204, undefined, "PROTOCOL"], [301, undefined, "PROTOCOL"], [302, {}, "PROTOCOL"],
    [400, undefined, "REFUSED"], [401, undefined, "UNAUTHENTICATED"], [403, "html", "PERMISSION_DENIED"], [404, undefined, "NOT_FOUND"],
    [408, undefined, "TIMEOUT"], [418, undefined, "UNKNOWN"], [422, undefined, "REFUSED"], [422, { message: "something new", statusCode: 422 }, "REFUSED"], [404, { message: "Message not found", statusCode: 404 }, "NOT_FOUND"],
    [429, {}, "RATE_LIMITED"], [500, undefined, "UNKNOWN"], [500, { exception: null }, "UNKNOWN"], [500, [], "UNKNOWN"], [502, undefined, "UNAVAILABLE"], [503, undefined, "UNAVAILABLE"], [504, undefined, "TIMEOUT"],
  ])("status %d with a body of another shape (%j) leaves the outcome unknown", (status, json, code) => expect(judge({ status, json })).toMatchObject({ outcome: "unknown", code }));

  it("waha-9.34: a session's state is read from bodies that have no message", () => expect(judge(answer("422-failed")).vendorCode).toBe("session-failed"));
  it("waha-9.35: the HTTP status counts, not statusCode in the body", () => expect(judge({ status: 422, json: { ...Object(answer("422-starting").json), statusCode: 200 } }).vendorCode).toBe("session-starting"));
  it("waha-9.36: an unknown session is the 422, and a 404 is a missing route", () => {
    expect(judge(answer("422-unknown-session")).vendorCode).toBe("session-unknown");
    expect(judge(answer("404-route")).vendorCode).toBe("no-such-route");
  });
  it("waha-9.37: a WhatsApp refusal inside a 500 is no server that is down", () => {
    for (const name of ["500-whatsapp-463", "500-whatsapp-475", "500-whatsapp-400"]) expect(judge(answer(name))).toMatchObject({ code: "REFUSED", persistence: "permanent" });
  });
  it("a state that a later version brings is not ready, and nothing was sent", () =>
    expect(judge({ status: 422, json: { error: "x", session: "s", status: "NAPPING" } })).toMatchObject({ code: "ACCOUNT_NOT_READY", outcome: "not-sent" }));
});

describe("what the operator knows of the server's refusals", () => {
  const RULES: readonly RefusalRule[] = [
    { status: 500, says: "ERROR 403", code: "PERMISSION_DENIED" }, { status: 422, says: "quota of the day", code: "RATE_LIMITED", transient: true },
    { status: 429, says: "slow down", code: "RATE_LIMITED", transient: true }, { status: 401, says: "unauthorized", code: "UNAVAILABLE" }, { status: 500, says: "error 463", code: "UNAVAILABLE" },
  ];
  const errorWith = (response: { readonly status: number; readonly json: unknown }, refusals: readonly RefusalRule[]) =>
    failureOf({ ...response, headers: new Map() }, { account: accountId("salon"), operation: "send", template: "/api/{session}/events", reads: false, refusals });

  it.each([
    ["exception.message", answer("500-whatsapp-403"), "PERMISSION_DENIED", "permanent"],
    ["message", { status: 422, json: { message: "The Quota of the Day is used up", statusCode: 422 } }, "RATE_LIMITED", "transient"],
    ["a list in message", { status: 422, json: { message: ["x", "quota of the day"], statusCode: 422 } }, "RATE_LIMITED", "transient"],
    ["error", { status: 429, json: { error: "Please slow down" } }, "RATE_LIMITED", "transient"],
  ] as const)("makes an answer of unknown outcome a refusal, by its words in %s", (_, response, code, persistence) => {
    expect(errorWith(response, []).outcome).toBe("unknown");
    const error = errorWith(response, RULES);
    expect(error).toMatchObject({ code, outcome: "not-sent", persistence, context: { vendorCode: "known-refusal", status: response.status } });
    expect(error.message).not.toMatch(/quota|slow down|error 403/i);
  });

  it("is not asked where an answer proves something by itself", () => {
    expect(errorWith(answer("401"), RULES)).toMatchObject({ code: "UNAUTHENTICATED", context: { vendorCode: "unauthorized" } });
    expect(errorWith(answer("500-whatsapp-463"), RULES)).toMatchObject({ code: "REFUSED", context: { vendorCode: "whatsapp-463" } });
  });

  it("leaves alone what no rule is about: another status, other words, none", () => {
    for (const response of [{ status: 503, json: { error: "Please slow down" } }, { status: 429, json: { error: "later" } }, { status: 429, json: undefined }, { status: 429, json: "slow down" }]) expect(errorWith(response, RULES).outcome).toBe("unknown");
  });
});

describe("the error", () => {
  it("waha-9.38: says operation, provider, what is wrong and what to do, and holds nothing of the body", () => {
    for (const name of Object.keys(answers)) {
      const error = errorOf(name);
      expect(error.message).toMatch(/^send through waha: .+ \(status \d{3}\)\. To do: .+\.$/);
      expect(`${error.message}${JSON.stringify(error)}${error.stack ?? ""}`).not.toMatch(/351960000123|Private title|salon-042|invented|c2Fsb24/);
    }
  });

  it("carries where it came from", () =>
    expect(errorOf("401").context).toEqual({ provider: "waha", account: "salon", operation: "send", phase: "complete", status: 401, vendorCode: "unauthorized", urlTemplate: "/api/{session}/events" }));

  it("of an operation that only reads is always not-sent", () => expect(errorOf("500-deadline", true).outcome).toBe("not-sent"));

  it("passes on Retry-After in seconds, at most 15 minutes, of 429 and 503 only", () => {
    const after = (status: number, value: string) =>
      failureOf({ status, json: undefined, headers: new Map([["retry-after", value]]) }, { account: accountId("salon"), operation: "send", template: "/", reads: false }).retryAfterMs;
    expect([after(429, "3"), after(503, "86400"), after(500, "3"), after(429, "soon"), after(429, "-1")]).toEqual([3000, 900_000, undefined, undefined, undefined]);
  });
});
