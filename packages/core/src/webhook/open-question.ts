import { isRecipient, audienceOf, type Recipient } from "../model/recipient.js";
import type { SentMessage } from "../model/handle.js";
import type { AccountId } from "../model/ids.js";
import type { Fact } from "../model/inbound.js";
import { toEpochMs } from "../model/time.js";
import type { BookRecord, InvitationBook } from "../store/book.js";
import { identityKey } from "../store/guest-identity.js";
import { responseToText, type Choices } from "./choice-answer.js";
import { asItStands, invitationOf } from "./join.js";

/** How long after a question a text without a quote may still answer it. */
const WINDOW_MS = 30 * 24 * 3_600_000;

/** One text that asks for a number or a word, and the invitation that it belongs to. */
interface Question {
  readonly message: SentMessage & { readonly choices: Choices };
  readonly invitation: BookRecord;
  readonly askedMs: number;
}

export type Unquoted = { readonly kind: "answer"; readonly fact: Fact<"message.replied"> } | { readonly kind: "ambiguous" | "chat" };

/**
 * A text without a quote, in a direct chat: an answer only when exactly one invitation is open there, and then it gets that
 * question as its target. Two open ones make it ambiguous: the newest is never chosen silently. Everything else is chat.
 */
export async function answeredQuestion(book: InvitationBook, account: AccountId, fact: Fact<"message.replied">): Promise<Unquoted> {
  if (fact.target !== undefined || fact.fromSelf === true || audienceOf(fact.recipient) !== "direct") return { kind: "chat" };
  const questions = await openQuestions(book, account, fact);
  const answered = questions.filter(({ message }) => responseToText(fact.text, message.choices) !== undefined);
  const [question] = answered;
  if (question === undefined) return { kind: "chat" };
  return questions.length === 1 ? { kind: "answer", fact: { ...fact, target: question.message.id } } : { kind: "ambiguous" };
}

/** One question for each invitation: the newest. */
async function openQuestions(book: InvitationBook, account: AccountId, fact: Fact<"message.replied">): Promise<readonly Question[]> {
  const chats = [...new Set([fact.recipient, fact.guest.phone, fact.guest.lid].filter((id) => id !== undefined))];
  const records = (await Promise.all(chats.map((chat) => book.questions(account, chat)))).flat();
  const open = new Map<string, Question>();
  for (const record of records) {
    const invitation = await asItStands(book, await invitationOf(book, record));
    const askedMs = toEpochMs(record.begunAt);
    if (!isOpen(invitation, askedMs, toEpochMs(fact.at))) continue;
    for (const message of record.handle.messages) {
      if (!isAskedIn(message, record, chats)) continue;
      const id = JSON.stringify([invitation.tenant, invitation.key, invitation.recipient]);
      const standing = open.get(id);
      if (standing === undefined || invitation.revision > standing.invitation.revision || (invitation.revision === standing.invitation.revision && askedMs >= standing.askedMs)) {
        open.set(id, { message, invitation, askedMs });
      }
    }
  }
  return [...open.values()];
}

function isAskedIn(message: SentMessage, { recipient }: BookRecord, chats: readonly Recipient[]): message is Question["message"] {
  const chat = message.recipient ?? recipient;
  return message.form === "text" && message.choices !== undefined && isRecipient(chat) && chats.some((one) => identityKey(one) === identityKey(chat));
}

/** Neither cancelled nor over, and asked not too long before the text (clocks may differ by some minutes). */
function isOpen({ handle: { canceled, details } }: BookRecord, askedMs: number, atMs: number): boolean {
  return canceled !== true && toEpochMs(details.endsAt ?? details.startsAt) >= atMs && askedMs <= atMs + 5 * 60_000 && askedMs >= atMs - WINDOW_MS;
}
