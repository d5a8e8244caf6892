/** Names a webhook may subscribe to, in the order of the OpenAPI document 2026.7.1. */
export const EVENT_NAMES = [
  "session.status", "message", "message.reaction", "message.any", "message.ack", "message.ack.group", "message.waiting", "message.revoked", "message.edited",
  "state.change", "group.join", "group.leave", "group.v2.join", "group.v2.leave", "group.v2.update", "group.v2.participants", "presence.update", "poll.vote",
  "poll.vote.failed", "chat.archive", "call.received", "call.accepted", "call.rejected", "label.upsert", "label.deleted", "label.chat.added", "label.chat.deleted",
  "event.response", "event.response.failed", "engine.event",
] as const;

export type EventName = (typeof EVENT_NAMES)[number];

/** Those the release knows: `message.ack.group` is missing before December 2025. */
export const eventNames = (release: { readonly ackGroup: boolean }): readonly string[] => EVENT_NAMES.filter((name) => release.ackGroup || name !== "message.ack.group");

const NOT_IN_ALL: readonly string[] = ["engine.event", "state.change"];

/** `*` stands for all but `engine.event` and `state.change`. */
export const subscribes = (events: readonly unknown[], event: EventName): boolean => events.includes(event) || (events.includes("*") && !NOT_IN_ALL.includes(event));
