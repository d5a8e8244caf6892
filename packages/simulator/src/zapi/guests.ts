import { createHash } from "node:crypto";
import { ControlError } from "../control-error.js";
import type { Answer, GuestStep } from "../guest.js";
import { messageStatus, received, responseContent, waiting } from "./callbacks.js";
import type { Callback } from "./callback.js";
import { revokeNotice, textContent, voteContent } from "./contents.js";
import { changeOnPhone } from "./members.js";
import { addressKind, chatKey, samePerson, spell } from "./people.js";
import type { StoredMessage, ZapiInstance, ZapiPerson } from "./state.js";
import type { ZapiWorld } from "./world.js";

/** WhatsApp needs this long to decrypt what first came as a placeholder; scaled by the clock factor. */
const DECRYPTION_MS = 2000;

interface Doing {
  readonly world: ZapiWorld;
  readonly instance: ZapiInstance;
  readonly chat: string;
  readonly step: GuestStep & Partial<Answer>;
}

/** A guest (or the account's owner on his own phone) does what a step says, now. Resolves with the id of the message that he sent. */
export function act(world: ZapiWorld, instance: ZapiInstance, chat: string, step: GuestStep & Partial<Answer>, target?: StoredMessage): { readonly messageId: string } {
  const doing: Doing = { world, instance, chat: chatKey(instance, chat), step };
  const aim = target ?? aimOf(doing);
  if (step.presence !== undefined) return showPresence(doing, step.presence);
  if (step.change !== undefined) return changeOnPhone(world, instance, aim, { author: step.own === true ? undefined : personOf(doing), form: formOf(doing) }, step.change);
  if (step.revokeOf !== undefined) return revoke(doing, step.revokeOf);
  if (step.ack !== undefined) return acknowledge(doing, aim, step.ack);
  if (step.response !== undefined) return answerEvent(doing, aim, step.response);
  if (step.vote !== undefined) return vote(doing, aim, step.vote);
  if (step.text !== undefined) return write(doing, aim, step.text);
  throw new ControlError("a step needs one of response, vote, text, ack, revokeOf");
}

function aimOf({ instance, chat, step }: Doing): StoredMessage | undefined {
  const inChat = [...instance.messages.values()].filter((message) => message.chat === chat);
  if (step.target !== undefined) return instance.messages.get(step.target) ?? inChat.find((message) => message.lastEditId === step.target);
  const kind = step.response !== undefined || step.change !== undefined ? "event" : step.vote !== undefined ? "poll" : undefined;
  return inChat.filter((message) => (kind === undefined ? message.author === undefined : message.content.kind === kind)).at(-1);
}

const personOf = ({ instance, step }: Doing): ZapiPerson => {
  if (step.own === true) return instance.self;
  const { phone, lid, name } = step.guest;
  return { phone, ...(lid === undefined ? {} : { lid }), ...(name === undefined ? {} : { name }) };
};

const formOf = ({ step }: Doing) => (step.as === undefined ? undefined : step.as === "lid" ? ("lid" as const) : ("number" as const));

const spelled = (doing: Doing): string => spell(personOf(doing), formOf(doing) ?? doing.world.switches.personForm);

function answerEvent(doing: Doing, event: StoredMessage | undefined, response: string): { messageId: string } {
  const { world, instance, chat, step } = doing;
  const foreign = step.target === undefined ? undefined : foreignMessage(step.target, chat);
  const target = event ?? foreign;
  if (target === undefined) throw new ControlError("there is no event in this chat", 404);
  const by = personOf(doing);
  if (target.author === undefined ? step.own === true : samePerson(target.author, by)) throw new ControlError("the creator of an event cannot answer it", 409);
  const key = step.own === true ? "account" : by.phone;
  const time = step.timestampMs ?? Math.max(world.timers.now(), (target.answers.get(key)?.time ?? 0) + 1);
  target.answers.set(key, { response, time });
  const messageId = world.ids.hex32();
  const content = responseContent(world, target, { response, by, time, form: formOf(doing) });
  const note = { account: instance.id, act: step.own === true ? "event.responded" : "event.answered", chat, messageId, target: target.id, response, ...(step.own === true ? {} : { by: spelled(doing) }) } as const;
  report(doing, envelope(doing, messageId, content), (unreadable) => world.journal.add({ ...note, ...(unreadable ? { unreadable } : {}) }));
  return { messageId };
}

const foreignMessage = (id: string, chat: string): StoredMessage => ({
  id,
  chat,
  author: { phone: "5511900000000" },
  content: { kind: "event", card: { name: "", startsAt: 0, canceled: false } },
  revoked: false,
  answers: new Map(),
});

/** A phone votes by the hash of a label: a label that the poll does not have matches nothing. Polls that nobody here knows are voted as told. */
function vote(doing: Doing, poll: StoredMessage | undefined, labels: readonly string[]): { messageId: string } {
  const { world, instance, chat, step } = doing;
  const pollId = poll?.id ?? step.target;
  if (pollId === undefined || (poll !== undefined && poll.content.kind !== "poll")) throw new ControlError("there is no such poll in this chat", 404);
  const known = poll?.content.kind === "poll" ? poll.content : undefined;
  const hashes = new Set(labels.map(labelHash));
  const matched = known === undefined ? labels : known.options.filter((name) => hashes.has(labelHash(name)));
  const names = known?.maxOptions === 1 ? matched.slice(0, 1) : matched;
  const by = personOf(doing);
  poll?.answers.set(step.own === true ? "account" : by.phone, { response: names.join(", "), time: world.timers.now() });
  const messageId = world.ids.hex32();
  const note = { account: instance.id, act: "poll.voted", chat, messageId, target: pollId, response: names.join(", "), shown: { options: names }, ...(step.own === true ? {} : { by: spelled(doing) }) } as const;
  const content = voteContent(world.switches, pollId, names);
  report(doing, content === undefined ? undefined : envelope(doing, messageId, content), (unreadable) => world.journal.add({ ...note, ...(unreadable ? { unreadable } : {}) }));
  return { messageId };
}

const labelHash = (label: string): string => createHash("sha256").update(label).digest("hex");

function write(doing: Doing, quoted: StoredMessage | undefined, text: string): { messageId: string } {
  const { world, instance, chat, step } = doing;
  const messageId = step.editOf ?? world.ids.hex32();
  const quotes = step.unquoted === true || step.editOf !== undefined ? undefined : (quoted?.id ?? step.target);
  const author = step.own === true ? {} : { author: personOf(doing) };
  instance.messages.set(messageId, { id: messageId, chat, ...author, content: { kind: "text", text, ...(quotes === undefined ? {} : { quotes }) }, revoked: false, answers: new Map() });
  const note = { account: instance.id, act: step.own === true ? "text.sent" : "text.received", chat, messageId, shown: { text, ...(quotes === undefined ? {} : { replyTo: quotes }) }, ...(step.own === true ? {} : { by: spelled(doing) }) } as const;
  const edit = step.editOf === undefined ? {} : { target: step.editOf, detail: "edit" };
  report(doing, envelope(doing, messageId, textContent(world, text, quotes), step.editOf !== undefined), (unreadable) => world.journal.add({ ...note, ...edit, ...(unreadable ? { unreadable } : {}) }));
  return { messageId };
}

function revoke(doing: Doing, id: string): { messageId: string } {
  const { world, instance, chat, step } = doing;
  const message = instance.messages.get(id);
  if (message !== undefined) message.revoked = true;
  world.journal.add({ account: instance.id, act: "message.revoked", chat, target: id, ...(step.own === true ? {} : { by: spelled(doing) }) });
  if (step.own !== true || instance.notifySentByMe) void world.post(instance, [revokeNotice(world, instance, chat, id, step.own === true ? undefined : personOf(doing))]);
  return { messageId: id };
}

function acknowledge({ world, instance }: Doing, aim: StoredMessage | undefined, ack: number): { messageId: string } {
  if (aim === undefined) throw new ControlError("there is no message to acknowledge", 404);
  if (ack !== 2 && ack !== 3) throw new ControlError(`ack ${ack}: Z-API reports 2 (RECEIVED) and 3 (READ) only`);
  void world.post(instance, messageStatus(world, instance, { messageId: aim.id, phone: aim.chat }, ack === 2 ? "RECEIVED" : "READ"));
  return { messageId: aim.id };
}

/** `PresenceChatCallback`; not journalled, for no chat keeps it. Z-API docs: webhooks/on-chat-presence. */
function showPresence(doing: Doing, presence: string): { messageId: string } {
  const status = { typing: "COMPOSING", recording: "RECORDING", paused: "PAUSED", online: "AVAILABLE", offline: "UNAVAILABLE" }[presence] ?? presence.toUpperCase();
  const { world, instance, chat } = doing;
  const phone = addressKind(chat) === "group" ? chat : spelled(doing);
  void world.post(instance, [{ kind: "chat-presence", body: { type: "PresenceChatCallback", phone, status, lastSeen: null, instanceId: instance.id } }]);
  return { messageId: "" };
}

function envelope(doing: Doing, messageId: string, content: Readonly<Record<string, unknown>>, isEdit = false): Callback {
  const { world, instance, chat, step } = doing;
  return received(world, instance, { chat, messageId, author: step.own === true ? undefined : personOf(doing), form: formOf(doing), isEdit, content });
}

/** Sends what the account receives: the real message, a placeholder, or one after the other; twice when the step says so. Own messages only when they are echoed. */
function report({ world, instance, step }: Doing, real: Callback | undefined, note: (unreadable: boolean) => void): void {
  const hidden = step.undecryptable === true || world.switches.placeholder !== "never";
  const later = step.undecryptable === true ? step.thenReadable === true : world.switches.placeholder === "then-real";
  const silent = real === undefined || (step.own === true && !instance.notifySentByMe);
  const post = (callback: Callback): void => void (silent || world.post(instance, step.twice === true ? [callback, callback] : [callback]));
  if (!hidden) {
    note(false);
    if (real !== undefined) post(real);
    return;
  }
  if (step.undecryptable === true || !later) note(true);
  if (real !== undefined) post(waiting(real));
  if (!later || real === undefined) return;
  world.timers.after(DECRYPTION_MS, () => {
    note(false);
    post(real);
  });
}
