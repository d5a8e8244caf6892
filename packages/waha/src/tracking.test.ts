import { describe, expect, it } from "@jest/globals";
import { factIn, fixture, parse, variant } from "../test/support.js";

const EVENT = "3EB0C4D1A2B3F4E5061728";
const acked = (ack: unknown) => variant("message-ack-direct", { "payload.ack": ack });

describe("an acknowledgement", () => {
  it.each([
    [1, { type: "invitation.delivered", reached: "whatsapp", edition: "whatsapp" }],
    [2, { type: "invitation.delivered", reached: "device", guest: { phone: "+351960000123" } }],
    [3, { type: "invitation.read", guest: { phone: "+351960000123" } }],
    [4, { type: "invitation.read" }],
    ["3", { type: "invitation.read" }],
  ])("%j says how far the message came", (ack, expected) => expect(factIn(acked(ack))).toMatchObject({ target: EVENT, ...expected }));

  it("-1 is a failure that does not prove that nobody got it", () =>
    expect(factIn(acked(-1))).toMatchObject({ type: "invitation.failed", target: EVENT, vendorCode: "ack-error", outcome: "unknown", vendorIds: { id: `true_351960000123@c.us_${EVENT}` } }));

  it("0 says nothing yet", () => expect(parse(acked(0))).toEqual({ kind: "ignored", reason: "ack-pending" }));

  it("in a group names the reader, and two readers are two facts", () => {
    const first = factIn(fixture("message-ack-group"));
    const second = factIn(variant("message-ack-group", { "payload.participant": "351960000124@c.us" }));
    expect(first).toMatchObject({ type: "invitation.read", target: EVENT, guest: { lid: "271000000000099@lid" } });
    expect(second).toMatchObject({ guest: { phone: "+351960000124" } });
    expect(first.edition).not.toBe(second.edition);
  });

  it("in a group comes as message.ack on servers that do not know message.ack.group", () =>
    expect(factIn(variant("message-ack-group", { event: "message.ack" }))).toEqual(factIn(fixture("message-ack-group"))));

  it("in a group without a reader names nobody", () => expect(factIn(variant("message-ack-group", { "payload.participant": null }))).not.toHaveProperty("guest"));

  it("by the account's own other device is marked", () => expect(factIn(variant("message-ack-group", { "payload.participant": "184000000000011@lid" }))).toMatchObject({ fromSelf: true }));

  it("of somebody else's message is chat", () => expect(parse(variant("message-ack-direct", { "payload.fromMe": false })).kind).toBe("foreign"));
  it.each([[{ "payload.id": null }], [{ "payload.ack": null }], [{ "payload.ack": "READ" }]])("without message or level is malformed: %j", (changes) => expect(parse(variant("message-ack-direct", changes)).kind).toBe("malformed"));
});

describe("a deletion", () => {
  it("names the message that is gone, and itself as its source", () =>
    expect(factIn(fixture("message-revoked"))).toEqual({ type: "invitation.revoked", target: EVENT, source: "3EB0FFFF001122334455", at: "2026-12-31T10:10:00Z" }));
  it("by a guest in a direct chat is chat: nobody can delete our message there", () =>
    expect(parse(variant("message-revoked", { "payload.after.fromMe": false, "payload.after.id": "false_351960000123@c.us_3A00" })).kind).toBe("foreign"));
  it("by an admin of a group may be of our message", () =>
    expect(factIn(variant("message-revoked", { "payload.after.fromMe": false, "payload.after.id": "false_120363400000000555@g.us_3A00_271000000000099@lid" })).type).toBe("invitation.revoked"));
  it("is read out of the message before, and without one after", () =>
    expect(factIn(variant("message-revoked", { "payload.revokedMessageId": undefined, "payload.before": { id: `true_351960000123@c.us_${EVENT}` }, "payload.after": null }))).toMatchObject({ target: EVENT, source: EVENT }));
  it("of nothing is malformed", () => expect(parse(variant("message-revoked", { "payload.revokedMessageId": null })).kind).toBe("malformed"));
});
