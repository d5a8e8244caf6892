import { describe, expect, it } from "@jest/globals";
import { accountId } from "@event-messaging/core/driver";
import { inspect } from "node:util";
import { decodeReceipt } from "./decode.js";
import { deliveryFailure, refusal } from "./failure.js";

const where = { account: accountId("club"), operation: "send", urlTemplate: "/instances/{instance}/token/{token}/send-event" };
const NOW = Date.parse("2026-11-10T10:00:00Z");
const answer = (status: number, json?: unknown, headers: Readonly<Record<string, string>> = {}) => ({ status, json, headers: new Map(Object.entries(headers)) });
const judged = (status: number, json?: unknown) => {
  const { code, outcome, persistence, context } = refusal(answer(status, json), where, NOW);
  return [code, outcome, persistence, context.vendorCode];
};

describe("what an answer proves", () => {
  it.each([
    [403, { error: "Client-Token null not allowed" }, "UNAUTHENTICATED", "client-token"],
    [403, { error: "Client-Token Fs3cr3t not allowed" }, "UNAUTHENTICATED", "client-token"],
    [400, { error: "null not allowed" }, "UNAUTHENTICATED", "client-token"],
    [200, { error: "null not allowed" }, "UNAUTHENTICATED", "client-token"],
    [400, { error: "your client-token is not configured" }, "UNAUTHENTICATED", "client-token"],
    [403, { error: "203.0.113.9 not allowed" }, "PERMISSION_DENIED", "address-blocked"],
    [400, { error: "To continue sending a message, you must subscribe to this instance again" }, "ACCOUNT_NOT_READY", "subscription-required"],
    [400, { error: "Invalid phone" }, "REFUSED", "invalid-phone"],
    [404, { error: "NOT_FOUND", message: "Unable to find matching target resource method" }, "NOT_FOUND", "no-such-operation"],
    [200, { error: "NOT_FOUND", message: "Unable to find matching target resource method" }, "NOT_FOUND", "no-such-operation"],
    [405, undefined, "PROTOCOL", "method-not-allowed"],
    [415, undefined, "PROTOCOL", "content-type"],
  ])("%d %j proves that nothing was sent", (status, json, code, word) => {
    expect(judged(status, json)).toEqual([code, "not-sent", "permanent", word]);
  });

  it("words of any length are read in time that grows with their length", () => {
    const started = performance.now();
    expect(judged(400, { error: `${".".repeat(200_000)}x` })).toEqual(["REFUSED", "unknown", "permanent", "refused"]);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it.each([
    ["You are not connected.", "not-connected"],
    ["you need to restore the session", "session-lost"],
  ])("400 %j proves it too, and another try may fare better", (error, word) => {
    expect(judged(400, { error })).toEqual(["ACCOUNT_NOT_READY", "not-sent", "transient", word]);
  });

  it.each([
    [400, { error: "something new" }, "REFUSED"],
    [400, { error: "Your smartphone is not responding, try again" }, "UNAVAILABLE"],
    [400, undefined, "REFUSED"],
    [401, undefined, "UNAUTHENTICATED"],
    [403, undefined, "PERMISSION_DENIED"],
    [404, { error: "NOT_FOUND" }, "NOT_FOUND"],
    [404, undefined, "NOT_FOUND"],
    [408, undefined, "TIMEOUT"],
    [429, undefined, "RATE_LIMITED"],
    [500, { error: "Client-Token x not allowed" }, "UNAVAILABLE"],
    [502, undefined, "UNAVAILABLE"],
    [302, undefined, "PROTOCOL"],
    [307, undefined, "PROTOCOL"],
  ])("%d %j proves nothing", (status, json, code) => {
    expect(judged(status, json).slice(0, 2)).toEqual([code, "unknown"]);
  });

  it.each([
    [{ error: "anything" }, "REFUSED"],
    [{ error: "You are not connected." }, "REFUSED"],
    [{ value: false }, "REFUSED"],
    [{ zaapId: "019E2B7C4D5A7F10B2C3D4E5F6A70819" }, "PROTOCOL"],
    [{ messageId: "" }, "PROTOCOL"],
    [{ messageId: 464201093 }, "PROTOCOL"],
    [{ messageId: "3EB0C41F7A9D2E6B558011", error: "anything" }, "REFUSED"],
    [undefined, "PROTOCOL"],
    [[], "PROTOCOL"],
  ])("zapi-11.7; zapi-13.1: 200 %j is a failure of unknown outcome", (json, code) => {
    expect(decodeReceipt(answer(200, json))).toBeUndefined();
    expect(judged(200, json).slice(0, 2)).toEqual([code, "unknown"]);
  });

  it("zapi-11.7; zapi-13.1; zapi-13.2: only a 2xx with a message id is a receipt, and it means queued", () => {
    const ack = { zaapId: "Z1", messageId: "3EB0C41F7A9D2E6B558011", id: "3EB0C41F7A9D2E6B558011" };
    expect(decodeReceipt(answer(200, ack))).toEqual({ stage: "queued", messageId: ack.messageId, vendorIds: ack });
    expect(decodeReceipt(answer(200, { messageId: ack.messageId }))).toEqual({ stage: "queued", messageId: ack.messageId, vendorIds: { messageId: ack.messageId } });
    expect(decodeReceipt(answer(400, ack))).toBeUndefined();
    expect(decodeReceipt(answer(302, ack))).toBeUndefined();
  });

  it.each([
    [400, { error: "Event message not found" }, { status: 400, says: "event message NOT found", code: "NOT_FOUND" }, "NOT_FOUND", "permanent"],
    [400, { error: "Bad request", message: "The event cannot be answered by its creator" }, { status: 400, says: "by its creator", code: "REFUSED" }, "REFUSED", "permanent"],
    [400, { error: "Your smartphone is not responding" }, { status: 400, says: "smartphone is not responding", code: "UNAVAILABLE", transient: true }, "UNAVAILABLE", "transient"],
    [200, { value: false }, { status: 200, says: "value: false", code: "ACCOUNT_NOT_READY", transient: true }, "ACCOUNT_NOT_READY", "transient"],
  ] as const)("option refusals: %d %j proves it for an operator who has looked", (status, json, rule, code, persistence) => {
    const error = refusal(answer(status, json), { ...where, refusals: [{ status: 503, says: "something else", code: "UNAVAILABLE" }, rule] }, NOW);
    expect([error.code, error.outcome, error.persistence, error.context.vendorCode]).toEqual([code, "not-sent", persistence, "known-refusal"]);
    expect(judged(status, json)[1]).toBe("unknown");
  });

  it("option refusals: another status or another text stays in doubt, and a documented refusal keeps its own code", () => {
    const refusals = [{ status: 400, says: "phone", code: "UNAVAILABLE", transient: true }] as const;
    const judgedBy = (status: number, json: unknown) => {
      const { code, outcome } = refusal(answer(status, json), { ...where, refusals }, NOW);
      return [code, outcome];
    };
    expect(judgedBy(500, { error: "phone" })).toEqual(["UNAVAILABLE", "unknown"]);
    expect(judgedBy(400, { error: "something new" })).toEqual(["REFUSED", "unknown"]);
    expect(judgedBy(400, { title: "phone" })).toEqual(["REFUSED", "unknown"]);
    expect(judgedBy(400, { error: "Invalid phone" })).toEqual(["REFUSED", "not-sent"]);
  });

  it("a read never leaves doubt", () => {
    expect(refusal(answer(500), { ...where, reads: true }, NOW).outcome).toBe("not-sent");
  });

  it("Retry-After is read as seconds and as a date, and nonsense is not", () => {
    const wait = (value: string) => refusal(answer(429, undefined, { "retry-after": value }), where, NOW).retryAfterMs;
    expect(wait("7")).toBe(7000);
    expect(wait("Tue, 10 Nov 2026 10:00:30 GMT")).toBe(30_000);
    expect(wait("soon")).toBeUndefined();
    expect(wait("Tue, 10 Nov 2026 09:00:00 GMT")).toBeUndefined();
  });

  it("zapi-11.1; zapi-13.33: the error repeats nothing of an answer that echoes the account security token", () => {
    const error = refusal(answer(403, { error: "Client-Token Fs3cr3tF not allowed" }), where, NOW);
    const shown = [error.message, String(error.stack), JSON.stringify(error), inspect(error, { depth: 9, showHidden: true })].join("\n");
    expect(shown).not.toContain("s3cr3t");
    expect(error.message).toContain("zapi send on account \"club\"");
  });
});

describe("a failure after acceptance", () => {
  it.each([
    ["Phone number does not exist", undefined, "phone-does-not-exist", "not-sent"],
    ["This type of message can only be sent in groups", undefined, "group-only", "not-sent"],
    ["Timeout on send message", undefined, "send-timeout", "unknown"],
    ["blocked", "SHADOW_BAN", "shadow-ban", "unknown"],
    ["something new", undefined, "other", "unknown"],
    [undefined, "X", "other", "unknown"],
  ])("%j %j is %s, %s", (error, errorCode, vendorCode, outcome) => {
    expect(deliveryFailure(error, errorCode)).toEqual({ vendorCode, outcome });
  });

  it("option refusals: it is not-sent where a rule knows the text or the code, and a word of ours is kept", () => {
    const rule = (says: string) => [{ status: 200, says, code: "REFUSED" }] as const;
    expect(deliveryFailure("Events can be sent to groups only", undefined, rule("to groups only"))).toEqual({ vendorCode: "known-refusal", outcome: "not-sent" });
    expect(deliveryFailure("blocked", "SHADOW_BAN", rule("shadow_ban"))).toEqual({ vendorCode: "shadow-ban", outcome: "not-sent" });
    expect(deliveryFailure("something new", undefined, rule("to groups only"))).toEqual({ vendorCode: "other", outcome: "unknown" });
    expect(deliveryFailure("blocked", "SHADOW_BAN", [{ status: 400, says: "blocked", code: "REFUSED" }])).toEqual({ vendorCode: "shadow-ban", outcome: "unknown" });
  });
});
