import { defineProvider, type CapabilityEntry, type CapabilityTable } from "@event-messaging/core/driver";
import { configSchema, type OpenConfig } from "./config.js";
import { openSession } from "./provider.js";
import { recipientFromVendor } from "./recipient.js";

const native = (why: string, source: string) => ({ support: "native", why, source }) as const satisfies CapabilityEntry;
const absent = (why: string, source: string) => ({ support: "absent", why, source }) as const satisfies CapabilityEntry;

const EVENTS = "WAHA docs: how-to/event-message";
const WEBHOOKS = "WAHA docs: how-to/events";
const RAN = "recordings of WAHA 2025.11.3";

/** What any WAHA session may be able to do. What one session can do now, by its engine and version, is `probe`'s answer. */
export const capabilities = {
  "invitation.send": native("Sends event messages, on the GOWS engine only.", EVENTS),
  "invitation.update": absent("WAHA has no call that changes an event: its edit call would send a text. Send a new invitation under a higher revision.", "WAHA OpenAPI 2026.7.1"),
  "invitation.cancel": absent("WAHA has no call that cancels an event: the route is commented out in its source. Tell the guests in a text.", "WAHA OpenAPI 2026.7.1; WAHA 2025.11.3 source"),
  "invitation.respond": absent("WAHA has no call that answers an event. Answer on the phone.", "WAHA OpenAPI 2026.7.1"),
  "respond.maybe": absent("WAHA has no call that answers an event.", "WAHA OpenAPI 2026.7.1"),
  "message.withdraw": absent("WAHA keeps no queue: what it accepted has been handed to WhatsApp.", "WAHA 2025.11.3 source"),
  "field.location": native("A place by name only; coordinates are sent as 0/0.", EVENTS),
  "field.end-time": native("Sent as given.", EVENTS),
  "field.extra-guests": native("Sent as given.", EVENTS),
  "field.reply-to": native("Quotes a message by its bare id. An id that WhatsApp does not know is sent without a quote.", EVENTS),
  "field.call-link": absent("WAHA's event has no call.", "WAHA OpenAPI 2026.7.1"),
  "field.call-url": absent("WAHA's event has no link. Put it into the description.", "WAHA OpenAPI 2026.7.1"),
  "rsvp.receive": native("Webhook event.response.", EVENTS),
  "rsvp.maybe": native("Answer MAYBE.", EVENTS),
  "rsvp.extra-guest-count": native("extraGuestCount of the answer.", EVENTS),
  "rsvp.unreadable": native("Webhook event.response.failed.", EVENTS),
  "track.observed": native("Own and others' events arrive as message.any; edits and cancellations made on a phone do not.", RAN),
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
