import type { CapabilityCode } from "../capability/codes.js";
import { isMessagingError, mayRepeat } from "../error/messaging-error.js";
import type { SendingRequest } from "../layers/call-layer.js";
import type { Form, SentMessage } from "../model/handle.js";
import type { MessageId } from "../model/ids.js";
import { audienceOf, isRecipient, type Recipient } from "../model/recipient.js";
import { compareInstants, fromEpochMs, toEpochMs, type Instant } from "../model/time.js";
import type { Plan } from "../plan/plan-types.js";
import { withoutFields } from "../plan/requirements.js";
import type { BookRecord } from "../store/book.js";
import { identityKey } from "../store/guest-identity.js";
import type { RsvpGuest } from "../store/rsvp-state.js";
import type { Recovery } from "../model/inbound.js";
import { startCall } from "./deadline.js";
import { fingerprint } from "./fingerprint.js";
import { accountById, type House } from "./house.js";
import { lookOrRefuse } from "./look.js";
import { chosenId, questionRequest } from "./chosen-id.js";
import { defaultQuestion, readQuestion, type RecoveryQuestion } from "./recovery-question.js";
import { leaseEnd } from "./send.js";
import type { UnreadableOptions } from "./unreadable-options.js";

export interface Unreadable {
  /** The invitation as it stands now. */
  readonly invitation: BookRecord;
  readonly guest: RsvpGuest;
  /** What could not be read: an answer to a card, a vote, … */
  readonly form: Form;
  readonly receivedAt: Instant;
  /** How often this was tried before. */
  readonly attempts: number;
}

export type Recovered = Recovery | "nothing" | { readonly due: Instant };

const AFTER_MS = 60_000;
/** The worker holds the entry meanwhile. */
const DEADLINE_MS = 30_000;
/** After so many tries of a request that proved not to have been sent, a person takes over. */
const TRIES = 4;
const DONE = { text: "asked-by-text", poll: "asked-by-poll", native: "sent-again", degraded: "sent-again" } as const satisfies Record<Form, Recovery>;

interface Question {
  readonly form: Form;
  readonly send: CapabilityCode;
  readonly receive: CapabilityCode;
  readonly asked?: RecoveryQuestion;
  readonly request: (plan: Plan, messageId?: MessageId) => SendingRequest;
}

/**
 * Asks again, at most once for a guest and a revision: the question is a record of its own in the book, begun before the
 * request, so neither a crash nor a second process asks twice. Its answers join the invitation that it is about.
 *
 * @returns what was done, or when to come again.
 * @throws MessagingError when it was proved that nothing was sent and another try may help.
 */
export async function recover(house: House, options: UnreadableOptions | undefined, unreadable: Unreadable): Promise<Recovered> {
  const { policy = "human", afterMs = AFTER_MS } = options ?? {};
  const { invitation, guest } = unreadable;
  const chat = chatOf(invitation, guest);
  if (policy === "nothing") return "nothing";
  if (policy === "human" || chat === undefined || !isAskable(house, invitation)) return "human";
  const due = toEpochMs(unreadable.receivedAt) + afterMs;
  if (house.now().getTime() < due) return { due: fromEpochMs(due) };

  const standing = await askedBefore(house, invitation, guest);
  if (standing && standing.state !== "not-sent") {
    if (standing.state !== "accepted") return "human";
    await joinQuestion(house, standing);
    return DONE[standing.handle.form];
  }
  const question = questionOf(options, policy, unreadable, chat);
  return question === undefined ? "human" : ask(house, unreadable, chat, question);
}

async function ask(house: House, { invitation, attempts }: Unreadable, chat: Recipient, question: Question): Promise<Recovery> {
  const { call, done } = startCall({ deadlineMs: DEADLINE_MS });
  try {
    const account = await accountById(house, invitation.handle.account);
    if (account.provider !== invitation.handle.provider) return "human";
    const { details } = invitation.handle;
    const plain = { recipient: chat, details: { title: details.title, startsAt: details.startsAt }, policy: {} };
    const isCard = question.form === "native";
    const plan = await lookOrRefuse(house, account, isCard ? { gate: question.send, recipient: chat, details } : { gate: question.send, ...plain }, "recover", call);
    // A question whose answer would not arrive is not asked.
    await lookOrRefuse(house, account, { gate: question.receive, ...plain }, "recover", call);
    const { asked } = question;
    const chosen = asked && (await chosenId(house, account, chat, call));
    const request = question.request(plan, chosen);
    const { tenant, key, recipient, revision, handle } = invitation;
    const form = isCard && plan.form === "degraded" ? "degraded" : question.form;
    await house.perform({
      record: {
        tenant, key: recoveryKey(invitation), recipient: chat, revision, state: "attempting", operation: "recover", fingerprint: fingerprint(["recover", chat, request.operation]),
        begunAt: fromEpochMs(house.now().getTime()), leasedUntil: leaseEnd(house, {}), ...(asked && { choices: asked.choices }), ...(asked && chosen && { text: asked.text }),
        handle: { v: 1, tenant, key, recipient, revision, provider: handle.provider, account: handle.account, form, createdBy: "self", details: handle.details, messages: chosen ? [{ id: chosen, form, role: "invitation", vendorIds: {}, ...(asked && { choices: asked.choices }) }] : [] },
      },
      request, plan: { ...plan, form }, call, pinned: true,
    });
    const standing = (await house.book.records(tenant, recoveryKey(invitation), chat)).find((record) => record.revision === revision);
    if (standing) await joinQuestion(house, standing);
    return DONE[form];
  } catch (error) {
    if (isMessagingError(error) && mayRepeat(error) && attempts < TRIES) throw error;
    return "human";
  } finally {
    done();
  }
}

/** What to ask, one rung down when a vote was what could not be read: votes fail for the same guests again and again. */
function questionOf(options: UnreadableOptions | undefined, policy: "ask-by-text" | "poll" | "resend", { invitation, guest, form }: Unreadable, chat: Recipient): Question | undefined {
  const { details } = invitation.handle;
  if (policy === "resend") {
    if (form !== "native" && form !== "degraded") return undefined;
    const request = ({ lost }: Plan): SendingRequest => ({ operation: "send", input: { to: chat, details: withoutFields(details, new Set(lost.map(({ code }) => code))) } });
    return { form: "native", send: "invitation.send", receive: "rsvp.receive", request };
  }
  const by = policy === "poll" && form !== "poll" ? "poll" : "text";
  const asked = readQuestion((options?.question ?? defaultQuestion)({ details, guest: guest.guest, by }), by);
  if (asked === undefined) return undefined;
  return { form: by, send: `${by}.send`, receive: `${by}.receive`, asked, request: (_plan, id) => questionRequest(by, chat, asked, id) };
}

/** A group is never asked about one member's answer: the member is, in person. */
function chatOf({ recipient }: BookRecord, { guest }: RsvpGuest): Recipient | undefined {
  return audienceOf(recipient) === "direct" ? recipient : guest.phone ?? guest.lid;
}

/** Nobody is asked about what is cancelled, over, or somebody else's event. */
export function isAskable(house: Pick<House, "now">, { handle }: BookRecord): boolean {
  return handle.canceled !== true && handle.createdBy === "self" && compareInstants(handle.details.startsAt, fromEpochMs(house.now().getTime())) > 0;
}

/** Callers' keys hold no spaces, so this is none of theirs. */
function recoveryKey({ key, recipient }: BookRecord): string {
  return `${key} unreadable ${recipient}`;
}

/** The question that any id of the guest got about this revision. */
async function askedBefore({ book }: House, invitation: BookRecord, guest: RsvpGuest): Promise<BookRecord | undefined> {
  const ids = new Set([...guest.ids, ...(audienceOf(invitation.recipient) === "direct" ? [invitation.recipient] : [])].map(identityKey));
  return (await book.records(invitation.tenant, recoveryKey(invitation))).find(({ recipient, revision }) => revision === invitation.revision && ids.has(identityKey(recipient)));
}

/** Adds the question to the invitation's own messages, so that its handle shows it and a quote of the card finds it. Repeatable. */
export async function joinQuestion({ book }: Pick<House, "book">, question: BookRecord): Promise<void> {
  const { tenant, key, recipient, revision } = question.handle;
  // A server that does not heed a chosen id answers with its own, which then stands last.
  const sent = question.handle.messages.at(-1);
  if (sent === undefined) return;
  const chat = sent.recipient ?? question.recipient;
  const message: SentMessage = chat !== recipient && isRecipient(chat) ? { ...sent, recipient: chat } : sent;
  for (let tries = 0; tries < 4; tries += 1) {
    const invitation = (await book.records(tenant, key, recipient)).find((record) => record.revision === revision);
    if (invitation === undefined || invitation.handle.messages.some(({ id }) => id === message.id)) return;
    const handle = { ...invitation.handle, messages: [...invitation.handle.messages, message] };
    if (await book.change({ tenant, key, recipient, revision }, invitation.version, { handle })) return;
  }
}
