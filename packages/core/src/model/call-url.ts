import type { Brand } from "./brand.js";

/** A link that WhatsApp clients accept as a call. Any other link makes them drop the whole invitation. */
export type CallUrl = Brand<string, "CallUrl">;
/** A call that the vendor creates (`voice`, `video`), or a call link that exists already. */
export type CallLink = "voice" | "video" | CallUrl;

/**
 * Would a WhatsApp client accept this join link? Accepted are `https://call.whatsapp.com/(voice|video)/<token>`,
 * `whatsapp://call/(voice|video)/<token>`, and a link with `cmd=call_link`, `call_type` and `call_token`.
 * Source: the parser in WhatsApp Web's public bundle (`WAWebApiParse`).
 */
export function isCallUrl(text: string): text is CallUrl {
  // The text itself is looked at: `URL` repairs white space, backslashes, dot segments and ports, and receivers need not.
  if (text.length > 2048 || /[\s\p{Cc}\\]/u.test(text)) return false;
  if (/^(?:https:\/\/call\.whatsapp\.com|whatsapp:\/\/call)\/(?:voice|video)\/[A-Za-z0-9_-]+(?:[?#]|$)/.test(text)) return true;
  if (!/^(?:https|whatsapp):\/\/[^/?#@]*(?:[/?#]|$)/.test(text) || !URL.canParse(text)) return false;
  const query = new URL(text).searchParams;
  return query.get("cmd") === "call_link" && /^(?:voice|video)$/.test(query.get("call_type") ?? "") && (query.get("call_token") ?? "") !== "";
}
