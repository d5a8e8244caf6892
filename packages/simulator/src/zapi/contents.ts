import { received } from "./callbacks.js";
import type { Callback } from "./callback.js";
import type { Content, ZapiInstance, ZapiPerson } from "./state.js";
import type { ZapiSwitches } from "./switches.js";
import type { ZapiWorld } from "./world.js";

/** The content `poll`: the request's `message` comes back as `question`. Z-API docs: webhooks/on-message-received. */
export function pollContent(poll: Content & { readonly kind: "poll" }): Record<string, unknown> {
  return { poll: { question: poll.question, pollMaxOptions: poll.maxOptions, options: poll.options.map((name) => ({ name })) } };
}

/** The content `pollVote`, the voter's whole selection; `undefined` when a withdrawn vote is not reported at all. Z-API docs: webhooks/on-message-received. */
export function voteContent(switches: ZapiSwitches, pollMessageId: string, names: readonly string[]): Record<string, unknown> | undefined {
  if (names.length > 0) return { pollVote: { pollMessageId, options: names.map((name) => ({ name })) } };
  switch (switches.clearedVote) {
    case "empty":
      return { pollVote: { pollMessageId, options: [] } };
    case "null":
      return { pollVote: { pollMessageId, options: null } };
    case "missing":
      return { pollVote: { pollMessageId } };
    case "silent":
      return undefined;
  }
}

/** The content `text`, with the quoted message in `referenceMessageId`. Z-API docs: webhooks/on-message-received. */
export function textContent(world: ZapiWorld, message: string, quotes: string | undefined): Record<string, unknown> {
  const preview = world.switches.textPreview === "present" ? { title: "Acme", url: "https://acme.example/", descritpion: "A page", description: "A page", thumbnailUrl: "" } : {};
  const quote = quotes === undefined ? (world.switches.noQuote === "null" ? { referenceMessageId: null } : {}) : { referenceMessageId: quotes };
  return { ...quote, text: { message, ...preview } };
}

/** A system notice. Its `messageId` is no WhatsApp id (`digits-digits`). Z-API docs: webhooks/on-message-received. */
export function notice(world: ZapiWorld, instance: ZapiInstance, chat: string, notification: string, parameters: readonly unknown[], author: ZapiPerson | undefined): Callback {
  const messageId = `${Math.floor(world.timers.now() / 1000)}-${Math.floor(world.random() * 100)}`;
  return received(world, instance, { chat, messageId, author, content: { notification, notificationParameters: parameters, callId: null, code: null, requestMethod: null } });
}

/** The notice that a message was deleted; which field names the message is switch `revokeReference`. */
export function revokeNotice(world: ZapiWorld, instance: ZapiInstance, chat: string, revokedId: string, author: ZapiPerson | undefined): Callback {
  const reference = world.switches.revokeReference;
  const { kind, body } = notice(world, instance, chat, "REVOKE", reference === "notificationParameters" ? [revokedId] : [], author);
  return { kind, body: { ...body, ...(reference === "messageId" ? { messageId: revokedId } : {}), ...(reference === "referenceMessageId" ? { referenceMessageId: revokedId } : {}) } };
}
