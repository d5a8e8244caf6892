import { isGroupId, isLid, isPhone, messageId, toEpochMs, type Call, type ContactFound, type FindSentQuery, type FindSentResult, type HttpResponse, type Lid, type MessagingError, type Phone, type SentMessage } from "@event-messaging/core/driver";
import type { Exchange } from "./exchange.js";
import { recipientFromVendor, samePhone } from "./recipient.js";
import { errorText, readPhoneExists, readQueuePage, readStatus, value, type QueuedItem } from "./wire.js";

/** What the look-ups need of the open account. `refuse` makes the error for an answer that is no success. */
export interface Desk {
  readonly exchange: Exchange;
  readonly refuse: (response: HttpResponse, path: string, reads: boolean) => MessagingError;
}

/** 1000 messages at most wait while disconnected, 30 come in a page. Z-API docs: queue/introduction, queue/post-queue. */
const PAGE_SIZE = 30;
const MOST_PAGES = 50;

/** Everything that waits in the account's queue. */
async function queueOf({ exchange, refuse }: Desk, call: Call): Promise<readonly QueuedItem[]> {
  const found: QueuedItem[] = [];
  let pagingState: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const response = await exchange({ method: "POST", path: "queue", reads: true, json: { pageSize: PAGE_SIZE, ...(pagingState !== undefined && { pagingState }) } }, call);
    const { readable, items, next } = readQueuePage(response.json);
    if (response.status !== 200 || !readable) throw refuse(response, "queue", true);
    found.push(...items);
    if (next === undefined || next === pagingState) return found;
    pagingState = next;
  }
  return found;
}

/**
 * Looks for a send of unknown outcome where it can still be found: in the queue. The chat must be the same, the message
 * created since, and its text be the title. Never conclusive: what has left the queue is listed nowhere.
 */
export async function findSent(desk: Desk, { to, details, since }: FindSentQuery, call: Call): Promise<FindSentResult> {
  const matches = (await queueOf(desk, call)).flatMap(({ zaapId, messageId: given, chat, created, message }) => {
    const id = messageId(given);
    const isOurs = id !== undefined && isSameChat(chat, to) && created !== undefined && created >= toEpochMs(since) && isTitled(message, details.title);
    return isOurs ? [{ messageId: id, vendorIds: { ...(zaapId && { zaapId }), messageId: id } }] : [];
  });
  return { matches, conclusive: false };
}

function isSameChat(chat: string | undefined, to: FindSentQuery["to"]): boolean {
  const seen = recipientFromVendor(chat ?? "");
  return seen !== undefined && (seen === to || (!isGroupId(to) && isPhone(seen) && isPhone(to) && samePhone(seen, to)));
}

/** The queue shows a message as text or as an object. The title must be the text, or one of its values: a text that only speaks of the event is another message. */
function isTitled(message: unknown, title: string): boolean {
  if (message === title) return true;
  if (typeof message === "string") return message.startsWith("{") && isTitled(parsed(message), title);
  return typeof message === "object" && message !== null && Object.values(message).some((part) => isTitled(part, title));
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Takes a message out of the queue by its `zaapId`. `too-late`: it is not in the queue (any more). `withdrawn` needs proof
 * that it did not leave meanwhile: the vendor says `value: true`, or the account was not
 * connected before and after. Z-API docs: queue/delete-queue.
 */
export async function withdraw(desk: Desk, sent: SentMessage, call: Call): Promise<"withdrawn" | "too-late" | "unknown"> {
  const isSent = ({ zaapId, messageId: id }: QueuedItem) => zaapId === sent.vendorIds.zaapId || id === sent.id;
  const zaapId = (await queueOf(desk, call)).find((item) => item.zaapId !== undefined && isSent(item))?.zaapId;
  if (zaapId === undefined) return "too-late";
  const wasConnected = await isConnected(desk, call);
  const response = await desk.exchange({ method: "DELETE", path: "queue/{zaapId}", params: { zaapId } }, call);
  if (response.status < 200 || response.status > 299 || errorText(response.json) !== undefined) throw desk.refuse(response, "queue/{zaapId}", false);
  if (value(response.json) === true) return "withdrawn";
  const isGone = !(await queueOf(desk, call)).some(isSent);
  return isGone && wasConnected === false && (await isConnected(desk, call)) === false ? "withdrawn" : "unknown";
}

async function isConnected({ exchange }: Desk, call: Call): Promise<boolean | undefined> {
  return readStatus((await exchange({ method: "GET", path: "status" }, call)).json).connected;
}

/**
 * Is a number on WhatsApp, as which number, and under which LID? A LID cannot be looked up by design, so it is returned as it is.
 * Z-API docs: contacts/get-iswhatsapp, tips/lid.
 */
export async function resolveContact({ exchange, refuse }: Desk, contact: Phone | Lid, call: Call): Promise<ContactFound> {
  if (isLid(contact)) return { exists: "unknown", guest: { lid: contact } };
  const response = await exchange({ method: "GET", path: "phone-exists/{phone}", params: { phone: contact.slice(1) } }, call);
  if (response.status !== 200 || errorText(response.json) !== undefined) throw refuse(response, "phone-exists/{phone}", true);
  const { exists, phone, lid } = readPhoneExists(response.json);
  if (exists !== true) return { exists: exists ?? "unknown", guest: { phone: contact } };
  const canonical = recipientFromVendor(phone ?? "");
  return { exists, guest: { phone: canonical !== undefined && isPhone(canonical) ? canonical : contact, ...(lid !== undefined && isLid(lid) && { lid }) } };
}
