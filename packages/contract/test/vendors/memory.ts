import { createHmac } from "node:crypto";
import { fromEpochMs, fromEpochSeconds, type CapabilityEntry, type CapabilityTable, type Recipient, type WebhookRequest } from "@event-messaging/core/driver";
import { memoryProvider, memoryVendor, type MemoryAct, type MemoryAnswer, type MemoryDelivery, type MemoryHappening, type MemoryRequest, type MemoryVendor, type MemoryVendorOptions, type WireCard } from "@event-messaging/core/memory";
import { VENDOR_WORDS, type AccountUnderTest, type Act, type Fault, type RunningVendor, type ScriptedEvent, type Shown, type VendorUnderTest } from "../../src/index.js";
import { ANA, BRUNO, group, phone, lid } from "./people.js";

export interface MemoryUnderTest extends VendorUnderTest {
  /** The vendor behind the definition: for wrappers that break a provider by what they see of the exchange. */
  readonly vendor: MemoryVendor;
}

const absent = (why: string): CapabilityEntry => ({ support: "absent", why, source: "test" });
const PLAIN: CapabilityTable = {
  "field.location": absent("This line shows no places."), "field.end-time": absent("This line shows no end."), "field.call-url": absent("This line takes no links."), "field.reply-to": absent("This line does not quote."),
  "invitation.update": absent("This line cannot edit."), "invitation.cancel": { direct: absent("Not in direct chats."), group: { ...absent("In groups."), support: "native" } }, "invitation.respond": { ...absent("Nobody has tried."), support: "unknown" },
};

let lines = 0;

/** The provider in memory: with everything, with a queue, with little, and through a secret in the URL. */
export function memoryUnderTest(only: readonly string[] = ["everything", "queueing", "little", "url secret"], onAnswer: (line: string, answer: MemoryAnswer) => void = () => {}): MemoryUnderTest {
  const worlds = new Map<string, { readonly exchange: MemoryVendor["exchange"] }>();
  const idle = memoryVendor();
  const vendor: MemoryVendor = { ...idle, async exchange(request, signal) {
    const answer = await (worlds.get(request.line) ?? idle).exchange(request, signal);
    onAnswer(request.line, answer);
    return answer;
  } };
  const start = (options: MemoryVendorOptions, secretInUrl = false) => async (): Promise<RunningVendor> => {
    lines += 1;
    const names = [`line-${lines}-a`, `line-${lines}-b`] as const;
    const running = startMemory(names, options, secretInUrl);
    for (const name of names) worlds.set(name, running);
    return { ...running.vendor, stop: async () => names.forEach((name) => worlds.delete(name)) };
  };
  const all = { everything: start({}), queueing: start({ queues: true, capabilities: { "field.clear": absent("This line keeps what was written.") } }), little: start({ capabilities: PLAIN }), "url secret": start({ capabilities: { "webhook.signed": absent("Not signed.") } }, true) };
  return { definition: memoryProvider(vendor), vendor, configurations: Object.fromEntries(Object.entries(all).filter(([name]) => only.includes(name))) };
}

const API_KEY = "canary-api-key-5d1f00aa";
const PROOFS = { first: "canary-proof-first-81c2", second: "canary-proof-second-9ab4" } as const;
const GROUPS = [group("120363400000000555@g.us"), group("120363400000000556@g.us"), group("351960000123-1612345678@g.us")];
const SIGNATURE = "x-memory-signature";

function startMemory([first, second]: readonly [string, string], options: MemoryVendorOptions, secretInUrl: boolean) {
  const world = memoryVendor({ ...options, apiKey: API_KEY, groups: GROUPS.map((id) => ({ id, name: "Everybody" })), contacts: [ANA, BRUNO].map(({ phone: number, lid: hidden, name }) => ({ phone: number, lid: hidden, name })) });
  const faults: Fault[] = [];
  const targets = new Map<string, string>();
  let asked = 0;

  const exchange = async (request: MemoryRequest, signal: AbortSignal) => {
    asked += 1;
    const fault = request.path === "line.status" ? undefined : faults.shift();
    if (fault === "hang") return ended(signal);
    if (fault === "vendor-words") return { status: 422, body: JSON.stringify({ error: { reason: "refused", done: "nothing", again: "never", text: VENDOR_WORDS } }) };
    if (fault !== undefined) world.failNext(fault);
    const before = world.journal().length;
    try {
      return await world.exchange(request, signal);
    } finally {
      const about: { readonly message?: unknown } = JSON.parse(request.body);
      for (const act of world.journal().slice(before)) if (typeof about.message === "string") targets.set(act.messageId, about.message);
    }
  };
  const account = (line: string, proof: string): AccountUnderTest => {
    const signed = (delivery: WebhookRequest): WebhookRequest => secretInUrl
      ? { ...delivery, tail: [proof], headers: new Map([["content-type", "application/json"]]) }
      : { ...delivery, headers: new Map([...delivery.headers, [SIGNATURE, createHmac("sha256", proof).update(delivery.body).digest("hex")]]) };
    const proofs = secretInUrl ? { webhookSecrets: [proof] } : { signingKeys: [proof] };
    return {
      config: { line, apiKey: API_KEY, ...proofs },
      secrets: [API_KEY, proof],
      wrongConfig: { line, apiKey: "canary-wrong-key-77e0", ...proofs },
      script: async (event) => deliveries(world, line, event).map(({ url: _url, ...delivery }) => signed(delivery)),
      sign: async (body) => signed({ method: "POST", tail: [], headers: new Map([["content-type", "application/json"]]), body, receivedAt: fromEpochMs(Date.now()) }),
      setReady: async (ready) => void world.happen(line, { type: "line_status", status: ready ? "ready" : "not-ready" }),
    };
  };
  const vendor = {
    ...account(first, PROOFS.first),
    second: account(second, PROOFS.second),
    people: [ANA, BRUNO],
    recipients: { direct: [ANA.phone, BRUNO.phone, phone("+5511987650001"), phone("+551187650001"), lid("271000000000077@lid")], group: GROUPS },
    spellings: [
      { text: "person:351960000123", means: phone("+351960000123") }, { text: "hidden:271000000000077", means: lid("271000000000077@lid") },
      { text: "group:120363400000000555", means: group("120363400000000555@g.us") }, { text: "channel:120363400000000555" }, { text: "person:12:7" },
    ],
    placeholders: true,
    journal: async () => world.journal().flatMap((act) => toAct(act, act.line === first ? "first" : "second", targets.get(act.messageId))),
    requests: async () => asked,
    failNext: async (fault: Fault) => void faults.push(fault),
  } satisfies Omit<RunningVendor, "stop">;
  return { exchange, vendor };
}

function ended(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener("abort", () => reject(new Error("the caller ended the exchange")), { once: true }));
}

/** What happens in the vendor's own words. */
function deliveries(world: MemoryVendor, line: string, event: ScriptedEvent): readonly MemoryDelivery[] {
  const happen = (happening: MemoryHappening) => world.happen(line, happening);
  switch (event.type) {
    case "rsvp": {
      const by = event.as === "lid" ? event.by.lid : event.by.phone;
      const first = happen({ type: "answer", target: event.target, by, response: { GOING: "yes", NOT_GOING: "no", MAYBE: "perhaps" }[event.response], extraGuests: event.extraGuests });
      const message = first.map(({ body }) => (JSON.parse(new TextDecoder().decode(body)) as { readonly message: string }).message)[0];
      return event.twice ? [...first, ...happen({ type: "answer", target: event.target, by, response: { GOING: "yes", NOT_GOING: "no", MAYBE: "perhaps" }[event.response], extraGuests: event.extraGuests, message })] : first;
    }
    case "rsvp.cleared": return happen({ type: "answer", target: event.target, by: event.by.phone, response: "none" });
    case "rsvp.unrecognized": return happen({ type: "answer", target: event.target, by: event.by.phone, response: event.word });
    case "rsvp.unreadable": return happen({ type: "answer_unreadable", target: event.target, by: event.by.phone, mayFollow: event.mayFollow });
    case "vote": return happen({ type: "vote", target: event.target, by: event.by.phone, labels: event.labels });
    case "text": return happen({ type: "text", by: event.by.phone, chat: event.chat, text: event.text, quotes: event.quotes });
    case "member-event": return happen({ type: "member-event", chat: event.chat, by: event.by.phone, card: { title: event.title, begins_at: Date.parse(event.startsAt) / 1000 } });
    case "echo": return happen({ type: "echo", target: event.target });
    case "delivered": return happen({ type: "card_arrived", target: event.target, at: "device", by: event.by.phone });
    case "read": return happen({ type: "card_read", target: event.target, by: event.by.phone });
    case "failed": return happen({ type: "card_failed", target: event.target, done: "unsure" });
    case "revoked": return happen({ type: "card_revoked", target: event.target });
    case "status": return happen({ type: "line_status", status: event.ready ? "ready" : "not-ready" });
    case "noise": return happen({ type: "noise", by: ANA.phone });
  }
}

function toAct(act: MemoryAct, account: Act["account"], target: string | undefined): readonly Act[] {
  const recipient = chatOf(act.chat);
  const { operation } = act;
  if (recipient === undefined || (operation !== "send" && operation !== "update" && operation !== "cancel" && operation !== "respond" && operation !== "sendPoll" && operation !== "sendText" && operation !== "withdraw")) return [];
  const response = { yes: "GOING", no: "NOT_GOING", perhaps: "MAYBE" }[act.answer ?? ""];
  const shown: Shown = {
    ...(act.card && cardShown(act.card)), ...(act.canceled && { canceled: true }), ...(response !== undefined && { response }), ...(act.quotes !== undefined && { replyTo: act.quotes }),
    ...(operation === "sendPoll" ? { ...(act.text !== undefined && { question: act.text }), ...(act.options && { options: act.options }) } : act.text !== undefined && { text: act.text }),
  };
  return [{ account, operation, messageId: act.messageId, ...(target !== undefined && { target }), recipient, shown }];
}

function cardShown(card: WireCard): Shown {
  return {
    title: card.title, startsAt: fromEpochSeconds(card.begins_at),
    ...(card.notes !== undefined && { description: card.notes }), ...(card.place !== undefined && { location: card.place }),
    ...(card.ends_at !== undefined && { endsAt: fromEpochSeconds(card.ends_at) }),
    ...(card.call !== undefined && { callLink: "join" in card.call ? card.call.join : card.call.make }),
    ...(card.plus_ones !== undefined && { extraGuestsAllowed: card.plus_ones }),
  };
}

function chatOf(chat: string): Recipient | undefined {
  const [kind, id = ""] = chat.split(":");
  if (kind === "person") return phone(`+${id}`);
  return kind === "hidden" ? lid(`${id}@lid`) : kind === "group" ? group(`${id}@g.us`) : undefined;
}

