import { createHmac } from "node:crypto";
import { fromEpochMs, type Recipient, type WebhookRequest } from "@event-messaging/core/driver";
import { startWaha, type WahaSimulator, type WahaSwitches } from "@event-messaging/simulator";
import { waha } from "@event-messaging/waha";
import { VENDOR_WORDS, type AccountUnderTest, type Fault, type Person, type RunningVendor, type ScriptedEvent, type VendorUnderTest } from "../../src/index.js";
import { ANA, BRUNO, group, lid, phone } from "./people.js";
import { about, startReceiver } from "./receiver.js";
import { actsIn } from "./shown.js";

const API_KEY = "canary-waha-api-key-90ab";
const ACCOUNTS = {
  first: { session: "first-session", hmacKey: "canary hmac key of the first", secret: "canary-path-secret-first-7d", phone: "351910000777", lid: "88000000000001" },
  second: { session: "second-session", hmacKey: "canary hmac key of the second", secret: "canary-path-secret-second-2f", phone: "351910000888", lid: "88000000000002" },
} as const;
const GROUPS = [group("120363400000000555@g.us"), group("120363400000000556@g.us"), group("351960000123-1612345678@g.us")];
type Name = keyof typeof ACCOUNTS;

/** WAHA, simulated: the engine with events on a new and on an old server, what spells people differently, and engines without events. */
export const wahaUnderTest: VendorUnderTest = {
  definition: waha,
  configurations: {
    "GOWS, strict (2026.7.1)": () => start({ mode: "strict" }),
    "GOWS, legacy (2025.11.3)": () => start({ mode: "legacy" }),
    "GOWS, other spellings (2026.4.3)": () => start({ mode: "strict", version: "2026.4.3", directAddressing: "lid", groupAddressing: "phone", creationKeyFromMe: "present", creationKeyView: "own", senderAlt: "absent", sentAnswer: "whole-message", echo: "before", clearedVote: "empty", pollId: "lid-chat" }),
    "GOWS, secret in the URL": () => start({ mode: "strict" }, true),
    "NOWEB (2026.7.1): no events": () => start({ mode: "strict", engine: "NOWEB" }),
    "WEBJS (2025.11.3): no events, no polls": () => start({ mode: "legacy", engine: "WEBJS" }),
  },
};

async function start(switches: Partial<WahaSwitches>, secretInUrl = false): Promise<RunningVendor> {
  const receiver = await startReceiver();
  const vendor = await startWaha({
    clockFactor: 0, apiKey: API_KEY, switches,
    sessions: (["first", "second"] as const).map((name) => ({
      name: ACCOUNTS[name].session, phone: ACCOUNTS[name].phone, lid: ACCOUNTS[name].lid,
      lids: [ANA, BRUNO].map((person) => ({ lid: person.lid.slice(0, -"@lid".length), pn: person.phone.slice(1) })),
      groups: GROUPS.map((id) => ({ id, name: "Everybody" })),
      config: { ...(switches.engine === "NOWEB" && { noweb: { store: { enabled: true, fullSync: false } } }), webhooks: [{ url: `${receiver.url}/${name}${secretInUrl ? `/${ACCOUNTS[name].secret}` : ""}`, events: ["*"], hmac: { key: ACCOUNTS[name].hmacKey } }] },
    })),
  });
  const account = (name: Name): AccountUnderTest => {
    const { session, hmacKey, secret } = ACCOUNTS[name];
    const config = { baseUrl: vendor.url, session, hmacKey, ...(secretInUrl && { webhookSecrets: [secret] }) };
    return {
      config: { ...config, apiKey: API_KEY },
      secrets: [API_KEY, hmacKey, ...(secretInUrl ? [secret] : [])],
      wrongConfig: { ...config, apiKey: "canary-wrong-waha-key-08ee" },
      script: (event) => script(vendor, session, event, () => receiver.taken(name)),
      sign: async (body) => ({
        method: "POST", tail: secretInUrl ? [secret] : [], body, receivedAt: fromEpochMs(Date.now()),
        headers: new Map([["content-type", "application/json"], ["x-webhook-hmac-algorithm", "sha512"], ["x-webhook-hmac", createHmac("sha512", hmacKey).update(body).digest("hex")]]),
      }),
      async setReady(ready) {
        vendor.putSession({ name: session, status: ready ? "WORKING" : "SCAN_QR_CODE" });
        await vendor.flush();
      },
    };
  };
  return {
    ...account("first"),
    second: account("second"),
    people: [ANA, BRUNO],
    recipients: { direct: [ANA.phone, BRUNO.phone, phone("+5511987650001"), phone("+551187650002"), ANA.lid], group: GROUPS },
    spellings: [
      { text: "351960000123@c.us", means: phone("+351960000123") }, { text: "351960000123:7@s.whatsapp.net", means: phone("+351960000123") }, { text: "271000000000077@lid", means: lid("271000000000077@lid") },
      { text: "271000000000077:3@lid", means: lid("271000000000077@lid") }, { text: "120363400000000555@g.us", means: group("120363400000000555@g.us") },
      { text: "120363166555745933@newsletter" }, { text: "status@broadcast" }, { text: "351960000123", means: phone("+351960000123") },
    ],
    placeholders: false,
    async journal() {
      await vendor.flush();
      return actsIn(vendor.journal.entries(), (id) => (id === ACCOUNTS.first.session ? "first" : "second"), chatOf);
    },
    requests: async () => vendor.journal.count("request.received"),
    failNext: async (fault: Fault) => vendor.faults.add(fault === "vendor-words" ? { fault: "answer", status: 422, body: { error: VENDOR_WORDS, message: VENDOR_WORDS, statusCode: 422 } } : { fault }),
    async stop() {
      await vendor.stop();
      await receiver.stop();
    },
  };
}

async function script(vendor: WahaSimulator, account: string, event: ScriptedEvent, taken: () => readonly WebhookRequest[]): Promise<readonly WebhookRequest[]> {
  await vendor.flush();
  const before = taken().length;
  const guest = ({ phone: number, lid: hidden, name }: Person) => ({ phone: number.slice(1), lid: hidden.slice(0, -"@lid".length), name });
  const chat = "chat" in event ? wireChat(event.chat) : "";
  switch (event.type) {
    case "rsvp":
      await vendor.answer({ account, chat, guest: guest(event.by), target: event.target, response: event.response, ...(event.as && { as: event.as }), ...(event.twice && { twice: true }), ...(event.extraGuests !== undefined && { extraGuests: event.extraGuests }) });
      break;
    case "rsvp.cleared": await vendor.answer({ account, chat, guest: guest(event.by), target: event.target, response: "UNKNOWN" }); break;
    case "rsvp.unrecognized": await vendor.answer({ account, chat, guest: guest(event.by), target: event.target, response: event.word }); break;
    case "rsvp.unreadable": await vendor.answer({ account, chat, guest: guest(event.by), target: event.target, response: "GOING", undecryptable: true }); break;
    case "vote": await vendor.answer({ account, chat, guest: guest(event.by), target: event.target, vote: event.labels }); break;
    case "text": await vendor.answer({ account, chat, guest: guest(event.by), text: event.text, ...(event.quotes === undefined ? { unquoted: true } : { target: event.quotes }) }).catch(() => quoteOfNobody(vendor, account, event)); break;
    case "member-event": await vendor.memberEvent({ account, chat, guest: guest(event.by), title: event.title, startsAtMs: Date.parse(event.startsAt) }); break;
    // The server tells of these by itself after a send.
    case "echo": return ofKind(about(taken(), event.target), /"message\.any"/);
    case "delivered": return ofKind(about(taken(), event.target), /"message\.ack"/);
    case "read": await vendor.answer({ account, chat, guest: guest(event.by), target: event.target, ack: 3 }); break;
    case "failed": await vendor.answer({ account, chat, guest: guest(event.by), target: event.target, ack: -1 }); break;
    case "revoked": return revoked(vendor, account, event.target, taken);
    case "status": vendor.putSession({ name: account, status: event.ready ? "WORKING" : "SCAN_QR_CODE" }); break;
    case "noise": await vendor.webhook(account, "presence.update", { id: "351960000123@c.us", presences: [] }); break;
  }
  await vendor.flush();
  return taken().slice(before);
}

const ofKind = (deliveries: readonly WebhookRequest[], kind: RegExp) => deliveries.filter(({ body }) => kind.test(new TextDecoder().decode(body)));

/** The simulator quotes only what it knows. */
async function quoteOfNobody(vendor: WahaSimulator, account: string, { chat, by, text }: Extract<ScriptedEvent, { readonly type: "text" }>): Promise<void> {
  await vendor.answer({ account, chat: wireChat(chat), guest: { phone: by.phone.slice(1), name: by.name }, text, unquoted: true });
}

/** The owner deletes the card on his own phone. Shape: WAHA docs, how-to/events, message.revoked. */
async function revoked(vendor: WahaSimulator, account: string, target: string, taken: () => readonly WebhookRequest[]): Promise<readonly WebhookRequest[]> {
  const before = taken().length;
  const chat = "351960000123@c.us";
  const after = { id: `true_${chat}_3EB0DEADBEEF00000001`, timestamp: Math.floor(Date.now() / 1000), from: chat, fromMe: true, to: null, participant: null, hasMedia: false };
  await vendor.webhook(account, "message.revoked", { after, before: null, revokedMessageId: target, _data: {} });
  await vendor.flush();
  return taken().slice(before);
}

function wireChat(recipient: Recipient): string {
  return recipient.startsWith("+") ? `${recipient.slice(1)}@c.us` : recipient;
}

function chatOf(chat: string): Recipient | undefined {
  if (chat.endsWith("@g.us")) return group(chat);
  if (chat.endsWith("@lid")) return lid(chat);
  return /^\d{7,15}@c\.us$/.test(chat) ? phone(`+${chat.slice(0, -"@c.us".length)}`) : undefined;
}
