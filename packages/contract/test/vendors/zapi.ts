import { fromEpochMs, type Recipient, type WebhookRequest } from "@event-messaging/core/driver";
import { startZapi, type ZapiSimulator, type ZapiSwitches } from "@event-messaging/simulator";
import { zapi } from "@event-messaging/zapi";
import { VENDOR_WORDS, type AccountUnderTest, type Fault, type Person, type RunningVendor, type ScriptedEvent, type VendorUnderTest } from "../../src/index.js";
import { ANA, BRUNO, group, lid, phone } from "./people.js";
import { about, startReceiver } from "./receiver.js";
import { actsIn } from "./shown.js";

const CLIENT_TOKEN = "canary-client-token-31f7";
const ACCOUNTS = {
  first: { id: "FIRST0000000000000000000000000001", token: "canary-token-first-4e1c", secret: "canary-url-secret-first-60d9", phone: "551133334444", lid: "88000000000001@lid" },
  second: { id: "SECOND000000000000000000000000002", token: "canary-token-second-b2a8", secret: "canary-url-secret-second-17fe", phone: "551133335555", lid: "88000000000002@lid" },
} as const;
type Name = keyof typeof ACCOUNTS;

const GROUPS = [["120363400000000555-group", "120363400000000555@g.us"], ["120363400000000556-group", "120363400000000556@g.us"], ["351960000123-1612345678", "351960000123-1612345678@g.us"]] as const;

/** Z-API, simulated: every reading of its undocumented times, and what else accounts differ in. */
export const zapiUnderTest: VendorUnderTest = {
  definition: zapi,
  configurations: {
    "wall clock of Brazil": () => start({ dateTime: "wallclock-default-br" }, { dateTimeMode: "wallclock-default-br" }),
    "wall clock of UTC": () => start({ dateTime: "wallclock-default-utc" }, { dateTimeMode: "wallclock-default-utc" }),
    "instant": () => start({ dateTime: "instant" }, { dateTimeMode: "instant" }),
    "shift": () => start({ dateTime: "shift" }, { dateTimeMode: "shift" }),
    "times not known, direct chats tried": () => start({ directEvents: "try", directPolls: "try" }, { nonGroupEvent: "delivered", pollTargets: "any", personForm: "lid", placeholder: "then-real", sendAnswerId: "absent" }),
    "Brazilian digits, callbacks odd": () => start({ dateTime: "wallclock-default-br", createTimeZone: "UTC-3", directEvents: "try", directPolls: "try" }, { nonGroupEvent: "delivered", pollTargets: "any", zeroOffset: "ignored", receivedType: "ReceivedCallBack", momentKey: "moment", participantLid: "absent", noQuote: "null", noJoinLink: "absent", editedEventId: "edit" }),
  },
};

async function start(options: object, switches: Partial<ZapiSwitches>): Promise<RunningVendor> {
  const receiver = await startReceiver();
  const participants = [ANA, BRUNO].map(({ phone: number, lid: hidden, name }) => ({ phone: number.slice(1), lid: hidden, name }));
  const vendor = await startZapi({
    clockFactor: 0, switches, clientToken: CLIENT_TOKEN,
    instances: (["first", "second"] as const).map((name) => ({
      id: ACCOUNTS[name].id, token: ACCOUNTS[name].token, phone: ACCOUNTS[name].phone, lid: ACCOUNTS[name].lid, notifySentByMe: true,
      webhooks: `${receiver.url}/${name}/${ACCOUNTS[name].secret}`, contacts: participants, groups: GROUPS.map(([id]) => ({ phone: id, name: "Everybody", participants })),
    })),
  });

  const account = (name: Name): AccountUnderTest => {
    const { id, token, secret } = ACCOUNTS[name];
    const config = { instance: id, baseUrl: vendor.url, webhookSecrets: [secret], ...options };
    return {
      config: { ...config, token, clientToken: CLIENT_TOKEN },
      secrets: [token, CLIENT_TOKEN, secret],
      wrongConfig: { ...config, token, clientToken: "canary-wrong-client-token-9c" },
      script: (event) => script(vendor, id, event, () => receiver.taken(name)),
      sign: async (body) => ({ method: "POST", tail: [secret], headers: new Map([["content-type", "application/json"], ["z-api-token", token]]), body, receivedAt: fromEpochMs(Date.now()) }),
      async setReady(ready) {
        vendor.setConnection(id, ready ? "connected" : "lost");
        await vendor.flush();
      },
    };
  };
  return {
    ...account("first"),
    second: account("second"),
    people: [ANA, BRUNO],
    recipients: { direct: [ANA.phone, BRUNO.phone, phone("+5511987650001"), phone("+551187650002"), ANA.lid], group: GROUPS.map(([, id]) => group(id)) },
    spellings: [
      { text: "351960000123", means: phone("+351960000123") }, { text: "551187650002", means: phone("+551187650002") }, { text: "271000000000077@lid", means: lid("271000000000077@lid") },
      ...GROUPS.map(([text, means]) => ({ text, means: group(means) })), { text: "120363166555745933@newsletter" }, { text: "5544999999999-broadcast" }, { text: "351960000123@c.us" },
    ],
    placeholders: true,
    async journal() {
      await vendor.flush();
      return actsIn(vendor.journal.entries(), (id) => (id === ACCOUNTS.first.id ? "first" : "second"), chatOf);
    },
    requests: async () => vendor.journal.count("request.received"),
    failNext: async (fault: Fault) => vendor.faults.add(fault === "vendor-words" ? { fault: "answer", status: 400, body: { error: VENDOR_WORDS, message: VENDOR_WORDS } } : { fault }),
    async stop() {
      await vendor.stop();
      await receiver.stop();
    },
  };
}

async function script(vendor: ZapiSimulator, account: string, event: ScriptedEvent, taken: () => readonly WebhookRequest[]): Promise<readonly WebhookRequest[]> {
  await vendor.flush();
  const before = taken().length;
  const guest = ({ phone: number, lid: hidden, name }: Person) => ({ phone: number.slice(1), lid: hidden.slice(0, -"@lid".length), name });
  const chat = "chat" in event ? wireChat(event.chat) : "";
  switch (event.type) {
    case "rsvp":
      await vendor.answer({ account, chat, guest: guest(event.by), target: event.target, response: event.response, ...(event.as && { as: event.as }), ...(event.twice && { twice: true }) });
      break;
    case "rsvp.cleared": await vendor.answer({ account, chat, guest: guest(event.by), target: event.target, response: "UNKNOWN" }); break;
    case "rsvp.unrecognized": await vendor.answer({ account, chat, guest: guest(event.by), target: event.target, response: event.word }); break;
    case "rsvp.unreadable": await vendor.answer({ account, chat, guest: guest(event.by), target: event.target, response: "GOING", undecryptable: true }); break;
    case "vote": await vendor.answer({ account, chat, guest: guest(event.by), target: event.target, vote: event.labels }); break;
    case "text": await vendor.answer({ account, chat, guest: guest(event.by), text: event.text, ...(event.quotes === undefined ? { unquoted: true } : { target: event.quotes }) }); break;
    case "member-event": await vendor.memberEvent({ account, chat, guest: guest(event.by), title: event.title, startsAtMs: Date.parse(event.startsAt) }); break;
    // The vendor tells of these by itself when it hands a message over.
    case "echo": return about(taken(), event.target).filter(({ body }) => new TextDecoder().decode(body).includes('"event":'));
    case "delivered": return about(taken(), event.target).filter(({ body }) => /DeliveryCallback|MessageStatusCallback/.test(new TextDecoder().decode(body)));
    case "read": await vendor.answer({ account, chat, guest: guest(event.by), target: event.target, ack: 3 }); break;
    case "failed":
      await vendor.callback(account, "delivery", { type: "DeliveryCallback", instanceId: account, phone: chat, zaapId: "019E2B7C4D5A7F10B2C3D4E5F6A70819", messageId: event.target, momment: Date.now(), error: "Timeout on send message" });
      break;
    case "revoked": await vendor.answer({ account, chat, guest: guest(event.by), revokeOf: event.target }); break;
    case "status": vendor.setConnection(account, event.ready ? "connected" : "lost"); break;
    case "noise": await vendor.callback(account, "received", { type: "CallbackOfALaterVersion", instanceId: account, momment: Date.now(), something: { new: true } }); break;
  }
  await vendor.flush();
  const came = taken().slice(before);
  return event.type === "status" && came.length === 0 ? statusOf(vendor, account, event.ready, taken) : came;
}

/** An account that is connected already says nothing more; it is disconnected first. */
async function statusOf(vendor: ZapiSimulator, account: string, ready: boolean, taken: () => readonly WebhookRequest[]): Promise<readonly WebhookRequest[]> {
  vendor.setConnection(account, ready ? "lost" : "connected");
  await vendor.flush();
  const before = taken().length;
  vendor.setConnection(account, ready ? "connected" : "lost");
  await vendor.flush();
  return taken().slice(before);
}

function wireChat(recipient: Recipient): string {
  const known = GROUPS.find(([, id]) => id === recipient);
  return known?.[0] ?? (recipient.startsWith("+") ? recipient.slice(1) : recipient);
}

function chatOf(chat: string): Recipient | undefined {
  const known = GROUPS.find(([id]) => id === chat);
  if (known !== undefined) return group(known[1]);
  return chat.endsWith("@lid") ? lid(chat) : /^\d{7,15}$/.test(chat) ? phone(`+${chat}`) : undefined;
}
