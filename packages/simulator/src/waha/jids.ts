/** The parts of a WAHA message id `{fromMe}_{chat}_{id}[_{participant}]`. */
export interface MessageKey {
  readonly fromMe: boolean;
  readonly chat: string;
  readonly id: string;
  readonly participant?: string | undefined;
}

const KEPT = ["@g.us", "@broadcast", "@newsletter", "@lid", "@meta.ai"];

/** `chatId` of a request as the engine gets it: no `@` means a phone; nothing is cleaned. */
export const engineJid = (chatId: string): string => {
  if (!chatId.includes("@")) return `${chatId}@s.whatsapp.net`;
  if (KEPT.some((suffix) => chatId.includes(suffix))) return chatId;
  return `${chatId.split("@")[0] ?? ""}@s.whatsapp.net`;
};

/** The API's spelling of an engine JID: no device number, `@c.us` for phones. */
export const chatIdOf = (jid: string): string => {
  const [user = "", server = ""] = jid.split("@");
  return `${user.split(":")[0] ?? ""}@${server === "s.whatsapp.net" ? "c.us" : server}`;
};

export const isGroup = (chat: string): boolean => chat.endsWith("@g.us");
export const isLid = (chat: string): boolean => chat.endsWith("@lid");

export const serialised = ({ fromMe, chat, id, participant }: MessageKey): string => `${String(fromMe)}_${chat}_${id}${participant === undefined ? "" : `_${participant}`}`;

/** Undefined unless there are exactly three or four parts; anything but `true` in the first counts as false. */
export const parseKey = (value: string): MessageKey | undefined => {
  const [fromMe, chat, id, participant, ...more] = value.split("_");
  if (chat === undefined || id === undefined || more.length > 0) return undefined;
  return { fromMe: fromMe === "true", chat, id, participant };
};

export const BAD_KEY = "Message id be in format false_11111111111@c.us_AAAAAAAAAAAAAAAAAAAA[_participant]";

/** The Brazilian mobile numbers that WhatsApp knows without their ninth digit. */
export const withoutNinthDigit = (jid: string): string => jid.replace(/^(55\d{2})9(\d{8})(?=@)/, "$1$2");
