import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { accountId, instant, secret, type Fact, type WebhookRequest } from "@event-messaging/core/driver";
import { payload } from "../test/fixture.js";
import { CLIENT_TOKEN, INSTANCE, TOKEN } from "../test/stub-http.js";
import type { ZapiSettings } from "./config.js";
import { zapi } from "./definition.js";
import { zapiWebhook } from "./webhook.js";

const settings: ZapiSettings = { instance: INSTANCE, token: secret(TOKEN) };
const codec = zapiWebhook(settings, accountId("club"));
const request = (tail: readonly string[] = [], headers: Readonly<Record<string, string>> = {}): WebhookRequest =>
  ({ method: "POST", tail, headers: new Map(Object.entries(headers)), body: new Uint8Array(), receivedAt: instant("2026-11-12T15:00:00.500Z") });
const parse = (json: unknown) => codec.parse(json, request());
const factsOf = (json: unknown): readonly Fact[] => {
  const parsed = parse(json);
  if (parsed.kind !== "facts") throw new Error(`${parsed.kind}: ${parsed.reason}`);
  return parsed.facts;
};
const answered = (response: unknown, changes: object = {}, envelope: object = {}) => {
  const base = payload("event-response", { ...envelope });
  return { ...base, eventResponse: { ...Object(base.eventResponse), response, ...changes } };
};

describe("who is calling", () => {
  const guarded = (more: Partial<ZapiSettings> = {}) => zapiWebhook({ ...settings, webhookSecrets: [secret("old-s3cret"), secret("new-s3cret")], ...more }, accountId("club"));

  it("either of two secrets in the URL proves it, wherever the callback kind stands", () => {
    expect(guarded().authenticate(request(["old-s3cret"]))).toEqual({ ok: true, by: "url-secret" });
    expect(guarded().authenticate(request(["new-s3cret", "received"]))).toEqual({ ok: true, by: "url-secret" });
  });

  it.each([[[]], [["wrong"]], [["received", "new-s3cret"]], [["new-s3cre"]], [["new-s3crett"]]])("zapi-11.17: a wrong path secret (%j) is refused, also with the right z-api-token", (tail) => {
    expect(guarded().authenticate(request(tail)).ok).toBe(false);
    expect(guarded().authenticate(request(tail, { "z-api-token": TOKEN })).ok).toBe(false);
  });

  it("zapi-11.17: a wrong z-api-token is refused, also with the right path secret", () => {
    expect(guarded().authenticate(request(["new-s3cret"], { "z-api-token": "wrong" })).ok).toBe(false);
    expect(codec.authenticate(request([], { "z-api-token": "wrong" })).ok).toBe(false);
  });

  it("the header alone proves it, and nothing proves nothing", () => {
    expect(codec.authenticate(request([], { "z-api-token": TOKEN }))).toEqual({ ok: true, by: "url-secret" });
    expect(codec.authenticate(request())).toEqual({ ok: true, by: "none" });
  });

  it("option webhookToken: required refuses its absence, ignored does not look at it", () => {
    expect(guarded({ webhookToken: "required" }).authenticate(request(["new-s3cret"])).ok).toBe(false);
    expect(guarded({ webhookToken: "required" }).authenticate(request(["new-s3cret"], { "z-api-token": TOKEN })).ok).toBe(true);
    expect(guarded({ webhookToken: "ignored" }).authenticate(request(["new-s3cret"], { "z-api-token": "wrong" }))).toEqual({ ok: true, by: "url-secret" });
    expect(zapiWebhook({ ...settings, webhookToken: "ignored" }, accountId("club")).authenticate(request([], { "z-api-token": TOKEN }))).toEqual({ ok: true, by: "none" });
  });

  it("zapi-11.17: a foreign instanceId is refused, and an absent one is not held against the caller", () => {
    expect(parse(payload("event-response", { instanceId: "FFFF" })).kind).toBe("refused");
    expect(parse(payload("event-response", { instanceId: undefined })).kind).toBe("facts");
  });
});

describe("what proves nothing", () => {
  it("zapi-13.22: is an instanceId, a Client-Token, or a signature, which the vendor does not make", () => {
    const headers = { "client-token": CLIENT_TOKEN, "x-client-token": CLIENT_TOKEN, "x-signature": "sha256=00", origin: "https://api.z-api.io", server: "Z-API" };
    expect(codec.authenticate(request([], headers))).toEqual({ ok: true, by: "none" });
    expect(zapiWebhook({ ...settings, clientToken: secret(CLIENT_TOKEN), webhookSecrets: [secret("s3cret")] }, accountId("club")).authenticate(request([], headers)).ok).toBe(false);
    expect(zapi.capabilities["webhook.signed"]).toMatchObject({ support: "absent" });
  });
});

describe("answers", () => {
  it.each(["event", "event-response", "poll-vote-group"])("zapi-13.20: out of a group (%s) are read", (name) => {
    expect(payload(name)).toMatchObject({ isGroup: true, phone: expect.stringMatching(/-group$/) });
    expect(factsOf(payload(name))).toHaveLength(1);
  });

  it("zapi-13.9; polls-10.3: name what they answer inside, and never by the id that they quote or their own", () => {
    const ids = { messageId: "6D0B7E1F2A3C4D5E6F708192A3B4C5D7", referenceMessageId: "3EB0A71D33C0F9E2B4D650" };
    expect(factsOf(payload("event-response", ids))).toMatchObject([{ source: ids.messageId, target: "3EB0C41F7A9D2E6B558011" }]);
    expect(factsOf(payload("poll-vote-group", ids))).toMatchObject([{ source: ids.messageId, target: "3EB0F2A91C7D5E4B880142" }]);
  });

  it("zapi-13.23: need few of the keys, and new ones do no harm", () => {
    const { eventResponse, messageId, participantPhone } = payload("event-response");
    const fact = factsOf({ type: "ReceivedCallback", messageId, participantPhone, eventResponse: { ...Object(eventResponse), addedLater: { deep: [1] } }, addedLater: "x" });
    expect(fact).toMatchObject([{ type: "rsvp", response: "GOING", target: "3EB0C41F7A9D2E6B558011", guest: { phone: "+5511987650001" } }]);
  });

  it("zapi-13.10: may leave participantPhone open, in events too", () => {
    expect(payload("event-bare").participantPhone).toBeNull();
    expect(factsOf(payload("event-bare"))).toMatchObject([{ type: "invitation.observed" }]);
    expect(factsOf(payload("event-response", { participantPhone: null }))).toMatchObject([{ type: "rsvp", guest: { lid: "70123456789012@lid" } }]);
  });

  it("zapi-11.9; zapi-13.8; zapi-13.9; zapi-13.13: an RSVP joins by referencedMessage.messageId, not by the envelope's id", () => {
    expect(factsOf(payload("event-response"))).toEqual([{
      type: "rsvp", source: "5D0B7E1F2A3C4D5E6F708192A3B4C5D6", edition: "70123456789012@lid:1794492340512", target: "3EB0C41F7A9D2E6B558011", at: "2026-11-12T14:05:40.512Z", response: "GOING",
      guest: { phone: "+5511987650001", lid: "70123456789012@lid", name: "Rita" },
    }]);
  });

  it("zapi-13.10: the vendor's own sample is read: another chat in the reference, the account's number as responseFrom", () => {
    const [fact] = factsOf(payload("event-response-sample-oddities"));
    expect(fact).toMatchObject({ type: "rsvp", target: "3EB0C41F7A9D2E6B558011", guest: { lid: "70123456789012@lid" } });
    expect(fact).not.toHaveProperty("guest.phone");
  });

  it.each(["GOING", "NOT_GOING", "MAYBE"])("%s is understood", (response) => {
    expect(factsOf(answered(response))).toMatchObject([{ type: "rsvp", response }]);
  });

  it.each([["UNKNOWN", "UNKNOWN"], ["going", "going"], [null, "null"], [undefined, ""], [{ a: 1 }, "{\"a\":1}"], ["x".repeat(500), "x".repeat(64)]])("zapi-11.11: the answer %j is kept as unrecognized", (response, raw) => {
    expect(factsOf(answered(response))).toMatchObject([{ type: "rsvp.unrecognized", target: "3EB0C41F7A9D2E6B558011", raw }]);
  });

  it("zapi-11.10: two answers of one person differ in source and time, a repetition does not", () => {
    const first = factsOf(answered("GOING"))[0];
    const second = factsOf(answered("NOT_GOING", { time: 1794492999000 }, { messageId: "6D0B7E1F2A3C4D5E6F708192A3B4C5D7" }))[0];
    expect(factsOf(answered("GOING"))[0]).toEqual(first);
    expect([second?.source, second?.at, second?.edition]).not.toEqual([first?.source, first?.at, first?.edition]);
    expect(Date.parse(second?.at ?? "")).toBeGreaterThan(Date.parse(first?.at ?? ""));
  });

  it.each([
    ["LID only", { participantPhone: null }, { responseFrom: "70123456789012@lid" }, { lid: "70123456789012@lid", name: "Rita" }],
    ["LID in the number's place", { participantPhone: "70123456789012@lid", participantLid: null, senderLid: null }, { responseFrom: null }, { lid: "70123456789012@lid", name: "Rita" }],
    ["phone only", { participantLid: null, senderLid: undefined }, {}, { phone: "+5511987650001", name: "Rita" }],
    ["twelve digits only", { participantLid: null, senderLid: undefined, participantPhone: null }, {}, { phone: "+551187650001", name: "Rita" }],
    ["both", {}, {}, { phone: "+5511987650001", lid: "70123456789012@lid", name: "Rita" }],
    ["direct chat", { isGroup: false, phone: "5511987650001", chatLid: "70123456789012@lid", participantLid: null, participantPhone: null, senderLid: null }, {}, { phone: "+5511987650001", lid: "70123456789012@lid", name: "Rita" }],
  ])("zapi-11.12: the guest is known by %s", (_, envelope, response, guest) => {
    expect(factsOf(answered("GOING", response, envelope))).toMatchObject([{ type: "rsvp" }]);
    expect(factsOf(answered("GOING", response, envelope))[0]).toHaveProperty("guest", guest);
  });

  it("an answer of nobody in particular is kept for a person to look at", () => {
    expect(factsOf(answered("GOING", { responseFrom: null }, { participantPhone: null, participantLid: null, senderLid: null }))).toMatchObject([{ type: "rsvp.unrecognized", raw: "GOING" }]);
  });

  it("the account's own answer says so", () => {
    expect(factsOf(answered("GOING", { responseFrom: "551133334444" }, { fromMe: true, participantPhone: null, participantLid: null, senderLid: null }))).toMatchObject([{ type: "rsvp", fromSelf: true, guest: { phone: "+551133334444" } }]);
  });

  it("without a time of its own an answer counts from the message's, and then from its arrival", () => {
    expect(factsOf(answered("GOING", { time: null }))[0]?.at).toBe("2026-11-12T14:05:41Z");
    expect(factsOf(answered("GOING", { time: "soon" }, { momment: null }))[0]?.at).toBe("2026-11-12T15:00:00.500Z");
    expect(factsOf(answered("GOING", { time: null }, { momment: null, moment: 1794492341000 }))[0]?.at).toBe("2026-11-12T14:05:41Z");
  });

  it.each([undefined, 12345, "", "a_b", null])("an answer that names %j as its event is malformed", (messageId) => {
    expect(parse(answered("GOING", { referencedMessage: { messageId } })).kind).toBe("malformed");
    expect(parse(answered("GOING", { referencedMessage: null })).kind).toBe("malformed");
  });

  it("zapi-11.13; zapi-13.16: a placeholder claims nothing, and the message that follows under its id is a full answer", () => {
    expect(parse(payload("waiting-message")).kind).toBe("ignored");
    const real = payload("event-response");
    expect(payload("waiting-message").messageId).toBe(real.messageId);
    expect(factsOf(real)).toMatchObject([{ type: "rsvp", response: "GOING" }]);
    expect(factsOf({ ...real, waitingMessage: true })).toMatchObject([{ type: "rsvp.unreadable", placeholder: true, target: "3EB0C41F7A9D2E6B558011" }]);
  });
});

describe("events", () => {
  it("zapi-11.6; zapi-13.8; zapi-13.23; polls-10.16: scheduleTime counts seconds, momment milliseconds, and both spellings of momment are read", () => {
    const [fact] = factsOf(payload("event"));
    expect(fact).toEqual({
      type: "invitation.observed", source: "3EB0C41F7A9D2E6B558011", edition: "card:1794492207000", at: "2026-11-12T14:03:27Z", canceled: false,
      sighting: {
        account: "club", recipient: "120363041234567890@g.us", messageId: "3EB0C41F7A9D2E6B558011", createdBy: "other",
        details: { title: "Safety briefing", description: "Bring your badge", location: { name: "Warehouse 7" }, startsAt: "2026-11-20T18:00:00Z", callLink: "https://call.whatsapp.com/video/AbCdEf123" },
      },
    });
    const { momment, ...english } = payload("event");
    expect(factsOf({ ...english, moment: momment })).toEqual([fact]);
  });

  it("an empty location, description and join link are absent", () => {
    expect(factsOf(payload("event-bare"))).toMatchObject([{ sighting: { details: { title: "Safety briefing", startsAt: "2026-11-20T18:00:00Z" } } }]);
    expect(JSON.stringify(factsOf(payload("event-bare")))).not.toMatch(/location|description|callLink/);
  });

  it("zapi-11.15; zapi-13.17: an own echo is an event of our own under the id of the send's answer", () => {
    expect(factsOf(payload("event-own-echo"))).toMatchObject([{ type: "invitation.observed", source: "3EB0C41F7A9D2E6B558011", fromSelf: true, sighting: { createdBy: "self", messageId: "3EB0C41F7A9D2E6B558011" } }]);
  });

  it("zapi-13.16: an edit under the same id is told apart from the card, also when isEdit is not set", () => {
    const editions = [payload("event-own-echo"), payload("event-edited"), payload("event-edited", { isEdit: false })].map((json) => factsOf(json)[0]?.edition);
    expect(new Set(editions).size).toBe(3);
    expect(factsOf(payload("event-edited"))).toEqual(factsOf(payload("event-edited")));
  });

  it("a cancelled event says so", () => {
    expect(factsOf(payload("event", { event: { ...Object(payload("event").event), canceled: true } }))).toMatchObject([{ canceled: true }]);
  });

  it.each([{ name: null }, { scheduleTime: null }, { scheduleTime: 1e20 }])("an event with %j is malformed", (change) => {
    expect(parse(payload("event", { event: { ...Object(payload("event").event), ...change } })).kind).toBe("malformed");
  });
});

describe("tracking", () => {
  it("a hand-over carries both ids", () => {
    expect(factsOf(payload("delivery"))).toMatchObject([{ type: "invitation.delivered", reached: "whatsapp", target: "3EB0C41F7A9D2E6B558011", vendorIds: { zaapId: "019E2B7C4D5A7F10B2C3D4E5F6A70819" } }]);
  });

  it.each([["delivery-failed", "phone-does-not-exist", "not-sent"], ["delivery-group-only", "group-only", "not-sent"], ["delivery-timeout", "send-timeout", "unknown"], ["delivery-shadow-ban", "shadow-ban", "unknown"]])(
    "zapi-11.8; zapi-13.19: %s is a failed invitation (%s, %s), found by its zaapId although messageId repeats it", (name, vendorCode, outcome) => {
      expect(factsOf(payload(name))).toMatchObject([{ type: "invitation.failed", vendorCode, outcome, vendorIds: { zaapId: "019E2B7C4D5A7F10B2C3D4E5F6A70819" } }]);
      expect(JSON.stringify(factsOf(payload(name)))).not.toContain(String(payload(name).error));
    });

  it("zapi-11.8: a failure that has lost one of its ids keeps the other", () => {
    expect(factsOf(payload("delivery-failed", { messageId: undefined }))).toMatchObject([{ target: "019E2B7C4D5A7F10B2C3D4E5F6A70819" }]);
    expect(factsOf(payload("delivery-failed", { zaapId: undefined, messageId: "3EB0C41F7A9D2E6B558011" }))).toMatchObject([{ target: "3EB0C41F7A9D2E6B558011" }]);
    expect(parse(payload("delivery-failed", { zaapId: undefined, messageId: undefined })).kind).toBe("malformed");
  });

  it.each([["SENT", "invitation.delivered", "whatsapp"], ["RECEIVED", "invitation.delivered", "device"], ["READ", "invitation.read", undefined], ["PLAYED", "invitation.read", undefined]])("status %s is %s", (status, type, reached) => {
    expect(factsOf(payload("status-read", { status }))).toMatchObject([{ type, ...(reached && { reached }) }]);
  });

  it("zapi-11.18; zapi-13.18: READ_BY_ME tells nothing of the guest, and neither does a word that is new", () => {
    for (const status of ["READ_BY_ME", "READ-SELF", "FUTURE", null]) expect(parse(payload("status-read", { status })).kind).toBe("ignored");
  });

  it("zapi-11.18; zapi-13.18: ids with several entries give a fact each, with the reader; readers and steps are told apart", () => {
    const facts = factsOf(payload("status-group-several"));
    expect(facts.map(({ source }) => source)).toEqual(["3EB0C41F7A9D2E6B558011", "3EB0D52A8B0E3F7C669122"]);
    expect(facts[0]).toMatchObject({ guest: { lid: "70123456789012@lid" }, edition: "70123456789012@lid" });
    expect(factsOf(payload("status-received"))[0]).toMatchObject({ edition: "device:+5511987650001", guest: { phone: "+5511987650001" } });
    expect(factsOf(payload("status-read", { isGroup: true, phone: "120363041234567890-group" }))[0]).not.toHaveProperty("guest");
  });

  it("connection changes are read with either unit of momment, or none", () => {
    expect(factsOf(payload("disconnected"))).toMatchObject([{ type: "account.status", status: "not-ready", at: "2026-11-12T14:05:00Z" }]);
    expect(factsOf(payload("connected"))).toMatchObject([{ type: "account.status", status: "ready", reason: "", at: "2026-11-12T15:00:00.500Z" }]);
    expect(JSON.stringify(factsOf(payload("disconnected")))).not.toContain("Device has been");
  });
});

describe("polls and texts", () => {
  it("polls-10.2; polls-10.3; polls-10.16: a vote joins by pollMessageId and counts from the message's time, in either spelling", () => {
    expect(factsOf(payload("poll-vote-group"))).toEqual([{
      type: "poll.voted", source: "7C19E4B2A05D43F8B6612E90AC57D114", edition: "70123456789012@lid:1794492500000", at: "2026-11-12T14:08:20Z", target: "3EB0F2A91C7D5E4B880142", labels: ["Not going"],
      guest: { phone: "+5511987650001", lid: "70123456789012@lid", name: "Rita" },
    }]);
    expect(factsOf(payload("poll-vote-direct"))).toMatchObject([{ type: "poll.voted", at: "2026-11-12T14:08:20Z", labels: ["Going"], guest: { phone: "+5511987650001", lid: "70123456789012@lid" } }]);
  });

  it.each([[[]], [null], [undefined]])("a vote taken back is written options: %j and has no labels", (options) => {
    expect(factsOf(payload("poll-vote-group", { pollVote: { pollMessageId: "3EB0F2A91C7D5E4B880142", options } }))).toMatchObject([{ type: "poll.voted", labels: [] }]);
  });

  it("two votes are told apart, a label keeps its spelling, the account's own vote says so", () => {
    const vote = (names: readonly unknown[], changes: object = {}) => factsOf(payload("poll-vote-group", { pollVote: { pollMessageId: "3EB0F2A91C7D5E4B880142", options: names.map((name) => ({ name })) }, ...changes }))[0];
    expect(vote(["Going "])).toHaveProperty("labels", ["Going "]);
    expect(vote(["a", "b"])).toHaveProperty("labels", ["a", "b"]);
    expect(vote(["a"], { fromMe: true })).toHaveProperty("fromSelf", true);
    expect(vote(["a"], { momment: 1794492500001 })?.edition).not.toBe(vote(["a"])?.edition);
    expect(parse(payload("poll-vote-group", { pollVote: { pollMessageId: "3EB0F2A91C7D5E4B880142", options: [{ name: 7 }] } })).kind).toBe("malformed");
    expect(parse(payload("poll-vote-group", { pollVote: { pollMessageId: 7 } })).kind).toBe("malformed");
  });

  it("polls-10.2: an own poll is seen and says nothing", () => {
    expect(parse(payload("poll")).kind).toBe("ignored");
  });

  it("a text may be an answer, and carries what it quotes", () => {
    expect(factsOf(payload("text-quoted"))).toEqual([{
      type: "message.replied", source: "A9C4E1772D0B55F01C3E", at: "2026-11-12T14:10:00Z", target: "3EB0A71D33C0F9E2B4D650", recipient: "+5511987650001", text: "2",
      guest: { phone: "+5511987650001", lid: "70123456789012@lid", name: "Rita" },
    }]);
    expect(factsOf(payload("text"))[0]).not.toHaveProperty("target");
    expect(factsOf(payload("text", { referenceMessageId: null }))[0]).not.toHaveProperty("target");
    expect(factsOf(payload("text", { isEdit: true }))[0]).toHaveProperty("edition", "edit:1794492600000");
  });

  it.each([
    ["zapi-13.17: a text of one's own", payload("text", { fromMe: true })],
    ["polls-10.13: a text in reply to a status", payload("text-status-reply")],
    ["a text out of a broadcast list", payload("text", { broadcast: true, phone: "1774895799-broadcast" })],
    ["a text out of a channel", payload("text", { isNewsletter: true, phone: "120363041234567890@newsletter" })],
    ["polls-10.13: a text that quotes something unreadable", payload("text", { referenceMessageId: 12345 })],
    ["a text without words", payload("text", { text: { title: "Acme", url: "https://example.com" } })],
  ])("%s is ordinary chat", (_, json) => {
    expect(parse(json).kind).toBe("foreign");
  });

  it.each([
    ["referenceMessageId", { referenceMessageId: "3EB0C41F7A9D2E6B558011", messageId: "1679655074-84" }],
    ["notificationParameters", { notificationParameters: ["5511987650001", "3EB0C41F7A9D2E6B558011"], messageId: "464201093" }],
    ["messageId", { notificationParameters: [], messageId: "3EB0C41F7A9D2E6B558011" }],
  ])("a deletion that names its message in %s is a revocation", (_, changes) => {
    expect(factsOf(payload("notice-profile", { notification: "REVOKE", ...changes }))).toMatchObject([{ type: "invitation.revoked", target: "3EB0C41F7A9D2E6B558011" }]);
  });

  it("zapi-11.14: a deletion that names no message revokes nothing", () => {
    expect(parse(payload("notice-profile", { notification: "REVOKE" })).kind).toBe("ignored");
    expect(parse(payload("notice-profile", { notification: "REVOKE", messageId: "1679655074-84", notificationParameters: [5, null, "5511987650001"] })).kind).toBe("ignored");
  });
});

describe("everything else", () => {
  it("zapi-11.14: a notice without messageId is passed on", () => {
    expect(parse(payload("notice-profile")).kind).toBe("foreign");
    expect(parse(payload("notice-profile", { event: {}, eventResponse: {} })).kind).toBe("foreign");
  });

  it("presence, other chat and unknown kinds are passed on; both spellings of the type are read", () => {
    expect(parse(payload("presence")).kind).toBe("foreign");
    expect(parse(payload("event-response", { eventResponse: undefined, image: { imageUrl: "https://example.com/x" } })).kind).toBe("foreign");
    expect(parse({ type: "NewCallback", instanceId: INSTANCE }).kind).toBe("foreign");
    expect(parse(payload("event-response", { type: "ReceivedCallBack" })).kind).toBe("facts");
  });

  it.each([undefined, null, 1, "x", [], {}, { type: 7 }])("%j is malformed", (json) => {
    expect(parse(json).kind).toBe("malformed");
  });

  it("any JSON is parsed without throwing, and reasons never quote it", () => {
    const types = fc.constantFrom("ReceivedCallback", "DeliveryCallback", "MessageStatusCallback", "ConnectedCallback", "DisconnectedCallback");
    const keys = fc.constantFrom("event", "eventResponse", "messageId", "phone", "ids", "status", "notification", "waitingMessage", "momment", "text", "pollVote", "referencedMessage", "scheduleTime", "name");
    const body = fc.tuple(types, fc.dictionary(keys, fc.jsonValue()), fc.dictionary(keys, fc.jsonValue())).map(([type, outer, inner]) => ({ ...outer, event: outer.event ?? inner, eventResponse: inner, type, canary: "c4n4ry" }));
    fc.assert(fc.property(fc.oneof(fc.jsonValue(), body), (json) => {
      const parsed = parse(json);
      expect(["facts", "ignored", "foreign", "refused", "malformed"]).toContain(parsed.kind);
      expect(JSON.stringify(parsed)).not.toContain("c4n4ry");
    }), { numRuns: 300 });
  });
});
