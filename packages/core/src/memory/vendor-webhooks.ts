import { fromEpochMs, isRecipient, type WebhookRequest } from "../driver/index.js";
import { recipientToVendor } from "./recipient.js";
import { bare, type MemoryWorld } from "./vendor-world.js";
import { sign } from "./webhook.js";
import { SIGNATURE_HEADER, type WireCard, type WireEventType, type WireObject, type WirePerson } from "./wire.js";

/** One delivery: as a codec takes it, or with a path before the tail as a receiver does. `url` is where the line wants it. */
export interface MemoryDelivery extends WebhookRequest {
  readonly url: string;
}

interface ByGuest {
  /** Id of the message that it is about. */
  readonly target: string;
  /** `+<E.164>` or `<id>@lid`: the id that the vendor shows of the guest. */
  readonly by: string;
  readonly name?: string | undefined;
}

/** Something that happens in the chats of a line, and that its vendor tells of. */
export type MemoryHappening =
  /** `response` is the vendor's word: `yes`, `no`, `perhaps`, `none`, or one of a later version. `message` repeats an earlier one's id. */
  | ByGuest & { readonly type: "answer"; readonly response: string; readonly extraGuests?: number | undefined; readonly message?: string | undefined; readonly guestAt?: Date | undefined; readonly fromSelf?: boolean | undefined }
  | ByGuest & { readonly type: "answer_unreadable"; readonly mayFollow?: boolean | undefined; readonly message?: string | undefined }
  | ByGuest & { readonly type: "vote"; readonly labels: readonly string[] }
  | { readonly type: "text"; readonly by: string; readonly text: string; readonly chat?: string | undefined; readonly quotes?: string | undefined; readonly name?: string | undefined }
  /** The line sees its own card, as it stands. */
  | { readonly type: "echo"; readonly target: string }
  /** A member of a chat makes an event. */
  | { readonly type: "member-event"; readonly chat: string; readonly by: string; readonly card: WireCard }
  | { readonly type: "card_arrived"; readonly target: string; readonly at: "whatsapp" | "device"; readonly by?: string | undefined }
  | { readonly type: "card_read"; readonly target: string; readonly by?: string | undefined }
  | { readonly type: "card_failed"; readonly target: string; readonly done: "nothing" | "unsure" }
  | { readonly type: "card_revoked"; readonly target: string }
  | { readonly type: "line_status"; readonly status: "ready" | "not-ready" }
  /** Ordinary chat, and something that no version knows. */
  | { readonly type: "picture" | "noise"; readonly by: string };

interface Told {
  readonly type: string;
  readonly subscription: WireEventType;
  readonly json: WireObject;
}

/** What a line's vendor posts when something happens: one delivery, or none when the line has not subscribed to its kind. */
export function tell(world: MemoryWorld, line: string, happening: MemoryHappening, signingKey: string): readonly MemoryDelivery[] {
  const { webhooks } = world.line(line);
  const { type, subscription, json } = told(world, line, happening);
  if (!webhooks.types.includes(subscription)) return [];
  const now = world.now();
  const body = new TextEncoder().encode(JSON.stringify({ id: `delivery-${world.nextId()}`, type, line, at_ms: now, ...json }));
  const headers = new Map([["content-type", "application/json"], [SIGNATURE_HEADER, sign(body, signingKey)]]);
  return [{ url: webhooks.url, method: "POST", tail: [], headers, body, receivedAt: fromEpochMs(now) }];
}

function told(world: MemoryWorld, line: string, happening: MemoryHappening): Told {
  const { type } = happening;
  switch (type) {
    case "answer": return plain(type, {
      message: happening.message ?? world.nextId(), about: happening.target, person: person(happening.by, happening.name), answer: happening.response,
      plus: happening.extraGuests, guest_at_ms: happening.guestAt?.getTime(), from_self: happening.fromSelf,
    });
    case "answer_unreadable": return plain(type, { message: happening.message ?? world.nextId(), about: happening.target, person: person(happening.by, happening.name), may_follow: happening.mayFollow });
    case "vote": return plain(type, { message: happening.target, about: happening.target, person: person(happening.by, happening.name), labels: happening.labels });
    case "text": return plain(type, { message: world.nextId(), about: happening.quotes, chat: chatOf(happening.chat ?? happening.by), person: person(happening.by, happening.name), text: happening.text });
    case "echo": {
      const message = world.message(happening.target);
      return plain("card_seen", { message: happening.target, about: happening.target, chat: message?.chat, card: message?.card, own: message?.own, canceled: message?.canceled });
    }
    case "member-event": {
      const { id, chat, card } = world.memberCard(line, chatOf(happening.chat), happening.card);
      return plain("card_seen", { message: id, about: id, chat, card, own: false, person: person(happening.by, undefined) });
    }
    case "card_arrived": return plain(type, { message: happening.target, about: happening.target, at: happening.at, person: happening.by && person(happening.by, undefined) });
    case "card_read": return plain(type, { message: happening.target, about: happening.target, person: happening.by && person(happening.by, undefined) });
    case "card_failed": return plain(type, { message: happening.target, about: happening.target, done: happening.done });
    case "card_revoked": return plain(type, { message: happening.target, about: happening.target });
    case "line_status": {
      world.line(line).ready = happening.status === "ready";
      return plain(type, { status: happening.status });
    }
    case "picture":
    case "noise": return { type, subscription: "text", json: { message: world.nextId(), chat: chatOf(happening.by), person: person(happening.by, undefined) } };
  }
}

function plain(type: WireEventType, json: WireObject): Told {
  return { type, subscription: type, json };
}

function person(id: string, name: string | undefined): WirePerson {
  return bare({ ...(id.endsWith("@lid") ? { lid: id } : { phone: id }), ...(name !== undefined && { name }) });
}

/** @throws TypeError when the text is no recipient: a mistake of the test that makes it happen. */
function chatOf(text: string): string {
  if (!isRecipient(text)) throw new TypeError("a chat or guest must be \"+<E.164>\", \"<id>@g.us\" or \"<id>@lid\"");
  return recipientToVendor(text);
}
