import { isGroupId, type Guest } from "@event-messaging/core/driver";
import { guestOf, instantOf, isSame, selfOf } from "./decode.js";
import { fromChatId, readMessageId } from "./recipient.js";
import { readMessage, voteOf, type Envelope, type WireVote } from "./wire.js";
import type { Delivery, Read } from "./delivery.js";

/**
 * `poll.vote` and `poll.vote.failed` of all four engines. A vote holds the voter's whole present choice. `poll.fromMe` says
 * nothing that could be relied on, and two engines give a vote the id of its poll, so the edition tells votes apart.
 * A failed one without a choice may be a vote that was taken back: nobody can tell, so `failedVote` decides. Source: recordings of WAHA 2025.11.3; its published engines.
 */
export function voteFacts({ envelope, request, config }: Delivery): Read {
  const vote = voteOf(envelope.payload);
  const target = readMessageId(vote.poll)?.bare;
  if (target === undefined) return { kind: "malformed", reason: "vote-without-poll" };
  const source = readMessageId(vote.id)?.bare ?? target;
  const { guest, self } = voterOf(vote, envelope);
  const voter = guest.lid ?? guest.phone;
  if (!self && voter === undefined) return { kind: "malformed", reason: "vote-without-voter" };
  const guestAt = instantOf(vote.timestamp);
  const seenAt = instantOf(envelope.timestamp) ?? request.receivedAt;
  const isTakenBack = config.failedVote === "cleared" && envelope.event === "poll.vote.failed" && vote.isBlank;
  const labels = isTakenBack ? [] : envelope.event === "poll.vote" ? vote.labels : undefined;
  const head = {
    source, target, guest,
    edition: JSON.stringify([voter ?? "self", guestAt ?? (source === target ? seenAt : ""), ...[...(labels ?? [])].sort()]),
    at: instantOf(readMessage(envelope.payload).info.timestamp) ?? guestAt ?? seenAt,
    ...(guestAt !== undefined && { guestAt }),
    ...(self && { fromSelf: true as const }),
  };
  return labels === undefined ? [{ type: "rsvp.unreadable", ...head }] : [{ type: "poll.voted", ...head, labels }];
}

/** In a group `from` is the group on GOWS and the voter on the others; an own vote on GOWS shows the guest's chat. */
function voterOf(vote: WireVote, envelope: Envelope): { readonly guest: Guest; readonly self: boolean } {
  const own = selfOf(envelope.me);
  if (vote.fromMe === true) return { guest: own, self: true };
  const { senderAlt, pushName } = readMessage(envelope.payload).info;
  const from = fromChatId(vote.from);
  const guest = guestOf([vote.participant ?? (from !== undefined && isGroupId(from) ? vote.to : vote.from), senderAlt], pushName);
  return { guest, self: isSame(guest, own) };
}
