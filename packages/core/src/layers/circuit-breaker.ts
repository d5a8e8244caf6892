import type { OperationName } from "../capability/gates.js";
import { isMessagingError, MessagingError, type ErrorContext } from "../error/messaging-error.js";
import type { AccountId } from "../model/ids.js";
import { isSending } from "./call-layer.js";
import type { AccountLayer, AccountScope, GuardedCall, Invoke } from "./account-layer.js";
import { quietly } from "./telemetry.js";
import { systemTiming, type Timing } from "./timing.js";

export interface CircuitBreakerOptions {
  /** Transport failures in a row (`UNAVAILABLE`, `TIMEOUT`) that open it. Default 5. A refused credential opens it at once. */
  readonly failures?: number | undefined;
  /** How long it stays open before the account is asked how it is. Default 30 000. */
  readonly openMs?: number | undefined;
  /** Told of each change; `account` is the application's own name of it. */
  readonly onChange?: ((account: AccountId, state: "open" | "closed") => void) | undefined;
  readonly timing?: Timing | undefined;
}

interface Circuit {
  readonly revision: string | number;
  failures: number;
  openUntil: number | undefined;
  probing: Promise<boolean> | undefined;
}

/**
 * Stops asking an account that refuses our credential or cannot be reached. What it stops was not sent: `STOPPED`, transient,
 * with `retryAfterMs`. After `openMs` the provider's probe decides, never an invitation. A new revision of the account's
 * configuration starts closed.
 */
export function circuitBreaker({ failures: most = 5, openMs = 30_000, onChange = () => undefined, timing = systemTiming }: CircuitBreakerOptions = {}): AccountLayer {
  const circuits = new Map<AccountId, Circuit>();

  const circuitOf = (account: AccountId, revision: string | number): Circuit => {
    const standing = circuits.get(account);
    if (standing?.revision === revision) return standing;
    const fresh: Circuit = { revision, failures: 0, openUntil: undefined, probing: undefined };
    circuits.set(account, fresh);
    return fresh;
  };
  const open = (circuit: Circuit, account: AccountId) => {
    if (circuit.openUntil === undefined) quietly(() => onChange(account, "open"));
    circuit.openUntil = timing.now() + openMs;
  };
  const learn = (circuit: Circuit, account: AccountId, operation: OperationName, error: unknown, call: GuardedCall) => {
    // A call that ended before its request says nothing of the account.
    if (!isMessagingError(error) || (call.signal.aborted && error.outcome === "not-sent")) return;
    // A credential that may not read a group or change a setting may still send.
    if (error.code === "UNAUTHENTICATED" || (error.code === "PERMISSION_DENIED" && isSending(operation))) open(circuit, account);
    else if (error.code === "UNAVAILABLE" || error.code === "TIMEOUT") {
      circuit.failures += 1;
      if (circuit.failures >= most) open(circuit, account);
    } else if (error.context.status !== undefined) circuit.failures = 0; // the vendor answered
  };
  /** One probe for all that wait. */
  const isBack = (circuit: Circuit, account: AccountId, scope: AccountScope, call: GuardedCall): Promise<boolean> =>
    (circuit.probing ??= scope.probe(call).then(({ status }) => status === "ready", () => false).then((back) => {
      if (back) {
        circuit.failures = 0;
        circuit.openUntil = undefined;
        quietly(() => onChange(account, "closed"));
      } else if (!call.signal.aborted) circuit.openUntil = timing.now() + openMs;
      return back;
    }).finally(() => {
      circuit.probing = undefined;
    }));

  return {
    slot: "breaker",
    wrap(next, account, scope) {
      const circuit = circuitOf(account, scope.revision);
      const invoke: Invoke = async (operation, input, call) => {
        if (circuit.openUntil !== undefined) {
          const left = circuit.openUntil - timing.now();
          if (left > 0 || !(await isBack(circuit, account, scope, call))) throw isOpen({ provider: scope.provider, account, operation }, Math.max(Math.ceil(left), 1));
        }
        try {
          const output = await next(operation, input, call);
          circuit.failures = 0;
          return output;
        } catch (error) {
          learn(circuit, account, operation, error, call);
          throw error;
        }
      };
      return invoke;
    },
  };
}

function isOpen(context: ErrorContext, retryAfterMs: number): MessagingError {
  return new MessagingError(
    `${context.operation} through ${context.provider}: account "${context.account}" refused our credential or could not be reached, so it is left alone for a while. Nothing was sent; look at its configuration and probe.`,
    { code: "STOPPED", outcome: "not-sent", persistence: "transient", retryAfterMs, context },
  );
}
