import { isObject } from "../json.js";
import type { JsonObject } from "../json.js";
import type { Reply } from "../server.js";
import { received } from "./callbacks.js";
import type { Callback } from "./callback.js";
import { pollContent, revokeNotice, textContent, voteContent } from "./contents.js";
import { addressKind, chatKey } from "./people.js";
import { replies } from "./replies.js";
import type { Call, Operation } from "./operation.js";
import { accept } from "./sending.js";
import type { Arrival, SendIds } from "./sending.js";
import type { StoredMessage } from "./state.js";

/** Texts, polls and deletion. Z-API docs: message/send-message-text, message/reply-message, message/send-poll, message/send-poll-vote, message/delete-message. */
export const textOperations: readonly Operation[] = [
  { name: "send-text", method: "POST", answer: sendText },
  { name: "send-poll", method: "POST", answer: sendPoll },
  { name: "send-poll-vote", method: "POST", answer: sendPollVote },
  { name: "messages", method: "DELETE", answer: deleteMessage },
];

const word = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

/** 1 to 15 seconds; anything else counts as not given. Z-API docs: message/send-message-text. */
function delayOf(body: JsonObject): { delayMessage?: number } {
  const delay = body["delayMessage"];
  return typeof delay === "number" && delay >= 1 && delay <= 15 ? { delayMessage: delay } : {};
}

async function sendText({ world, instance, body }: Call): Promise<Reply> {
  const phone = word(body["phone"]);
  const text = word(body["message"]);
  if (phone === undefined || addressKind(phone) === "invalid") return replies.invalidPhone();
  if (text === undefined) return replies.error(400, "message is required");
  const quotes = word(body["messageId"]);
  const edits = word(body["editMessageId"]);
  const arrive = (ids: SendIds): Arrival => {
    const original = edits === undefined ? undefined : instance.messages.get(edits);
    const asNew = edits === undefined || (world.switches.editWithoutWebhook === "new-message" && instance.webhooks.size === 0);
    if (!asNew && (original?.content.kind !== "text" || original.author !== undefined)) return { vanished: "there is no own text with this id" };
    const shown = { text, ...(quotes === undefined ? {} : { replyTo: quotes }) };
    const about = { account: instance.id, act: "text.sent", chat: ids.chat, messageId: ids.messageId, operation: "send-text", shown } as const;
    const echo = (messageId: string, isEdit: boolean): Callback => received(world, instance, { chat: ids.chat, messageId, fromApi: true, isEdit, content: textContent(world, text, quotes) });
    const content = { kind: "text", text, ...(quotes === undefined ? {} : { quotes }) } as const;
    if (!asNew && original !== undefined) {
      original.content = content;
      original.lastEditId = ids.messageId;
      world.journal.add({ ...about, target: original.id, detail: "edit" });
      return { echo: echo(original.id, true) };
    }
    const message: StoredMessage = { id: ids.messageId, chat: ids.chat, content, revoked: false, answers: new Map() };
    instance.messages.set(message.id, message);
    world.journal.add(about);
    return { echo: echo(message.id, false), message };
  };
  return accept(world, instance, { operation: "send-text", phone, preview: text, ...delayOf(body), arrive });
}

async function sendPoll({ world, instance, body }: Call): Promise<Reply> {
  const phone = word(body["phone"]);
  const kind = addressKind(phone);
  if (phone === undefined || kind === "invalid") return replies.invalidPhone();
  const onlyGroups = world.switches.pollTargets === "group-only" && kind !== "group";
  if (onlyGroups && world.switches.nonGroupPoll === "400-invalid-phone") return replies.invalidPhone();
  const question = word(body["message"]);
  const options = Array.isArray(body["poll"]) ? body["poll"].map((option: unknown) => (isObject(option) ? word(option["name"]) : undefined)) : [];
  if (question === undefined || options.length === 0) return replies.error(400, "message and poll are required");
  const names = options.filter((name) => name !== undefined);
  const max = body["pollMaxOptions"];
  const maxOptions = typeof max === "number" && max >= 0 && max <= names.length ? max : 0;
  const arrive = (ids: SendIds): Arrival => {
    if (onlyGroups) return world.switches.nonGroupPoll === "silent" ? { vanished: "polls reach groups only" } : { failed: "Polls can be sent to groups only" };
    // WhatsApp shows 2 to 12 different options; what lies outside is accepted and never appears.
    if (names.length < 2 || names.length > 12 || new Set(names).size !== options.length) return { vanished: "WhatsApp shows no poll without 2 to 12 different options" };
    const poll = { kind: "poll", question, options: names, maxOptions } as const;
    const message: StoredMessage = { id: ids.messageId, chat: ids.chat, content: poll, revoked: false, answers: new Map() };
    instance.messages.set(message.id, message);
    world.journal.add({ account: instance.id, act: "poll.created", chat: ids.chat, messageId: ids.messageId, operation: "send-poll", shown: { question, options: names, ...(maxOptions === 1 ? {} : { severalAnswers: true }) } });
    return { echo: received(world, instance, { chat: ids.chat, messageId: ids.messageId, fromApi: true, content: pollContent(poll) }), message };
  };
  return accept(world, instance, { operation: "send-poll", phone, preview: question, ...delayOf(body), arrive });
}

async function sendPollVote({ world, instance, body }: Call): Promise<Reply> {
  const phone = word(body["phone"]);
  const pollId = word(body["pollMessageId"]);
  if (phone === undefined || addressKind(phone) === "invalid") return replies.invalidPhone();
  const names = Array.isArray(body["pollVote"]) ? body["pollVote"].flatMap((option: unknown) => (isObject(option) ? (word(option["name"]) ?? []) : [])) : undefined;
  if (pollId === undefined || names === undefined) return replies.error(400, "pollMessageId and pollVote are required");
  const arrive = (ids: SendIds): Arrival => {
    const poll = instance.messages.get(pollId);
    if (poll?.content.kind !== "poll") return { vanished: "there is no such poll" };
    poll.answers.set("account", { response: names.join(", "), time: world.timers.now() });
    world.journal.add({ account: instance.id, act: "poll.voted", chat: ids.chat, messageId: ids.messageId, target: poll.id, response: names.join(", "), shown: { options: names }, operation: "send-poll-vote" });
    if (world.switches.responseEcho === "no") return {};
    return { echo: received(world, instance, { chat: ids.chat, messageId: ids.messageId, fromApi: true, content: voteContent(world.switches, poll.id, names) ?? {} }) };
  };
  return accept(world, instance, { operation: "send-poll-vote", phone, preview: names.join(", "), ...delayOf(body), arrive });
}

/** Not queued: 204 at once, whether there is such a message or not. `owner` says whose message it is; others' messages need a group admin. */
async function deleteMessage({ world, instance, request }: Call): Promise<Reply> {
  const phone = request.query.get("phone");
  const id = request.query.get("messageId");
  const owner = request.query.get("owner");
  if (phone === null || addressKind(phone) === "invalid") return replies.invalidPhone();
  if (id === null || (owner !== "true" && owner !== "false")) return replies.error(400, "messageId and owner are required");
  if (instance.suspended) return replies.suspended();
  if (instance.connection !== "connected") return replies.notConnected();
  const message = instance.messages.get(id);
  const allowed = (message?.author === undefined) === (owner === "true") && (owner === "true" || instance.groups.get(phone)?.accountIsAdmin === true);
  if (message === undefined || message.revoked || message.chat !== chatKey(instance, phone) || !allowed) return replies.empty(204);
  message.revoked = true;
  world.journal.add({ account: instance.id, act: "message.revoked", chat: message.chat, target: id, operation: "messages" });
  if (instance.notifySentByMe) void world.post(instance, [revokeNotice(world, instance, message.chat, id, undefined)]);
  return replies.empty(204);
}
