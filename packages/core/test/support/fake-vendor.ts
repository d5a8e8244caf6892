import { defineProvider, MessagingError, messageId, type Call, type CapabilityEntry, type CapabilityTable, type Fact, type Held, type MessageId, type MessagingErrorInit, type Probe, type Receipt } from "../../src/driver/index.js";

type Sending = "send" | "update" | "cancel" | "respond";
/** What a request leads to. `act` is the vendor's deed: call it, and the guests have it. */
export type Behaviour = (act: () => Receipt, call: Call) => Promise<Receipt>;

const native = { support: "native", why: "It does.", source: "test" } as const satisfies CapabilityEntry;
const fields = {
  "field.location": native, "field.end-time": native, "field.call-link": native, "field.extra-guests": native, "field.reply-to": native, "field.clear": native, "respond.maybe": native, "x-fake.colour": native,
  "rsvp.receive": native, "rsvp.maybe": native, "text.receive": native,
} as const;
const operations = { "invitation.send": native, "invitation.update": native, "invitation.cancel": native, "invitation.respond": native } as const;

export interface Request { readonly operation: Sending; readonly account: string; readonly input: unknown }
/** What the vendor did. */
export interface Act extends Request { readonly messageId: MessageId }

/** A vendor without a wire, which does what a test tells it. */
export class FakeVendor {
  readonly requests: Request[] = [];
  readonly acts: Act[] = [];
  /** Behaviours of the next requests, in order; then `usually`. */
  readonly next: Behaviour[] = [];
  usually: Behaviour = async (act) => act();
  readonly opened: string[] = [];
  readonly closed: string[] = [];
  probe: (call: Call) => Promise<Probe> = async () => ({ status: "ready", reason: "", self: {}, capabilities: {} });
  probes = 0;
  teaches: Readonly<Record<string, string>> | undefined;
  /** The learned facts that each opening was given. */
  readonly learned: Readonly<Record<string, string>>[] = [];
  #ids = 0;

  /** The message ids are `M1`, `M2`, …; the vendor's own `q1`, `q2`, …. */
  definition(name = "fake", capabilities: CapabilityTable = {}) {
    const ask = (operation: Sending, account: string) => async (input: unknown, call: Call): Promise<Receipt> => {
      this.requests.push({ operation, account, input });
      const behave = this.next.shift() ?? this.usually;
      return behave(() => {
        this.#ids += 1;
        const id = messageId(`M${this.#ids}`);
        if (id === undefined) throw new Error("no id");
        this.acts.push({ operation, account, input, messageId: id });
        return { stage: "queued", messageId: id, vendorIds: { queueId: `q${this.#ids}` } };
      }, call);
    };
    return defineProvider({
      name,
      capabilities: { ...fields, ...operations, ...capabilities } as typeof fields & typeof operations,
      configSchema: { type: "object", properties: { key: { type: "string", format: "secret" }, by: { enum: ["signature", "url-secret", "none"] } }, required: ["key"], additionalProperties: false },
      extensionsSchema: { type: "object", properties: { "x-fake.colour": { enum: ["red", "blue"] } }, additionalProperties: false },
      recipientFromVendor: () => undefined,
      open: ({ by = "signature" }: { readonly by?: "signature" | "url-secret" | "none" }, { account, learned }) => {
        this.opened.push(account);
        this.learned.push(learned);
        const provider: Held<keyof typeof operations> = { send: ask("send", account), update: ask("update", account), cancel: ask("cancel", account), respond: ask("respond", account) };
        return {
          ...provider,
          webhook: {
            authenticate: ({ headers }) => (headers.get("x-key") === "good" ? { ok: true, by } : { ok: false, reason: "wrong-key" }),
            parse: (json) => readFacts(json),
          },
          probe: (call: Call) => {
            this.probes += 1;
            return this.probe(call);
          },
          learn: () => this.teaches,
          close: async () => void this.closed.push(account),
        };
      },
    });
  }
}

function readFacts(json: unknown) {
  if (typeof json !== "object" || json === null) return { kind: "malformed", reason: "no-object" } as const;
  if ("facts" in json && Array.isArray(json.facts)) return { kind: "facts", facts: json.facts as readonly Fact[] } as const;
  if ("explode" in json) throw new TypeError(`canary ${JSON.stringify(json)}`);
  const told = "kind" in json ? (["foreign", "ignored", "refused"] as const).find((kind) => kind === json.kind) : undefined;
  return { kind: told ?? "malformed", reason: "test" } as const;
}

const failure = (init: MessagingErrorInit) => new MessagingError("send: refused by the test", init);

/** Refuses, and did nothing. */
export const refuses = (init: Partial<MessagingErrorInit> = {}): Behaviour => async () => { throw failure({ code: "REFUSED", outcome: "not-sent", persistence: "transient", ...init }); };
/** Gives no trustworthy answer, having acted or not. */
export const doubts = (acts: boolean): Behaviour => async (act) => {
  if (acts) act();
  throw failure({ code: "TIMEOUT", outcome: "unknown", persistence: "transient" });
};
/** Throws what no adapter should, after having acted. */
export const explodes: Behaviour = async (act) => {
  act();
  throw new TypeError("https://vendor.example/token/canary");
};
/** Heeds the signal, and nothing else. */
export const hangs: Behaviour = (_, { signal }) => new Promise((__, reject) => {
  const end = () => reject(failure({ code: "CANCELED", outcome: "unknown", persistence: "permanent" }));
  if (signal.aborted) end();
  else signal.addEventListener("abort", end, { once: true });
});

/** Waits until the test lets it go on. */
export function held(then: Behaviour = async (act) => act()): { readonly behaviour: Behaviour; readonly reached: Promise<void>; letGo(): void } {
  let letGo = () => {};
  let arrive = () => {};
  const gate = new Promise<void>((resolve) => (letGo = resolve));
  const reached = new Promise<void>((resolve) => (arrive = resolve));
  return { behaviour: async (act, call) => (arrive(), await gate, then(act, call)), reached, letGo: () => letGo() };
}
