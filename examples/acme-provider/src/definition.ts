import { defineProvider, type CapabilityEntry, type CapabilityTable } from "@event-messaging/core/driver";
import { configSchema, type OpenConfig } from "./config.js";
import { openLine } from "./provider.js";
import { recipientFromVendor } from "./recipient.js";

const native = (why: string, source: string) => ({ support: "native", why, source }) as const satisfies CapabilityEntry;
const absent = (why: string, source: string) => ({ support: "absent", why, source }) as const satisfies CapabilityEntry;

/** What any Acme line may be able to do. What one line can do now, by its plan, is `probe`'s answer. */
export const capabilities = {
  "invitation.send": native("Issues a card.", "Acme docs: Cards"),
  "invitation.update": native("Revises the card; needs the plan's changes.", "Acme docs: Cards"),
  "invitation.cancel": native("Strikes the card; needs the plan's changes.", "Acme docs: Cards"),
  "invitation.respond": native("Replies to a member's card.", "Acme docs: Replies"),
  "respond.maybe": native("The word perhaps.", "Acme docs: Replies"),
  "poll.send": native("A ballot; needs the plan's ballots.", "Acme docs: Ballots"),
  "text.send": native("A note.", "Acme docs: Notes"),
  "message.find": native("Searches the ledger of the last day. Finding nothing proves nothing.", "Acme docs: Ledger"),
  "contact.resolve": { direct: native("Looks a person up.", "Acme docs: People"), group: absent("A group has no number.", "Acme docs: People") },
  "message.withdraw": absent("What is parked cannot be called back. Cancel the card when it has left.", "Acme docs: Cards"),
  "message.chosen-id": absent("Acme chooses the ids.", "Acme docs: Cards"),
  "group.list": absent("Acme does not list rooms.", "Acme docs: Chats"),
  "webhook.configure": absent("Deliveries are set up in Acme's panel.", "Acme docs: Deliveries"),
  "field.location": native("The card's venue; needs the plan's venues.", "Acme docs: Cards"),
  "field.end-time": native("Sent as the card's length.", "Acme docs: Cards"),
  "field.call-link": absent("Acme makes no calls. Give a call link that exists.", "Acme docs: Cards"),
  "field.call-url": native("The card's dial link.", "Acme docs: Cards"),
  "field.extra-guests": native("The card's companions.", "Acme docs: Cards"),
  "field.reply-to": native("Quotes by stanza.", "Acme docs: Cards"),
  "field.clear": native("An edit replaces the whole card.", "Acme docs: Cards"),
  "rsvp.receive": native("Note guest.replied.", "Acme docs: Deliveries"),
  "rsvp.maybe": native("The word perhaps.", "Acme docs: Deliveries"),
  "rsvp.extra-guest-count": native("companions of the reply.", "Acme docs: Deliveries"),
  "rsvp.unreadable": native("A reply that is sealed.", "Acme docs: Deliveries"),
  "poll.receive": native("Note guest.picked.", "Acme docs: Deliveries"),
  "text.receive": native("Note guest.wrote.", "Acme docs: Deliveries"),
  "track.observed": native("Note card.seen.", "Acme docs: Deliveries"),
  "track.failed": native("Note card.bounced.", "Acme docs: Deliveries"),
  "track.delivered": native("Note card.landed.", "Acme docs: Deliveries"),
  "track.read": native("Note card.opened, unless the guest hides it.", "Acme docs: Deliveries"),
  "track.revoked": absent("Acme does not tell when somebody deletes a card.", "Acme docs: Deliveries"),
  "webhook.signed": native("Ed25519 over stamp and body.", "Acme docs: Deliveries"),
} as const satisfies CapabilityTable;

/** The Acme adapter: one account is one Acme line. Acme is made up; it exists in `simulator/`. */
export const acme = defineProvider({
  name: "acme",
  capabilities,
  configSchema,
  recipientFromVendor,
  open: (config: OpenConfig, runtime) => openLine(config, runtime),
});
