/** What a vendor may be able to do, one code a thing. Declared per audience, probed per account, refused before any request. */
export const CAPABILITIES = [
  "invitation.send", "invitation.update", "invitation.cancel", "invitation.respond",
  "poll.send", "text.send", "message.withdraw", "message.find", "message.chosen-id", "contact.resolve", "group.list", "webhook.configure",
  "field.location", "field.end-time", "field.call-link", "field.call-url", "field.extra-guests", "field.reply-to", "field.clear",
  "respond.maybe",
  "rsvp.receive", "rsvp.maybe", "rsvp.extra-guest-count", "rsvp.unreadable", "poll.receive", "text.receive",
  "track.observed", "track.failed", "track.delivered", "track.read", "track.revoked", "webhook.signed",
] as const;

export type KnownCapability = (typeof CAPABILITIES)[number];
/** A known code, or a stranger's own: `x-<vendor>.<thing>`. */
export type CapabilityCode = KnownCapability | `x-${string}.${string}`;

/** Is it a code of this version, or a well-formed one of a stranger? */
export function isCapabilityCode(text: string): text is CapabilityCode {
  return CAPABILITIES.some((code) => code === text) || /^x-[a-z0-9-]+\.[a-z0-9.-]+$/.test(text);
}
