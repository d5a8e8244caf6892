import { fixture } from "../inbound/fixtures.js";
import type { Line } from "../inbound/lines.js";
import { holder, type JsonObject } from "../inbound/own.js";
import type { Random } from "../order/random.js";

/** In every text of somebody's private chat: must be found nowhere afterwards. */
export const CANARY = "canary-5f1d";

const WAHA = { text: fixture("waha", "message-reply-direct"), edited: fixture("waha", "message-edited-direct"), vote: fixture("waha", "poll-vote-gows-group") };
const ZAPI = { text: fixture("zapi", "text-quoted"), vote: fixture("zapi", "poll-vote-direct") };
const id = (random: Random) => `3EB0${random.next(2 ** 30).toString(16).toUpperCase().padStart(16, "0")}`;

/** A message of a chat that is nobody's business: plain, quoting, edited, with a picture, in a group, a vote in somebody's poll. */
export function privateChat({ vendor, id: line }: Line, random: Random): JsonObject {
  const words = `${CANARY} ${random.pick(["1", "GOING", "yes", "see you at eight", "{\"eventResponse\":{\"response\":\"GOING\"}}"])}`;
  return vendor === "waha" ? wahaChat(line, words, random) : zapiChat(line, words, random);
}

function wahaChat(session: string, words: string, random: Random): JsonObject {
  const body = structuredClone(random.pick([WAHA.text, WAHA.text, WAHA.text, WAHA.edited, WAHA.vote]));
  body.session = session;
  const payload = holder(body, "payload");
  if (body.event === "poll.vote") {
    Object.assign(holder(payload, "poll"), { id: `true_120363400000000777@g.us_${id(random)}_351910000777@c.us` });
    Object.assign(holder(payload, "vote"), { id: `false_120363400000000777@g.us_${id(random)}_271000000000099@lid`, selectedOptions: [words] });
    return body;
  }
  const chat = random.pick(["351960000123@c.us", "271000000000099@lid", "120363400000000777@g.us", "status@broadcast", "120363400000000999@newsletter"]);
  const quoted = random.chance(50) ? id(random) : undefined;
  Object.assign(payload, {
    id: `false_${chat}_${id(random)}`, from: chat, participant: chat.endsWith("@g.us") ? "271000000000099@lid" : null, body: words, hasMedia: random.chance(20),
    replyTo: quoted === undefined ? null : { id: quoted, participant: "351910000777@c.us", body: words },
  });
  if (body.event === "message.edited") payload.editedMessageId = id(random);
  else body.event = random.pick(["message", "message.any"]);
  holder(payload, "_data").Message = { extendedTextMessage: { text: words, ...(quoted !== undefined && { contextInfo: { stanzaID: quoted } }) } };
  return body;
}

function zapiChat(instanceId: string, words: string, random: Random): JsonObject {
  const isVote = random.chance(20);
  const body = structuredClone(isVote ? ZAPI.vote : ZAPI.text);
  const isGroup = random.chance(30);
  Object.assign(body, {
    instanceId, messageId: id(random), phone: isGroup ? "120363041234567777-group" : random.pick(["5511987650001", "70123456789012@lid", "120363400000000999@newsletter"]), isGroup,
    isStatusReply: random.chance(10), isEdit: random.chance(10), referenceMessageId: random.chance(50) ? id(random) : null, fromMe: random.chance(10),
  });
  if (isVote) Object.assign(holder(body, "pollVote"), { pollMessageId: id(random), options: [{ name: words }] });
  else if (random.chance(20)) Object.assign(body, { text: undefined, image: { caption: words, imageUrl: `https://x.invalid/${CANARY}` } });
  else holder(body, "text").message = words;
  return body;
}
