import { createMessaging, type Messaging, type MessagingOptions, type TenantMessaging } from "@event-messaging/core";
import {
  accountId, fromEpochMs, intersect, isSupported, messageId, supportOf,
  type AccountId, type Audience, type Call, type CapabilityCode, type CapabilityTable, type EventMessagingProvider, type Fact, type Lid, type MessageId, type OperationName, type Operations, type Parsed,
  type Phone, type Probe, type ProviderDefinition, type Receipt, type Recipient, type WebhookRequest,
} from "@event-messaging/core/driver";
import { demand, show } from "./demand.js";
import { recordingHttp, type RecordingHttp } from "./recording-http.js";
import { AUDIENCES, type Act, type Person, type RunningVendor, type ScriptedEvent, type VendorUnderTest } from "./vendor-under-test.js";

/** What one case works on: a vendor started for it, an account opened on it, and ways to count what the vendor does. */
export class Bench {
  readonly account: AccountId = accountId("first-account");
  readonly definition: ProviderDefinition;
  readonly vendor: RunningVendor;
  readonly http: RecordingHttp;
  /** The configuration as it was before anything was opened with it. */
  readonly pristine: string;
  /** What holds for the account now: the definition's table met with the probe's. */
  readonly table: CapabilityTable;
  readonly #toClose: (() => Promise<void>)[] = [];
  #calls = 0;
  #provider: EventMessagingProvider | undefined;

  private constructor(definition: ProviderDefinition, vendor: RunningVendor, http: RecordingHttp, table: CapabilityTable, pristine = JSON.stringify(vendor.config)) {
    this.definition = definition;
    this.vendor = vendor;
    this.pristine = pristine;
    this.http = http;
    this.table = table;
  }

  static async start({ definition }: VendorUnderTest, start: () => Promise<RunningVendor>): Promise<Bench> {
    const vendor = await start();
    const http = recordingHttp();
    try {
      const blank = new Bench(definition, vendor, http, definition.capabilities);
      // A probe that fails is the matter of a case of its own; here the definition's word is taken.
      const probe = await Promise.resolve().then(() => blank.open().probe(blank.call())).catch((): Probe | undefined => undefined);
      await blank.#closeAll();
      const bench = new Bench(definition, vendor, http, probe === undefined ? definition.capabilities : intersect(definition.capabilities, probe.capabilities), blank.pristine);
      bench.#provider = bench.open();
      return bench;
    } catch (error) {
      await vendor.stop();
      await http.end();
      throw error;
    }
  }

  async end(): Promise<void> {
    await this.#closeAll();
    await this.vendor.stop();
    await this.http.end();
  }

  async #closeAll(): Promise<void> {
    for (const close of this.#toClose.splice(0)) await close().catch(() => undefined);
  }

  /** The account, open with its right configuration. */
  get provider(): EventMessagingProvider {
    return (this.#provider ??= this.open());
  }

  /** Opens an account anew. */
  open(config: unknown = this.vendor.config, options: { readonly account?: string; readonly learned?: Readonly<Record<string, string>> } = {}): EventMessagingProvider {
    const provider = this.definition.open(config, {
      account: options.account === undefined ? this.account : accountId(options.account), http: this.http, learned: options.learned ?? {}, now: () => fromEpochMs(Date.now()),
    });
    this.#toClose.push(async () => provider.close());
    return provider;
  }

  /** A messaging object in front of both accounts: tenants `first` and `second`. */
  messaging(options: Partial<Pick<MessagingOptions, "policy" | "inbox" | "book" | "layers" | "telemetry">> = {}): Messaging {
    const provider = this.definition.name;
    const messaging = createMessaging({
      providers: [this.definition], http: this.http, ...options,
      accounts: { [this.account]: { provider, config: this.vendor.config }, "second-account": { provider, config: this.vendor.second.config } },
      tenants: { first: this.account, second: "second-account" },
    });
    return this.closing(messaging);
  }

  /** Closes a messaging object at the end of the case. */
  closing(messaging: Messaging): Messaging {
    this.#toClose.push(() => messaging.close());
    return messaging;
  }

  tenant(options: Partial<Pick<MessagingOptions, "policy" | "layers">> = {}): TenantMessaging {
    return this.messaging(options).forTenant("first");
  }

  call(signal: AbortSignal = new AbortController().signal): Call {
    this.#calls += 1;
    return { signal, callId: `call-${this.#calls}`, attempt: 1 };
  }

  supports(code: CapabilityCode, audience: Audience): boolean {
    return this.vendor.recipients[audience].length > 0 && isSupported(supportOf(this.table, code, audience));
  }

  /** The audiences for which a code holds. */
  audiencesOf(code: CapabilityCode): readonly Audience[] {
    return AUDIENCES.filter((audience) => this.supports(code, audience));
  }

  /** Someone to write to. */
  recipient(audience: Audience, index = 0): Recipient {
    const found = this.vendor.recipients[audience][index];
    demand(found !== undefined, `the vendor under test lists no ${audience} recipient number ${index + 1}`);
    return found;
  }

  /** Where a code holds, direct chats first. */
  someone(code: CapabilityCode): Recipient {
    const [audience] = this.audiencesOf(code);
    demand(audience !== undefined, `${code} holds for nobody`);
    return this.recipient(audience);
  }

  /** Runs an operation of the account, or of another one that was opened. */
  do<O extends OperationName>(operation: O, input: Operations[O]["input"], call: Call = this.call(), provider: EventMessagingProvider = this.provider): Promise<Operations[O]["output"]> {
    const method = provider[operation];
    demand(method !== undefined, `the provider has no ${operation}(), which its table declares`);
    // Indexing by O gives the method of O; the compiler cannot carry that through the optional member.
    return (method as (input: Operations[O]["input"], call: Call) => Promise<Operations[O]["output"]>).call(provider, input, call);
  }

  /** Counts from now on. */
  async watch(): Promise<Watch> {
    const acts = (await this.vendor.journal()).length;
    const requests = await this.vendor.requests();
    return {
      acts: async () => (await this.vendor.journal()).slice(acts),
      requests: async () => (await this.vendor.requests()) - requests,
    };
  }

  /** What the account's codec reads in deliveries that it accepted. */
  read(deliveries: readonly WebhookRequest[], provider: EventMessagingProvider = this.provider): readonly Parsed[] {
    return deliveries.map((delivery) => {
      const authenticated = provider.webhook.authenticate(delivery);
      if (!authenticated.ok) return { kind: "foreign", reason: "refused" };
      try {
        return provider.webhook.parse(jsonOf(delivery), delivery);
      } catch {
        // That reading never throws is a case of its own.
        return { kind: "malformed", reason: "threw" };
      }
    });
  }

  /** The facts of one type in what happens. */
  async facts<T extends Fact["type"]>(type: T, event: ScriptedEvent): Promise<readonly Extract<Fact, { readonly type: T }>[]> {
    return factsIn(this.read(await this.vendor.script(event)), type);
  }

  /** The bare id of the one message that an operation made, by the vendor's journal. */
  async made(work: () => Promise<unknown>, what = "the call"): Promise<Act & { readonly messageId: MessageId }> {
    const watch = await this.watch();
    await work();
    const acts = await watch.acts();
    const [act] = acts;
    const id = messageId(act?.messageId);
    demand(act !== undefined && acts.length === 1 && id !== undefined, `${what} made the vendor act ${acts.length} times instead of once: ${show(acts)}`);
    return { ...act, messageId: id };
  }

  /** Do two spellings name one chat? A person's number and LID do. */
  sameChat(a: Recipient, b: Recipient): boolean {
    return a === b || this.vendor.people.some(({ phone, lid }) => (a === phone || a === lid) && (b === phone || b === lid));
  }
}

/** What the vendor did and was asked since a moment. */
export interface Watch {
  acts(): Promise<readonly Act[]>;
  requests(): Promise<number>;
}

/** Waits until a request has reached the vendor (and been acted upon), or the call has ended without one; at most three seconds. */
export async function untilAsked(watch: Watch, acted: boolean, call: Promise<unknown>): Promise<void> {
  const ended: true[] = [];
  const end = () => void ended.push(true);
  call.then(end, end);
  for (let tries = 0; tries < 600 && ended.length === 0; tries += 1) {
    if (acted ? (await watch.acts()).length > 0 : (await watch.requests()) > 0) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

export function jsonOf({ body }: WebhookRequest): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

/** Every fact in what was read. */
export function allFacts(parsed: readonly Parsed[]): readonly Fact[] {
  return parsed.flatMap((each) => (each.kind === "facts" ? each.facts : []));
}

export function factsIn<T extends Fact["type"]>(parsed: readonly Parsed[], type: T): readonly Extract<Fact, { readonly type: T }>[] {
  return allFacts(parsed).filter((fact): fact is Extract<Fact, { readonly type: T }> => fact.type === type);
}

/** Is this guest that person, and nobody else: at least one id, and none that is not his? */
export function isPerson(guest: { readonly phone?: Phone; readonly lid?: Lid }, { phone, lid }: Person): boolean {
  return (guest.phone !== undefined || guest.lid !== undefined) && (guest.phone ?? phone) === phone && (guest.lid ?? lid) === lid;
}

/** The same receipt's message as a target of edits, cancellations and answers. */
export function targetOf(recipient: Recipient, { messageId: id, vendorIds }: Pick<Receipt, "messageId" | "vendorIds">, createdBy: "self" | "other" = "self") {
  return { recipient, createdBy, messages: [{ id, form: "native" as const, role: "invitation" as const, vendorIds }] };
}
