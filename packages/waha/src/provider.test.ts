import { inspect } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { instant, isMessagingError, isRecipient, reveal, type InvitationDetails, type Recipient } from "@event-messaging/core/driver";
import { call, delivery, fixture, openWaha, rejection, scriptedHttp } from "../test/support.js";
import { waha } from "./index.js";

const to = (text: string): Recipient => {
  if (!isRecipient(text)) throw new Error(text);
  return text;
};
const details: InvitationDetails = { title: "Colour appointment", startsAt: instant("2027-01-01T10:00:00Z") };
const SEND = "POST /api/{session}/events";

describe("sending", () => {
  it("is one request with the key in a header, and resolves with every id", async () => {
    const { http, requests } = scriptedHttp({ [SEND]: { status: 201, json: fixture("send-answer-direct") } });
    const receipt = await openWaha(http, { baseUrl: "https://proxy.test/waha/" }).send?.({ to: to("+351960000123"), details }, call);
    expect(receipt).toMatchObject({ stage: "handed-over", messageId: "3EB0C4D1A2B3F4E5061728" });
    expect(requests).toHaveLength(1);
    expect(requests[0]).toMatchObject({ method: "POST", baseUrl: "https://proxy.test/waha/", template: "/api/{session}/events", params: { session: "salon-042" } });
    expect(reveal(requests[0]?.headers?.["X-Api-Key"] ?? "")).toBe("demo-key-0001");
    expect(requests[0]?.query).toBeUndefined();
    expect(requests[0]?.signal).toBe(call.signal);
  });

  it("waha-9.32: waits longer than the 15 seconds that WAHA takes to say that a session is not ready", async () => {
    const { http, requests } = scriptedHttp({ [SEND]: { status: 201, json: fixture("send-answer-direct") } });
    await openWaha(http).send?.({ to: to("+351960000123"), details }, call);
    expect(requests[0]?.limits?.deadlineMs).toBeGreaterThan(15_000);
  });

  it.each([[201, {}], [201, { id: "" }], [200, undefined], [201, { _data: {} }]])("with status %d and no message id (%j) is an unknown outcome", async (status, json) => {
    const { http } = scriptedHttp({ [SEND]: { status, json } });
    expect(await rejection(openWaha(http).send?.({ to: to("+351960000123"), details }, call))).toMatchObject({ code: "PROTOCOL", outcome: "unknown" });
  });

  it("needs no key when the server has none", async () => {
    const { http, requests } = scriptedHttp({ [SEND]: { status: 201, json: fixture("send-answer-direct") } });
    await openWaha(http, { apiKey: "x" }).send?.({ to: to("+351960000123"), details }, call);
    const keyless = waha.open({ baseUrl: "http://localhost:3000", session: "s" }, { account: "a" as never, http, now: () => instant("2027-01-01T10:00:00Z"), learned: {} });
    await keyless.send?.({ to: to("+351960000123"), details }, call);
    expect(requests[1]?.headers).toEqual({});
  });
});

describe("the provider", () => {
  it("waha-9.33: makes one request and never repeats it, whatever the answer", async () => {
    for (const answer of [{ status: 500 }, { status: 503, headers: { "retry-after": "0" } }, { status: 422, json: { error: "x", session: "s", status: "STARTING", expected: ["WORKING"] } }]) {
      const { http, requests } = scriptedHttp({ [SEND]: answer });
      await rejection(openWaha(http).send?.({ to: to("+351960000123"), details }, call));
      expect(requests).toHaveLength(1);
    }
  });

  it("waha-9.51: sends nothing by itself when an answer cannot be read", () => {
    const { http, requests } = scriptedHttp({});
    const { webhook } = openWaha(http);
    expect(webhook.parse(fixture("event-response-failed"), delivery("")).kind).toBe("facts");
    expect(requests).toHaveLength(0);
  });

  it("shows no credential when it is inspected", () => {
    const session = openWaha(scriptedHttp({}).http, { hmacKey: "north-window-17", webhookSecrets: ["first-secret"] });
    expect(`${inspect(session, { depth: 9, showHidden: true })}${JSON.stringify(session)}`).not.toMatch(/demo-key|north-window|first-secret/);
  });
});

describe("what WAHA does not do", () => {
  it("waha-9.46; polls-10.15: cancel and update are absent with a reason, although the wire format knows them", () => {
    const session = openWaha(scriptedHttp({}).http);
    for (const [code, operation] of [["invitation.update", "update"], ["invitation.cancel", "cancel"], ["invitation.respond", "respond"]] as const) {
      expect(waha.capabilities[code]).toMatchObject({ support: "absent", why: expect.stringMatching(/./), source: expect.stringMatching(/./) });
      expect(session[operation]).toBeUndefined();
    }
  });
});

describe("configuration", () => {
  const problems = (config: object): unknown => {
    try {
      openWaha(scriptedHttp({}).http, config);
      return [];
    } catch (error) {
      return isMessagingError(error) ? [error.code, error.issues.map(({ path }) => path).sort()] : error;
    }
  };

  it("is checked whole, with every problem by path", () =>
    expect(problems({ baseUrl: "ftp://x", session: "../admin", apiKey: "a\nb", hmacKey: [], webhookSecrets: ["a/b"], unknownResponse: "maybe", failedVote: "gone", chosenIds: "sometimes", engine: "gows", version: "latest", refusals: [{ status: 429, says: "x", code: "CONFLICT" }], extra: 1 })).toEqual([
      "CONFIG_INVALID", ["apiKey", "baseUrl", "chosenIds", "engine", "extra", "failedVote", "hmacKey", "refusals.0.code", "refusals.0.says", "session", "unknownResponse", "version", "webhookSecrets.0"],
    ]));

  it.each([
    ["user info in the URL", { baseUrl: "http://user:pass@waha.test" }], ["a query in the URL", { baseUrl: "http://waha.test/?x=1" }], ["a path trick in the URL", { baseUrl: "http://waha.test/a/../b" }],
    ["a session of 55 characters", { session: "s".repeat(55) }], ["a session with a dot", { session: "a.b" }], ["three keys", { hmacKey: ["a", "b", "c"] }], ["a key with a control character", { hmacKey: "a\u0000" }],
  ])("refuses %s", (_, config) => expect(problems(config)).toMatchObject(["CONFIG_INVALID", [expect.anything()]]));

  it("accepts a base URL with a path, one key or two, and a passphrase of any script", () => {
    expect(problems({ baseUrl: "https://proxy.test/waha", hmacKey: "chave-ção" })).toEqual([]);
    expect(problems({ hmacKey: ["new one", "old one"], webhookSecrets: ["a", "b"] })).toEqual([]);
  });

  it("accepts what an operator may know of a server", () =>
    expect(problems({ unknownResponse: "cleared", failedVote: "cleared", chosenIds: "never", engine: "GOWS", version: "2026.7.1", refusals: [{ status: 500, says: "error 403", code: "PERMISSION_DENIED", transient: true }] })).toEqual([]));
});
