import type { OperationName } from "../capability/gates.js";
import type { Call, Operations } from "../driver/operations.js";
import type { AccountId } from "../model/ids.js";

/** One operation of one open account: what every per-account layer wraps, written once for all operations. */
export type Invoke = <O extends OperationName>(operation: O, input: Operations[O]["input"], call: Call) => Promise<Operations[O]["output"]>;

/** The per-account layers, outermost first. The order is fixed: another one would retry what a breaker stopped. */
export const ACCOUNT_LAYERS = ["retry", "breaker", "rate-limit", "tracing", "timeout"] as const;

/** A layer around every operation of an account, such as a rate limit. */
export interface AccountLayer {
  readonly slot: (typeof ACCOUNT_LAYERS)[number];
  /** Called once for each opening of an account. */
  wrap(next: Invoke, account: AccountId): Invoke;
}
