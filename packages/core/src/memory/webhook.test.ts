import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { accountId, isRecipient, secret, type Fact, type Parsed, type Recipient } from "../driver/index.js";
import { memoryVendor, type MemoryVendor } from "./vendor.js";
import type { MemoryDelivery, MemoryHappening } from "./vendor-webhooks.js";
import { webhookCodec } from "./webhook.js";

const NOW = new Date("2026-11-20T10:00:00.250Z");
const codec = webhookCodec({ line: "clinic", apiKey: secret("memory-api-key"), signingKeys: [secret("memory-signing-key")] }, accountId("clinic-account"));
const group = recipient("120363000000000001@g.us");
const guest = "+351960000123";

function recipient(text: string): Recipient {
  if (!isRecipient(text)) throw new Error("fixture");
  return text;
}

function parse({ body, ...rest }: MemoryDelivery): Parsed {
  return codec.parse(JSON.parse(new TextDecoder().decode(body)), { body, ...rest });
}

function one(deliveries: readonly MemoryDelivery[]): MemoryDelivery {
  const [first, ...more] = deliveries;
  if (first === undefined || more.length > 0) throw new Error(`expected one delivery, got ${deliveries.length}`);
  return first;
}

function factOf(happening: MemoryHappening, vendor: MemoryVendor = memoryVendor({ now: () => NOW })): Fact {
  const parsed = parse(one(vendor.happen("clinic", happening)));
  if (parsed.kind !== "facts" || parsed.facts[0] === undefined) throw new Error(`expected a fact, got ${parsed.kind}`);
  return parsed.facts[0];
}

describe("deliveries of the vendor in memory", () => {
  it.each([["yes", "GOING"], ["no", "NOT_GOING"], ["perhaps", "MAYBE"], ["none", "CLEARED"]])("reads the answer %s as %s", (word, response) => {
    expect(factOf({ type: "answer", target: "A1", by: guest, name: "Ana", response: word, extraGuests: 2 })).toEqual({
      type: "rsvp", target: "A1", source: "3EB0000000000001", at: "2026-11-20T10:00:00.250Z", guest: { phone: guest, name: "Ana" }, response, extraGuests: 2,
    });
  });

  it("keeps an unknown answer raw, cut to 64 characters", () => {
    expect(factOf({ type: "answer", target: "A1", by: "77@lid", response: "🙂".repeat(70) })).toMatchObject({ type: "rsvp.unrecognized", guest: { lid: "77@lid" }, raw: "🙂".repeat(64) });
  });

  it("marks a placeholder, and the real answer may follow under the same source", () => {
    expect(factOf({ type: "answer_unreadable", target: "A1", by: guest, mayFollow: true, message: "R1" })).toMatchObject({ type: "rsvp.unreadable", source: "R1", placeholder: true });
    expect(factOf({ type: "answer", target: "A1", by: guest, response: "yes", message: "R1" })).toMatchObject({ type: "rsvp", source: "R1" });
  });

  it("keeps the vendor's time and the guest's apart", () => {
    expect(factOf({ type: "answer", target: "A1", by: guest, response: "yes", guestAt: new Date("2026-11-20T09:00:00Z") })).toMatchObject({ at: "2026-11-20T10:00:00.250Z", guestAt: "2026-11-20T09:00:00Z" });
  });

  it("says when an answer is the account's own", () => {
    expect(factOf({ type: "answer", target: "A1", by: guest, response: "yes", fromSelf: true })).toMatchObject({ fromSelf: true });
  });

  it("tells voters of one poll apart by the edition", () => {
    const first = factOf({ type: "vote", target: "P1", by: guest, labels: ["Yes"] });
    const second = factOf({ type: "vote", target: "P1", by: "77@lid", labels: [] });
    expect(first).toMatchObject({ type: "poll.voted", source: "P1", labels: ["Yes"] });
    expect(second).toMatchObject({ labels: [], at: first.at });
    expect(first.edition).not.toBe(second.edition);
  });

  it("reads a quoting text as a reply in its chat", () => {
    expect(factOf({ type: "text", by: guest, text: "1", quotes: "T1" })).toMatchObject({ type: "message.replied", target: "T1", recipient: guest, text: "1" });
  });

  it("sees a member's event as somebody else's", () => {
    expect(factOf({ type: "member-event", chat: group, by: guest, card: { title: "Rehearsal", begins_at: 1_796_137_200 } })).toMatchObject({
      type: "invitation.observed", canceled: false, sighting: { account: "clinic-account", recipient: group, createdBy: "other", details: { title: "Rehearsal", startsAt: "2026-12-01T15:00:00Z" } },
    });
  });

  it.each<[MemoryHappening, object]>([
    [{ type: "card_arrived", target: "A1", at: "whatsapp" }, { type: "invitation.delivered", reached: "whatsapp", target: "A1" }],
    [{ type: "card_arrived", target: "A1", at: "device", by: guest }, { type: "invitation.delivered", reached: "device", guest: { phone: guest } }],
    [{ type: "card_read", target: "A1", by: guest }, { type: "invitation.read", guest: { phone: guest } }],
    [{ type: "card_failed", target: "A1", done: "nothing" }, { type: "invitation.failed", outcome: "not-sent", vendorCode: "not-delivered" }],
    [{ type: "card_failed", target: "A1", done: "unsure" }, { type: "invitation.failed", outcome: "unknown" }],
    [{ type: "card_revoked", target: "A1" }, { type: "invitation.revoked", target: "A1" }],
    [{ type: "line_status", status: "not-ready" }, { type: "account.status", status: "not-ready", reason: "the line is not connected" }],
  ])("reads %j", (happening, fact) => {
    expect(factOf(happening)).toMatchObject(fact);
  });

  it("leaves ordinary chat, unknown kinds and other lines to others", () => {
    const vendor = memoryVendor();
    expect(parse(one(vendor.happen("clinic", { type: "picture", by: guest })))).toEqual({ kind: "foreign", reason: "ordinary-chat" });
    expect(parse(one(vendor.happen("clinic", { type: "noise", by: guest })))).toEqual({ kind: "foreign", reason: "unknown-type" });
    expect(parse(one(vendor.happen("club", { type: "answer", target: "A1", by: guest, response: "yes" })))).toEqual({ kind: "foreign", reason: "another-line" });
  });

  it("never throws and never invents a fact, whatever JSON arrives", () => {
    const request = one(memoryVendor().happen("clinic", { type: "noise", by: guest }));
    fc.assert(fc.property(fc.json().map((json): unknown => JSON.parse(json)), (json) => {
      expect(["malformed", "foreign"]).toContain(codec.parse(json, request).kind);
    }));
    for (const type of ["answer", "answer_unreadable", "card_seen", "card_failed", "card_arrived", "card_read", "card_revoked", "vote", "text"]) {
      fc.assert(fc.property(fc.dictionary(fc.constantFrom("about", "person", "chat", "card", "labels", "message", "at_ms"), fc.jsonValue()), (rest) => {
        const parsed = codec.parse({ ...rest, type, line: "clinic", about: 12 }, request);
        expect(type === "text" ? ["malformed", "facts"] : ["malformed"]).toContain(parsed.kind);
      }), { numRuns: 50 });
    }
  });
});

describe("proof of deliveries", () => {
  const delivery = one(memoryVendor().happen("clinic", { type: "answer", target: "A1", by: guest, response: "yes" }));

  it("accepts the vendor's signature and, during a rotation, the old key's", () => {
    expect(codec.authenticate(delivery)).toEqual({ ok: true, by: "signature" });
    const rotating = webhookCodec({ line: "clinic", apiKey: secret("k"), signingKeys: [secret("new"), secret("memory-signing-key")] }, accountId("a"));
    expect(rotating.authenticate(delivery)).toEqual({ ok: true, by: "signature" });
  });

  it("refuses a delivery with one changed byte", () => {
    fc.assert(fc.property(fc.nat(delivery.body.length - 1), fc.integer({ min: 1, max: 255 }), (index, change) => {
      const body = Uint8Array.from(delivery.body, (byte, at) => (at === index ? byte ^ change : byte));
      expect(codec.authenticate({ ...delivery, body })).toEqual({ ok: false, reason: "wrong-signature" });
    }));
  });

  it("refuses a delivery without a signature when a key is configured", () => {
    expect(codec.authenticate({ ...delivery, headers: new Map() })).toEqual({ ok: false, reason: "wrong-signature" });
  });

  it("demands the secret in the path when one is configured", () => {
    const bySecret = webhookCodec({ line: "clinic", apiKey: secret("k"), webhookSecrets: [secret("s3cret"), secret("0ld")] }, accountId("a"));
    expect(bySecret.authenticate({ ...delivery, tail: ["s3cret"] })).toEqual({ ok: true, by: "url-secret" });
    expect(bySecret.authenticate({ ...delivery, tail: ["0ld", "more"] })).toEqual({ ok: true, by: "url-secret" });
    expect(bySecret.authenticate({ ...delivery, tail: [] })).toEqual({ ok: false, reason: "wrong-url-secret" });
    expect(bySecret.authenticate({ ...delivery, tail: ["S3cret"] })).toEqual({ ok: false, reason: "wrong-url-secret" });
  });

  it("says when nothing vouches for a delivery", () => {
    expect(webhookCodec({ line: "clinic", apiKey: secret("k") }, accountId("a")).authenticate(delivery)).toEqual({ ok: true, by: "none" });
  });
});
