import type { OperationName } from "../capability/gates.js";
import type { Call, Operations } from "../driver/operations.js";
import type { Probe } from "../driver/provider.js";
import type { AccountId } from "../model/ids.js";

/** A call as the layers see it. */
export interface GuardedCall extends Call {
  /** Aborted when the account, its tenant or everything was stopped: nothing new may begin, a request under way goes on to its end. */
  readonly halted?: AbortSignal;
}

/** One operation of one open account: what every per-account layer wraps, written once for all operations. */
export type Invoke = <O extends OperationName>(operation: O, input: Operations[O]["input"], call: GuardedCall) => Promise<Operations[O]["output"]>;

/** The per-account layers, outermost first. The order is fixed: another one would retry what a breaker stopped. */
export const ACCOUNT_LAYERS = ["retry", "breaker", "rate-limit", "tracing", "timeout"] as const;

/** What a layer may know of the account besides its id. */
export interface AccountScope {
  /** The name of the definition. */
  readonly provider: string;
  /** Of the account's configuration: a new one begins with a clean slate. */
  readonly revision: string | number;
  /** Asks the vendor now. Reads only, never rejects for an account that is not ready. */
  probe(call: Call): Promise<Probe>;
}

/** A layer around every operation of an account, such as a rate limit. */
export interface AccountLayer {
  readonly slot: (typeof ACCOUNT_LAYERS)[number];
  /** Called for each call; what a layer remembers of an account it keeps by the account's id. */
  wrap(next: Invoke, account: AccountId, scope: AccountScope): Invoke;
}
