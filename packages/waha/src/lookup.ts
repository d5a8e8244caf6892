import { isLid, toEpochSeconds, type ContactFound, type FindSentQuery, type FindSentResult, type InvitationDetails, type Lid, type Method, type Phone } from "@event-messaging/core/driver";
import type { OpenConfig } from "./config.js";
import { authorOf, detailsOf, guestOf } from "./decode.js";
import { settled, type Ask, type SessionRuntime } from "./exchange.js";
import { readMessageId, toChatId } from "./recipient.js";
import { at, flag, readMe, readMessage, record, text } from "./wire.js";

const MESSAGES = "/api/{session}/chats/{chatId}/messages";
const EXISTS = "/api/contacts/check-exists";
const LID = "/api/{session}/lids/{lid}";
const LID_OF = "/api/{session}/lids/pn/{phoneNumber}";
/** How far WhatsApp's clock may be behind ours. */
const SKEW_SECONDS = 120;
const LIMIT = "100";

/** What can be read back: sent events, and who is who. Reads only. */
export function lookupOperations(ask: Ask, { session }: OpenConfig, runtime: SessionRuntime): { readonly findSent: Method<"findSent">; readonly resolveContact: Method<"resolveContact"> } {
  const lidOf = async (phone: Phone, call: Parameters<Ask>[0]): Promise<string | undefined> => {
    const response = await ask(call, { method: "GET", template: LID_OF, params: { session, phoneNumber: toChatId(phone) } });
    // Only a bonus to what the first answer proved, and not every engine keeps it.
    return response.status === 200 ? text(at(response.json, "lid")) : undefined;
  };
  return {
    async findSent(query, call) {
      const response = await ask(call, {
        method: "GET", template: MESSAGES, params: { session, chatId: toChatId(query.to) },
        query: { limit: LIMIT, downloadMedia: "false", sortOrder: "desc", "filter.fromMe": "true", "filter.timestamp.gte": String(toEpochSeconds(query.since) - SKEW_SECONDS) },
      });
      return settled(response, "findSent", MESSAGES, runtime, (json) => (Array.isArray(json) ? matchesIn(json, query) : undefined), true);
    },
    async resolveContact(contact, call) {
      if (isLid(contact)) {
        const response = await ask(call, { method: "GET", template: LID, params: { session, lid: contact } });
        return settled(response, "resolveContact", LID, runtime, (json) => byLid(contact, json), true);
      }
      const response = await ask(call, { method: "GET", template: EXISTS, query: { phone: contact.slice(1), session } });
      const found = settled(response, "resolveContact", EXISTS, runtime, byPhone, true);
      if (found.exists !== true || found.guest.phone === undefined || found.guest.lid !== undefined) return found;
      const lid = await lidOf(found.guest.phone, call);
      return { ...found, guest: { ...found.guest, ...guestOf([lid]) } };
    },
  };
}

/**
 * Own events that say the same. Never conclusive: the engine may still be sending, and a session may keep no messages.
 * Source: WAHA docs, how-to/chats.
 */
function matchesIn(messages: readonly unknown[], { details }: FindSentQuery): FindSentResult {
  const matches = messages.flatMap((each) => {
    const message = readMessage(each);
    const shown = detailsOf(message);
    const parts = readMessageId(message.id);
    if (shown === undefined || parts === undefined || !saysTheSame(shown.details, details)) return [];
    if (!authorOf(message, readMe(undefined)).self) return [];
    return [{ messageId: parts.bare, vendorIds: { id: String(message.id) } }];
  });
  return { matches, conclusive: false };
}

function saysTheSame(shown: InvitationDetails, sent: InvitationDetails): boolean {
  return shown.title === sent.title && shown.startsAt === sent.startsAt && shown.endsAt === sent.endsAt && shown.location?.name === sent.location?.name;
}

/** `check-exists`: the chat that it names is right, a Brazilian ninth digit included. Source: WAHA docs, how-to/contacts. */
function byPhone(json: unknown): ContactFound | undefined {
  const exists = flag(at(json, "numberExists"));
  return exists === undefined ? undefined : { exists, guest: exists ? guestOf([text(at(json, "chatId"))]) : {} };
}

/** A LID that the engine has not met has no phone number: normal, and it may resolve later. */
function byLid(lid: Lid, json: unknown): ContactFound | undefined {
  if (record(json) === undefined) return undefined;
  const phone = text(at(json, "pn"));
  return { exists: phone === undefined ? "unknown" : true, guest: guestOf([lid, phone]) };
}
