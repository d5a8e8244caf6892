import { defineProvider, type CapabilityEntry, type CapabilityTable } from "@event-messaging/core/driver";
import { configSchema, type OpenConfig } from "./config.js";
import { openSession } from "./provider.js";
import { recipientFromVendor } from "./recipient.js";

const native = (why: string, source: string) => ({ support: "native", why, source }) as const satisfies CapabilityEntry;
const absent = (why: string, source: string) => ({ support: "absent", why, source }) as const satisfies CapabilityEntry;

const unknown = (why: string, source: string) => ({ support: "unknown", why, source }) as const satisfies CapabilityEntry;

const EVENTS = "WAHA docs: how-to/event-message";
const WEBHOOKS = "WAHA docs: how-to/events";
const RAN = "recordings of WAHA 2025.11.3";

const NO_GROUP_ACKS = unknown("message.ack.group is documented, but no acknowledgement of a group's message has been seen on GOWS.", "devlikeapro/waha issue 2218");

/** What any WAHA session may be able to do. What one session can do now, by its engine and version, is `probe`'s answer. */
export const capabilities = {
  "invitation.send": native("Sends event messages, on the GOWS engine only.", EVENTS),
  "invitation.update": absent("WAHA has no call that changes an event: its edit call would send a text. Send a new invitation under a higher revision.", "WAHA OpenAPI 2026.7.1"),
  "invitation.cancel": absent("WAHA has no call that cancels an event: the route is commented out in its source. Tell the guests in a text.", "WAHA OpenAPI 2026.7.1; WAHA 2025.11.3 source"),
  "invitation.respond": absent("WAHA has no call that answers an event. Answer on the phone.", "WAHA OpenAPI 2026.7.1"),
  "respond.maybe": absent("WAHA has no call that answers an event.", "WAHA OpenAPI 2026.7.1"),
  "message.withdraw": absent("WAHA keeps no queue: what it accepted has been handed to WhatsApp.", "WAHA 2025.11.3 source"),
  "poll.send": native("One choice, to persons and groups, on every engine.", "WAHA docs: how-to/polls"),
  "text.send": native("To persons and groups, on every engine.", "WAHA docs: how-to/send-messages"),
  "message.chosen-id": native("Polls and texts on GOWS and NOWEB since 2026.4.3; never events.", "WAHA docs: changelog 2026.4.3"),
  "message.find": native("Reads the chat's history, if the session keeps one. Finding nothing proves nothing.", "WAHA docs: how-to/chats"),
  "contact.resolve": {
    direct: native("check-exists for a number, the LID map both ways.", "WAHA docs: how-to/contacts"),
    group: absent("A group has no phone number and no LID.", "WAHA docs: how-to/contacts"),
  },
  "group.list": {
    direct: absent("A person is no group.", "WAHA OpenAPI 2026.7.1"),
    group: native("Who may write shows for one group at a time.", "WAHA OpenAPI 2026.7.1, Groups"),
  },
  "webhook.configure": native("The session's own webhooks; needs a key that may change settings, and restarts the session.", WEBHOOKS),
  "field.location": native("A place by name only; coordinates are sent as 0/0.", EVENTS),
  "field.end-time": native("Sent as given.", EVENTS),
  "field.extra-guests": native("Sent as given.", EVENTS),
  "field.reply-to": native("Quotes by the bare id, on GOWS. An id that WhatsApp does not know is sent without a quote.", EVENTS),
  "field.call-link": absent("WAHA's event has no call.", "WAHA OpenAPI 2026.7.1"),
  "field.call-url": absent("WAHA's event has no link. Put it into the description.", "WAHA OpenAPI 2026.7.1"),
  "rsvp.receive": native("Webhook event.response.", EVENTS),
  "rsvp.maybe": native("Answer MAYBE.", EVENTS),
  "rsvp.extra-guest-count": native("extraGuestCount of the answer.", EVENTS),
  "rsvp.unreadable": native("Webhook event.response.failed.", EVENTS),
  "poll.receive": native("Webhooks poll.vote and poll.vote.failed. On NOWEB with its store only, and unreliable there (issues 188, 1915, 2008).", "WAHA docs: how-to/polls"),
  "text.receive": native("Webhooks message, message.any and message.edited.", WEBHOOKS),
  "track.failed": { direct: native("message.ack with ERROR.", WEBHOOKS), group: NO_GROUP_ACKS },
  "track.delivered": { direct: native("message.ack.", WEBHOOKS), group: NO_GROUP_ACKS },
  "track.read": { direct: native("message.ack, unless the guest hides it.", WEBHOOKS), group: NO_GROUP_ACKS },
  "track.revoked": native("message.revoked.", WEBHOOKS),
  "track.observed": native("Own and others' events arrive as message.any on GOWS; edits and cancellations made on a phone do not.", RAN),
  "webhook.signed": native("HMAC-SHA512 over the body, when hmacKey is configured.", WEBHOOKS),
} as const satisfies CapabilityTable;

/** The WAHA adapter: one account is one session of one WAHA server. Source: WAHA docs, https://waha.devlike.pro. */
export const waha = defineProvider({
  name: "waha",
  capabilities,
  configSchema,
  recipientFromVendor,
  open: (config: OpenConfig, runtime) => openSession(config, runtime),
});
