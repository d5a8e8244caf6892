import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { fromEpochSeconds, isCallUrl, isRecipient, isTimeZone, messageId, type CallLink, type InvitationDetails, type Recipient } from "../driver/index.js";
import { decodeCard } from "./decode.js";
import { encodeCard, encodeEdit, encodeTypes } from "./encode.js";
import { recipientFromVendor, recipientToVendor } from "./recipient.js";

const digits = (min: number, max: number) => fc.stringMatching(new RegExp(`^[1-9][0-9]{${min - 1},${max - 1}}$`));
const recipients = fc.oneof(digits(7, 15).map((id) => `+${id}`), digits(1, 32).map((id) => `${id}@lid`), digits(1, 32).map((id) => `${id}@g.us`), fc.constant("4915112345678-1600000000@g.us"))
  .map(recipient);

function recipient(text: string): Recipient {
  if (!isRecipient(text)) throw new Error(`${text} is no recipient`);
  return text;
}

const text = fc.string({ minLength: 1, maxLength: 60, unit: "grapheme" });
const seconds = fc.integer({ min: Date.UTC(2015, 0, 1) / 1000, max: Date.UTC(2099, 11, 31) / 1000 });
const LINKS: readonly string[] = ["voice", "video", "https://call.whatsapp.com/voice/AbC-123"];
const links = fc.constantFrom(...LINKS).map((link): CallLink => {
  if (link === "voice" || link === "video" || isCallUrl(link)) return link;
  throw new Error(`${link} is no call link`);
});
const details: fc.Arbitrary<InvitationDetails> = fc.record({
  title: text,
  startsAt: seconds.map(fromEpochSeconds),
}).chain((required) => fc.record({
  description: text,
  location: text.map((name) => ({ name })),
  endsAt: seconds.map(fromEpochSeconds),
  timeZone: fc.constantFrom(...["Europe/Lisbon", "America/Sao_Paulo"].filter(isTimeZone)),
  callLink: links,
  extraGuestsAllowed: fc.boolean(),
  extensions: fc.record({ "x-memory.colour": fc.constantFrom("red", "green") }),
}, { requiredKeys: [] }).map((optional) => ({ ...required, ...optional })));

describe("the wire of the provider in memory", () => {
  it("gives back every details that it took, through JSON text", () => {
    fc.assert(fc.property(details, (given) => {
      expect(decodeCard(JSON.parse(JSON.stringify(encodeCard(given))))).toEqual(given);
    }));
  });

  it("spells every recipient in its own way and reads it back", () => {
    fc.assert(fc.property(recipients, (canonical) => {
      const spelt = recipientToVendor(canonical);
      expect(spelt).not.toBe(canonical);
      expect(recipientFromVendor(spelt)).toBe(canonical);
    }));
  });

  it("keeps different recipients apart", () => {
    fc.assert(fc.property(recipients, recipients, (a, b) => {
      expect(recipientToVendor(a) === recipientToVendor(b)).toBe(a === b);
    }));
  });

  it.each(["", "person:", "person:0351", "person:+351960000123", "hidden:abc", "group:12:3", "+351960000123", "person:351960000123 ", "120363@g.us"])("reads no recipient out of %j", (spelt) => {
    expect(recipientFromVendor(spelt)).toBeUndefined();
  });

  it("writes times in seconds and leaves fields out rather than null", () => {
    expect(encodeCard({ title: "Check-up", startsAt: fromEpochSeconds(1_796_137_200) })).toEqual({ title: "Check-up", begins_at: 1_796_137_200 });
  });

  it("edits the card under the id of its invitation, not of a later edit", () => {
    const first = messageId("A1");
    const second = messageId("A2");
    if (first === undefined || second === undefined) throw new Error("fixture");
    const target = {
      recipient: recipient("120363000000000001@g.us"), createdBy: "self" as const,
      messages: [{ id: first, form: "native" as const, role: "invitation" as const, vendorIds: {} }, { id: second, form: "native" as const, role: "update" as const, vendorIds: {} }],
    };
    expect(encodeEdit({ target, details: { title: "Check-up", startsAt: fromEpochSeconds(1_796_137_200) } })).toMatchObject({ message: "A1", chat: "group:120363000000000001" });
  });

  it("subscribes once where two facts come in one kind of delivery", () => {
    expect(encodeTypes(["rsvp.unrecognized", "rsvp", "poll.voted"])).toEqual(["answer", "vote"]);
  });

  it.each([undefined, null, 1, [], {}, { title: "x" }, { title: "", begins_at: 1_796_137_200 }, { title: "x", begins_at: "1796137200" }, { title: "x", begins_at: 1_796_137_200_000 }])("reads no card out of %j", (card) => {
    expect(decodeCard(card)).toBeUndefined();
  });

  it("leaves out what a receiver would not show: an unknown zone, a link that is no call", () => {
    expect(decodeCard({ title: "x", begins_at: 1_796_137_200, zone: "UTC-3", call: { join: "https://example.org/call" } })).toEqual({ title: "x", startsAt: "2026-12-01T15:00:00Z" });
  });
});
