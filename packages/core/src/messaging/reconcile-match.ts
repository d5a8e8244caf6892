import type { InvitationDetails } from "../model/details.js";
import { isRecipient, type Recipient } from "../model/recipient.js";
import { compareInstants } from "../model/time.js";
import type { BookRecord } from "../store/book.js";

/** The open sends that an own card with this title and start could be. More than one: nobody can tell them apart. */
export function sendsLike(open: readonly BookRecord[], shown: InvitationDetails): readonly BookRecord[] {
  return open.filter(({ operation, handle }) => operation === "send" && saysTheSame(handle.details, shown));
}

/** The same title and start: what every vendor shows of a card. */
export function saysTheSame(sent: InvitationDetails, shown: InvitationDetails): boolean {
  return sent.title === shown.title && compareInstants(sent.startsAt, shown.startsAt) === 0;
}

/** A chat as it may have been written: a Brazilian mobile with and without its ninth digit is one. */
export function spellingsOf(recipient: Recipient): readonly Recipient[] {
  const [, area, ninth, rest] = /^\+55(\d{2})(9?)(\d{8})$/.exec(recipient) ?? [];
  const other = area === undefined ? recipient : `+55${area}${ninth === "" ? "9" : ""}${rest}`;
  return other !== recipient && isRecipient(other) ? [recipient, other] : [recipient];
}

/** Does the card show anything that was not sent? What it does not show says nothing: a vendor may have left it out. */
export function contradicts(sent: InvitationDetails, shown: InvitationDetails): boolean {
  return (shown.description !== undefined && shown.description !== sent.description)
    || (shown.location !== undefined && shown.location.name !== sent.location?.name)
    || (shown.endsAt !== undefined && (sent.endsAt === undefined || compareInstants(shown.endsAt, sent.endsAt) !== 0));
}
