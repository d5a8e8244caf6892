import { intersect } from "../capability/table.js";
import { MessagingError } from "../error/messaging-error.js";
import type { HttpClient } from "../driver/http.js";
import type { Call } from "../driver/operations.js";
import type { EventMessagingProvider, Probe, ProviderDefinition } from "../driver/provider.js";
import type { AccountId } from "../model/ids.js";
import type { Instant } from "../model/time.js";
import { fromEpochMs } from "../model/time.js";

export interface OpenAccountOptions {
  readonly definition: ProviderDefinition;
  readonly account: AccountId;
  readonly config: unknown;
  readonly http: HttpClient;
  readonly now: () => Date;
  readonly learned: Readonly<Record<string, string>>;
}

/** One account, open, with its running calls counted and its last probe remembered. State: leases and the probe. */
export class OpenAccount {
  readonly definition: ProviderDefinition;
  readonly provider: EventMessagingProvider;
  readonly account: AccountId;
  readonly #now: () => Date;
  #leases = 0;
  #closing: (() => void) | undefined;
  #closed: Promise<void> | undefined;
  #probing: Promise<Probe> | undefined;
  #probed: { readonly answer: Promise<Probe>; readonly at: number } | undefined;

  /** @throws MessagingError `CONFIG_INVALID` with every problem of the configuration. */
  constructor(options: OpenAccountOptions) {
    this.definition = options.definition;
    this.account = options.account;
    this.#now = options.now;
    this.provider = options.definition.open(options.config, {
      account: options.account, http: options.http, learned: options.learned,
      now: (): Instant => fromEpochMs(options.now().getTime()),
    });
  }

  /** Keeps the account open until the returned function is called, any number of times. `undefined`: it is closing. */
  lease(): (() => void) | undefined {
    if (this.#closed) return undefined;
    this.#leases += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#leases -= 1;
      if (this.#leases === 0) this.#closing?.();
    };
  }

  /** Shared by concurrent callers; at most `maxAgeMs` old. Capabilities are already met with the definition's. */
  probe(maxAgeMs: number, call: Call): Promise<Probe> {
    if (this.#probed && this.#now().getTime() - this.#probed.at < maxAgeMs) return this.#probed.answer;
    this.#probing ??= this.#ask(call).finally(() => {
      this.#probing = undefined;
    });
    return this.#probing;
  }

  async #ask(call: Call): Promise<Probe> {
    let probe: Probe;
    try {
      const seen = await this.provider.probe(call);
      probe = { ...seen, capabilities: intersect(this.definition.capabilities, seen.capabilities) };
    } catch {
      // Also an answer that is no probe: nothing is known then, and nothing is added to the definition.
      probe = { status: "unknown", reason: "the account could not be asked", self: {}, capabilities: intersect(this.definition.capabilities, {}) };
    }
    this.#probed = { answer: Promise.resolve(probe), at: this.#now().getTime() };
    return probe;
  }

  /** What a delivery said about the account makes the remembered probe worthless. */
  forgetProbe(): void {
    this.#probed = undefined;
  }

  /** Waits for running calls, then closes the provider. Idempotent, never rejects. */
  close(): Promise<void> {
    this.#closed ??= this.#drain();
    return this.#closed;
  }

  async #drain(): Promise<void> {
    if (this.#leases > 0) await new Promise<void>((resolve) => (this.#closing = resolve));
    try {
      await this.provider.close();
    } catch {
      // The contract says that close never rejects; one that does has nothing left to tell.
    }
  }
}

/** `CONFIG_INVALID`: an account names a provider that is not loaded. */
export function providerNotLoaded(account: string, provider: string): MessagingError {
  return new MessagingError(`Account "${account}" names provider "${provider}", which is not loaded. Pass its definition in \`providers\`, or load its module.`, {
    code: "CONFIG_INVALID", outcome: "not-sent", persistence: "permanent", issues: [{ path: "provider", message: `"${provider}" is not loaded` }], context: { operation: "open" },
  });
}

/** `CONFIG_INVALID`: the adapter itself failed to open. Its own error may hold anything, so only its name is told. */
export function brokenDefinition(account: AccountId, provider: string, error: unknown): MessagingError {
  return new MessagingError(`Account "${account}" cannot be opened: provider "${provider}" failed (${error instanceof Error ? error.name : typeof error}). Nothing was sent; report it to the adapter's author.`, {
    code: "CONFIG_INVALID", outcome: "not-sent", persistence: "permanent", context: { provider, account, operation: "open" },
  });
}
