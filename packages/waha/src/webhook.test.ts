import { createHmac } from "node:crypto";
import { describe, expect, it } from "@jest/globals";
import { delivery, factIn, fixture, NOW, openWaha, parse, scriptedHttp, variant } from "../test/support.js";

interface Vector { readonly key: string; readonly body: string; readonly hmac: string }
const vectors = fixture<readonly Vector[]>("hmac-vectors");
const codec = (config: object) => openWaha(scriptedHttp({}).http, config).webhook;
const signed = (hmac: string, algorithm = "sha512") => ({ "x-webhook-hmac": hmac, "x-webhook-hmac-algorithm": algorithm });
const sign = (key: string, body: string | Uint8Array) => createHmac("sha512", key).update(body).digest("hex");

describe("authentication", () => {
  it.each(vectors)("accepts the vendor's signature with key $key", ({ key, body, hmac }) =>
    expect(codec({ hmacKey: key }).authenticate(delivery(body, signed(hmac)))).toEqual({ ok: true, by: "signature" }));

  it("waha-9.23: signs bytes, so another spacing or invalid UTF-8 makes another signature", () => {
    const bytes = Uint8Array.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]);
    const { authenticate } = codec({ hmacKey: "k" });
    expect(authenticate(delivery(bytes, signed(sign("k", bytes)))).ok).toBe(true);
    expect(authenticate(delivery(bytes, signed(sign("k", new TextDecoder().decode(bytes))))).ok).toBe(false);
    expect(authenticate(delivery('{"a": 1}', signed(sign("k", '{"a":1}')))).ok).toBe(false);
  });

  const body = "{}";
  it.each([
    ["a missing signature", {}],
    ["a wrong one", signed(sign("other", body))],
    ["one that is too short", signed(sign("k", body).slice(2))],
    ["one that is too long", signed(`${sign("k", body)}00`)],
    ["one that is no hex", signed("z".repeat(128))],
    ["one in capitals", signed(sign("k", body).toUpperCase())],
    ["another algorithm", signed(sign("k", body), "sha256")],
    ["the algorithm in capitals", signed(sign("k", body), "SHA512")],
    ["no algorithm", { "x-webhook-hmac": sign("k", body) }],
  ])("refuses %s", (_, headers) => expect(codec({ hmacKey: "k" }).authenticate(delivery(body, headers))).toEqual({ ok: false, reason: "signature" }));

  it("accepts both keys while the key is being changed, and no third", () => {
    const { authenticate } = codec({ hmacKey: ["new", "old"] });
    expect(["new", "old", "older"].map((key) => authenticate(delivery(body, signed(sign(key, body)))).ok)).toEqual([true, true, false]);
  });

  it("accepts a configured secret of the URL and nothing else", () => {
    const { authenticate } = codec({ webhookSecrets: ["first-secret", "second-secret"] });
    expect(authenticate(delivery(body, {}, ["second-secret"]))).toEqual({ ok: true, by: "url-secret" });
    for (const tail of [[], ["first-secre"], ["other", "first-secret"], [""]]) expect(authenticate(delivery(body, {}, tail))).toEqual({ ok: false, reason: "url-secret" });
  });

  it("demands both when both are configured", () => {
    const { authenticate } = codec({ webhookSecrets: ["s"], hmacKey: "k" });
    expect(authenticate(delivery(body, signed(sign("k", body)), ["s"]))).toEqual({ ok: true, by: "signature" });
    expect(authenticate(delivery(body, signed(sign("k", body)))).ok).toBe(false);
    expect(authenticate(delivery(body, {}, ["s"])).ok).toBe(false);
  });

  it("waha-9.24: takes nothing from the timestamp header, which no signature covers", () => {
    const headers = (stamp: string) => ({ ...signed(sign("k", body)), "x-webhook-timestamp": stamp });
    for (const stamp of ["", "0", "soon", "9999999999999"]) expect(codec({ hmacKey: "k" }).authenticate(delivery(body, headers(stamp))).ok).toBe(true);
    const late = openWaha(scriptedHttp({}).http, {}).webhook.parse(fixture("event-response-direct"), delivery("", { "x-webhook-timestamp": "1" }));
    expect(late).toMatchObject({ facts: [{ at: "2026-12-31T10:05:00Z" }] });
  });

  it("waha-9.25: accepts a repeat that comes hours later", () =>
    expect(codec({ hmacKey: "k" }).authenticate(delivery(body, { ...signed(sign("k", body)), "x-webhook-timestamp": "1798668000000" })).ok).toBe(true));

  it("waha-9.42: one account's key proves nothing to another account", () =>
    expect(codec({ session: "salon-043", hmacKey: "its own key" }).authenticate(delivery(body, signed(sign("k", body)))).ok).toBe(false));

  it("proves nothing when nothing is configured", () => expect(codec({}).authenticate(delivery(body, signed("00")))).toEqual({ ok: true, by: "none" }));
});

describe("the envelope", () => {
  it("waha-9.41: of another session is foreign, whatever its metadata says", () =>
    expect(parse(variant("event-response-direct", { session: "salon-043", "metadata.tenant": "042" }))).toEqual({ kind: "foreign", reason: "other-session" }));
  it("waha-9.26: needs neither engine nor me", () =>
    expect(factIn(variant("event-response-direct", { engine: undefined, me: undefined, environment: undefined, metadata: undefined })).type).toBe("rsvp"));
  it.each([[null], [[]], ["text"], [{}], [{ event: "event.response", session: "salon-042" }], [{ event: 3, session: "salon-042", payload: {} }], [{ event: "event.response", session: "salon-042", payload: [] }]])(
    "of another shape is malformed: %j", (json) => expect(parse(json)).toEqual({ kind: "malformed", reason: "not-an-envelope" }));
  it.each(["call.received", "group.v2.join", "presence.update", "constructor", "__proto__", "toString"])("of kind %s is foreign", (event) =>
    expect(parse(variant("event-response-direct", { event }))).toEqual({ kind: "foreign", reason: "other-kind" }));
});

describe("an account's status", () => {
  it("is ready only when the session works", () =>
    expect(factIn(fixture("session-status-working"))).toMatchObject({ type: "account.status", status: "ready", reason: "", source: "session:WORKING", at: "2026-12-31T09:40:02.300Z" }));
  it.each(["STOPPED", "STARTING", "SCAN_QR_CODE", "PASSKEY_REQUIRED", "FAILED", "NAPPING"])("%s is not ready, for a reason", (status) =>
    expect(factIn(variant("session-status-working", { "payload.status": status }))).toMatchObject({ status: "not-ready", reason: expect.stringMatching(/^The session .+\.$/) }));
  it("without a status is malformed", () => expect(parse(variant("session-status-working", { "payload.status": undefined })).kind).toBe("malformed"));
  it("announced again at every new QR code is one fact while the beginning shows", () => {
    const [began, again] = [{ status: "SCAN_QR_CODE", timestamp: 1798711500000 }, { status: "SCAN_QR_CODE", timestamp: 1798711520000 }];
    const facts = [[{ status: "STARTING", timestamp: 1798711499000 }, began], [{ status: "STARTING", timestamp: 1798711499000 }, began, again], [began, again, { ...again, timestamp: 1798711540000 }]]
      .map((statuses) => factIn(variant("session-status-working", { "payload.status": "SCAN_QR_CODE", "payload.statuses": statuses })));
    expect(facts.map(({ at, edition }) => [at, edition])).toEqual(facts.map(() => ["2026-12-31T10:05:00Z", "2026-12-31T10:05:00Z"]));
  });
  it("that comes back is another fact", () => {
    const back = [{ status: "WORKING", timestamp: 1798710002300 }, { status: "STARTING", timestamp: 1798711000000 }, { status: "WORKING", timestamp: 1798711001000 }];
    expect(factIn(variant("session-status-working", { "payload.statuses": back })).edition).not.toBe(factIn(fixture("session-status-working")).edition);
  });
  it.each([[undefined], [null], [[]], [["WORKING"]], [[{ status: "FAILED", timestamp: 1798710002300 }]], [[{ status: "WORKING", timestamp: "soon" }]]])(
    "has the time of the delivery where its beginning does not show (%j), and that of receipt where there is none", (statuses) => {
      expect(factIn(variant("session-status-working", { "payload.statuses": statuses })).at).toBe("2026-12-31T10:05:00.123Z");
      expect(factIn(variant("session-status-working", { "payload.statuses": statuses, timestamp: undefined })).at).toBe(NOW);
    });
});
