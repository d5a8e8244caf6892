import type { ProviderDefinition, RawWebhook, WebhookResult } from "@event-messaging/core";
import { accountId, isPhone, messageId, type Fact, type Parsed, type WebhookCodec } from "@event-messaging/core/driver";
import { BASE_PATH, LINES, VENDORS, type Vendor } from "../inbound/lines.js";
import { isObject, own } from "../inbound/own.js";
import { DEFINITIONS, type Stage } from "../inbound/stage.js";
import type { Subject } from "./hostile-run.js";

type Defect = (codec: WebhookCodec, vendor: Vendor) => WebhookCodec;
type Rsvp = Fact<"rsvp">;
const OTHER = accountId("other");

/** The adapter with a defect in its codec. */
function defective(definition: ProviderDefinition, vendor: Vendor, defect: Defect): ProviderDefinition {
  return {
    ...definition,
    open: (config, runtime) => {
      const provider = definition.open(config, runtime);
      return { ...provider, webhook: defect(provider.webhook, vendor) };
    },
  };
}

const parsing = (change: (parsed: Parsed, json: unknown, vendor: Vendor, body: Uint8Array) => Parsed): Defect => (codec, vendor) => ({
  ...codec, parse: (json, request) => change(codec.parse(json, request), json, vendor, request.body),
});
const perFact = (change: (fact: Fact, json: unknown) => Fact): Defect =>
  parsing((parsed, json) => (parsed.kind === "facts" ? { kind: "facts", facts: parsed.facts.map((fact) => change(fact, json)) } : parsed));
const perAnswer = (change: (fact: Rsvp, json: unknown) => Fact): Defect => perFact((fact, json) => (fact.type === "rsvp" ? change(fact, json) : fact));
const rereading = (change: (json: unknown, vendor: Vendor) => unknown): Defect => (codec, vendor) => ({ ...codec, parse: (json, request) => codec.parse(change(json, vendor), request) });

function asWord({ type: _, ...fact }: Fact<"rsvp.unrecognized">, response: Rsvp["response"]): Rsvp {
  return { ...fact, type: "rsvp", response };
}

function merge(target: object, source: unknown): void {
  if (!isObject(source)) return;
  for (const name of Object.keys(source)) {
    const inner: unknown = Reflect.get(target, name);
    if (isObject(source[name]) && isObject(inner)) merge(inner, source[name]);
    else if (name !== "__proto__" && isObject(source[name])) Reflect.set(target, name, {});
    else if (name !== "__proto__") Reflect.set(target, name, 1);
  }
}

/** Numbers written as text, wherever an id stands. */
function textIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(textIds);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, /^(?:id|messageId)$/.test(name) && typeof inner === "number" ? String(Math.trunc(inner)) : textIds(inner)]));
}

let calls = 0;
const CODEC_DEFECTS: Readonly<Record<string, Defect>> = {
  "believes everybody": (codec) => ({ ...codec, authenticate: () => ({ ok: true, by: "signature" }) }),
  "believes another tenant's secret": (codec, vendor) => {
    const { config } = LINES[vendor].other;
    const http = { request: () => Promise.reject(new Error("not used")), close: () => Promise.resolve() };
    let other: WebhookCodec | undefined;
    return { ...codec, authenticate: (request) => {
      const first = codec.authenticate(request);
      if (first.ok) return first;
      other ??= DEFINITIONS[vendor].open(config, { account: OTHER, http, now: () => request.receivedAt, learned: {} }).webhook;
      return other.authenticate(request);
    } };
  },
  "presumes that an id is text": parsing((parsed, json, vendor) => {
    const id = own(json, ...(vendor === "waha" ? ["payload", "id"] : ["messageId"]));
    if (id !== undefined && typeof id !== "string") throw new TypeError("id.split is not a function");
    return parsed;
  }),
  "merges the body into an object": parsing((parsed, _, __, body) => {
    let raw: unknown;
    try {
      raw = JSON.parse(Buffer.from(body).toString("utf8"));
    } catch {
      return parsed;
    }
    merge({}, raw);
    return parsed;
  }),
  "reads words generously": perFact((fact) => {
    const word = fact.type === "rsvp.unrecognized" ? (["GOING", "NOT_GOING", "MAYBE"] as const).find((each) => each === fact.raw.trim().toUpperCase()) : undefined;
    return fact.type === "rsvp.unrecognized" && word !== undefined ? asWord(fact, word) : fact;
  }),
  "takes an unknown word for GOING": perFact((fact) => (fact.type === "rsvp.unrecognized" ? asWord(fact, "GOING") : fact)),
  "does not look whose delivery it is": rereading((json, vendor) => (isObject(json) ? { ...json, [vendor === "waha" ? "session" : "instanceId"]: LINES[vendor].ours.id } : json)),
  "takes numbers for ids": rereading(textIds),
  "makes a number of a LID": perAnswer((fact) => {
    const phone = `+${fact.guest.lid?.slice(0, -4) ?? ""}`.slice(0, 15);
    return isPhone(phone) ? { ...fact, guest: { ...fact.guest, phone } } : fact;
  }),
  "takes an own answer for a guest's": perAnswer(({ fromSelf: _, ...fact }) => fact),
  "keeps private chat": perFact((fact) => {
    if (fact.type !== "message.replied") return fact;
    const { source, at, guest, text, target = messageId(source) } = fact;
    return target === undefined ? fact : { type: "rsvp.unrecognized", source, at, target, guest, raw: text.slice(0, 64) };
  }),
  "refuses members that it does not know": parsing((parsed, json, vendor) => {
    const known = vendor === "waha" ? /^(?:id|timestamp|event|session|metadata|me|payload|engine|environment)$/ : /^(?!newIn|x-|flags|$|gr)/;
    return isObject(json) && Object.keys(json).some((name) => !known.test(name)) ? { kind: "malformed", reason: "unknown member" } : parsed;
  }),
  "loses one answer in twenty": parsing((parsed) => (parsed.kind === "facts" && (calls += 1) % 20 === 0 ? { kind: "ignored", reason: "" } : parsed)),
  "tells one answer twice": parsing((parsed) => (parsed.kind === "facts" ? { kind: "facts", facts: parsed.facts.flatMap((fact) => [fact, { ...fact, edition: `${fact.edition ?? ""}2` }]) } : parsed)),
  "counts one extra guest too many": perAnswer((fact) => ({ ...fact, extraGuests: (fact.extraGuests ?? 0) + 1 })),
  "says GOING whatever was said": perAnswer((fact) => ({ ...fact, response: "GOING" })),
  "leaves a promise behind": parsing((parsed) => {
    if ((calls += 1) % 50 === 0) void Promise.reject(new Error("planted"));
    return parsed;
  }),
};

/** Looks for what a receiver might give away or break. */
const RECEIVE_DEFECTS: Readonly<Record<string, (stage: Stage, raw: RawWebhook) => Promise<WebhookResult>>> = {
  "tells an account that is not there from a wrong secret": async ({ messaging }, raw) => {
    const result = await messaging.receive(BASE_PATH, raw);
    return result.status === 404 && raw.path.includes("nobody") ? { handled: false, status: 404 } : result;
  },
  "rejects what is long": async ({ messaging }, raw) => {
    if (raw.body.byteLength > 3_000) throw new RangeError("too long");
    return messaging.receive(BASE_PATH, raw);
  },
  "keeps, and answers 503 for garbage": async ({ messaging }, raw) => {
    const result = await messaging.receive(BASE_PATH, raw);
    return result.status === 400 ? { handled: true, status: 503 } : result;
  },
};

/** Deliberate defects; the run must find a problem with each, with each vendor. */
export const PLANTED: readonly { readonly name: string; readonly vendor: Vendor; readonly subject: Subject }[] = VENDORS.flatMap((vendor) => [
  ...Object.entries(CODEC_DEFECTS).map(([name, defect]) => ({ name: `${vendor} ${name}`, vendor, subject: { definitions: { ...DEFINITIONS, [vendor]: defective(DEFINITIONS[vendor], vendor, defect) } } })),
  ...Object.entries(RECEIVE_DEFECTS).map(([name, receive]) => ({ name: `${vendor} ${name}`, vendor, subject: { receive } })),
]);
