import { VENDOR_WORDS, type AccountUnderTest, type Act, type Fault, type Person, type RunningVendor, type ScriptedEvent, type VendorUnderTest } from "@event-messaging/contract";
import { fromEpochMs, instant, isGroupId, isLid, isPhone, type GroupId, type Lid, type MessageId, type Phone, type Recipient } from "@event-messaging/core/driver";
import { startAcme, type AcmeSimulator, type Deed, type Face, type Happening, type Mishap } from "../simulator/index.js";
import { acme } from "../src/index.js";
import { startReceiver } from "./receiver.js";

/** Acme with its whole plan, with the smallest, and as a line that parks what is issued. */
export const acmeUnderTest: VendorUnderTest = {
  definition: acme,
  configurations: {
    "whole plan": () => start({}),
    "smallest plan": () => start({ plan: [] }),
    "parking": () => start({ parks: true }),
  },
};

const ANA: Person = { phone: phone("+351960000123"), lid: lid("271000000000011@lid"), name: "Ana" };
const BRUNO: Person = { phone: phone("+351960000124"), lid: lid("271000000000012@lid"), name: "Bruno" };
const GROUPS = [group("120363400000000555@g.us"), group("120363400000000556@g.us"), group("351960000123-1612345678@g.us")];
const LINES = {
  first: { name: "front-desk", key: "canary-key-of-the-front-desk", self: { tel: "351910000777", anon: "88000000000001" } },
  second: { name: "back-office", key: "canary-key-of-the-back-office", self: { tel: "351910000888", anon: "88000000000002" } },
} as const;
type Name = keyof typeof LINES;

async function start(switches: { readonly plan?: readonly string[]; readonly parks?: boolean }): Promise<RunningVendor> {
  const receiver = await startReceiver();
  const vendor = await startAcme({
    lines: Object.values(LINES).map((line) => ({ ...line, ...switches, hook: `${receiver.url}/${line.name}` })),
    people: [ANA, BRUNO].map(({ phone: number, lid: hidden, name }) => ({ tel: number.slice(1), anon: hidden.slice(0, -"@lid".length), shows: name })),
  });
  const account = (of: Name): AccountUnderTest => {
    const { name, key } = LINES[of];
    const config = { baseUrl: vendor.url, line: name, deliveryKeys: [vendor.deliveryKey(name)] };
    return {
      config: { ...config, key },
      secrets: [key],
      wrongConfig: { ...config, key: "canary-key-that-nobody-has" },
      async script(event) {
        const before = receiver.taken(name).length;
        await vendor.happen(name, happeningOf(event), "twice" in event && event.twice ? 2 : 1);
        return receiver.taken(name).slice(before);
      },
      sign: async (body) => ({ method: "POST", tail: [], headers: new Map(Object.entries(vendor.proofOf(name, body))), body, receivedAt: fromEpochMs(Date.now()) }),
      setReady: (ready) => vendor.happen(name, { what: "line.changed", state: ready ? "up" : "down" }),
    };
  };
  return {
    ...account("first"),
    second: account("second"),
    people: [ANA, BRUNO],
    recipients: { direct: [ANA.phone, BRUNO.phone, phone("+5511987650001"), phone("+551187650002"), ANA.lid], group: GROUPS },
    spellings: [
      { text: "tel.351960000123", means: ANA.phone }, { text: "anon.271000000000011", means: ANA.lid }, { text: "room.120363400000000555", means: group("120363400000000555@g.us") },
      { text: "room.351960000123-1612345678", means: group("351960000123-1612345678@g.us") }, { text: "feed.120363166555745933" }, { text: "351960000123" },
    ],
    placeholders: true,
    async journal() {
      await vendor.settle();
      return vendor.deeds().map(actOf).filter((act) => act !== undefined);
    },
    requests: async () => vendor.requests(),
    failNext: async (fault) => failNext(vendor, fault),
    async stop() {
      await vendor.stop();
      await receiver.stop();
    },
  };
}

const faultAnswer = (no: number, said = "") => ({ answer: { status: 200, body: JSON.stringify({ done: false, fault: { no, said, wait: 7 } }) } });
const MISHAPS: Readonly<Record<Fault, Mishap>> = {
  "refuse": faultAnswer(4220), "unauthorized": faultAnswer(4010), "rate-limited": faultAnswer(4290), "not-ready": faultAnswer(4090), "vendor-words": faultAnswer(4220, VENDOR_WORDS),
  "server-error": { answer: { status: 500, body: "" } }, "redirect": { answer: { status: 307, body: "", location: "/door" } },
  "reset-before-reading": "reset", "hang": "silence", "act-then-reset": "after-reset", "act-then-hang": "after-silence", "act-then-cut-body": "after-cut", "act-then-nonsense": "after-nonsense", "without-id": "after-anonymous",
};

function failNext(vendor: AcmeSimulator, fault: Fault): void {
  vendor.failNext(MISHAPS[fault]);
}

/** What happens, in Acme's words. */
function happeningOf(event: ScriptedEvent): Happening {
  const from = "by" in event ? somebody(event.by, "as" in event ? event.as : undefined) : {};
  const about = "target" in event ? `wa.${event.target}` : "";
  switch (event.type) {
    case "rsvp": return { what: "guest.replied", about, from, word: { GOING: "in", NOT_GOING: "out", MAYBE: "perhaps" }[event.response], companions: event.extraGuests };
    case "rsvp.cleared": return { what: "guest.replied", about, from, word: "withdrawn" };
    case "rsvp.unrecognized": return { what: "guest.replied", about, from, word: event.word };
    case "rsvp.unreadable": return { what: "guest.replied", about, from, sealed: event.mayFollow === true ? "waiting" : "lost" };
    case "vote": return { what: "guest.picked", about, from, labels: event.labels };
    case "text": return { what: "guest.wrote", chat: chatOf(event.chat), from, text: event.text, ...quoting(event.quotes) };
    case "member-event": return { what: "member.card", chat: chatOf(event.chat), from, card: { heading: event.title, begins: new Date(event.startsAt).toUTCString().replace("GMT", "+0000"), companions: 0 } };
    case "echo": return { what: "card.seen", about };
    case "delivered": return { what: "card.landed", about, from };
    case "read": return { what: "card.opened", about, from };
    case "failed": return { what: "card.bounced", about, from };
    case "revoked":
    case "noise": return { what: "weather.report" };
    case "status": return { what: "line.changed", state: event.ready ? "up" : "down" };
  }
}

function somebody({ phone: number, lid: hidden, name }: Person, as: "phone" | "lid" = "phone") {
  return { ...(as === "phone" ? { tel: number.slice(1) } : { anon: hidden.slice(0, -"@lid".length) }), shows: name };
}

function quoting(id: MessageId | undefined): { readonly quoting?: string } {
  return id === undefined ? {} : { quoting: `wa.${id}` };
}

const OPERATIONS: ReadonlyMap<string, Act["operation"]> = new Map([
  ["card.issue", "send"], ["card.revise", "update"], ["card.strike", "cancel"], ["card.reply", "respond"], ["ballot.issue", "sendPoll"], ["note.issue", "sendText"],
] as const);

/** What Acme did, in canonical terms. Nothing of the adapter goes in here: a mistake in it would hide itself. */
function actOf({ line, did, stanza, chat, about, face, struck, word, text, choices, quoting: quotes }: Deed): Act | undefined {
  const operation = OPERATIONS.get(did);
  const recipient = recipientOf(chat);
  if (operation === undefined || recipient === undefined) return undefined;
  const response = new Map([["in", "GOING"], ["out", "NOT_GOING"], ["perhaps", "MAYBE"]]).get(word ?? "");
  return {
    account: line === LINES.first.name ? "first" : "second", operation, messageId: bare(stanza), recipient, ...(about !== undefined && { target: bare(about) }),
    shown: {
      ...(face && shownOf(face)), ...(struck === true && { canceled: true }), ...(response !== undefined && { response }), ...(quotes !== undefined && { replyTo: bare(quotes) }),
      ...(text !== undefined && (operation === "sendPoll" ? { question: text } : { text })), ...(choices && { options: choices }),
    },
  };
}

function shownOf({ heading, body, venue, begins, until, dial, companions }: Face) {
  return {
    title: heading, startsAt: instant(begins), extraGuestsAllowed: companions,
    ...(body !== undefined && { description: body }), ...(venue !== undefined && { location: venue }), ...(until !== undefined && { endsAt: instant(until) }), ...(dial !== undefined && { callLink: dial }),
  };
}

const bare = (stanza: string) => stanza.replace(/^wa\./, "");

function chatOf(recipient: Recipient): string {
  if (isPhone(recipient)) return `tel.${recipient.slice(1)}`;
  return isLid(recipient) ? `anon.${recipient.replace("@lid", "")}` : `room.${recipient.replace("@g.us", "")}`;
}

function recipientOf(chat: string): Recipient | undefined {
  const [kind, id = ""] = chat.split(".");
  if (kind === "tel") return phone(`+${id}`);
  return kind === "anon" ? lid(`${id}@lid`) : kind === "room" ? group(`${id}@g.us`) : undefined;
}

function phone(text: string): Phone {
  if (isPhone(text)) return text;
  throw new TypeError(`no phone: ${text}`);
}

function lid(text: string): Lid {
  if (isLid(text)) return text;
  throw new TypeError(`no LID: ${text}`);
}

function group(text: string): GroupId {
  if (isGroupId(text)) return text;
  throw new TypeError(`no group: ${text}`);
}
