import type { ErrorCode } from "../error/codes.js";
import { isMessagingError, MessagingError } from "../error/messaging-error.js";
import type { AccountId } from "../model/ids.js";
import type { CallLayer, LogicalCall, Sent } from "./call-layer.js";
import { quietly } from "./telemetry.js";

export interface RouterOptions {
  /**
   * Asked when a vendor has only queued a message and another account could take it: is it proved to be out of the queue? True
   * moves the invitation. Default: a queued message stays where it is.
   */
  readonly withdraw?: ((logical: LogicalCall, sent: Sent) => Promise<boolean>) | undefined;
  /** Told of each move, by the application's own names of the accounts. */
  readonly onFailover?: ((from: AccountId, to: AccountId, why: ErrorCode | "withdrawn") => void) | undefined;
}

/** What speaks of the account, not of the call: another account may fare better. A refused content would be refused there too. */
const OF_THE_ACCOUNT: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  "UNAUTHENTICATED", "PERMISSION_DENIED", "NOT_FOUND", "ACCOUNT_NOT_READY", "RATE_LIMITED", "UNAVAILABLE", "TIMEOUT", "STOPPED", "UNSUPPORTED", "CONFIG_INVALID",
]);

/** May the call be made through another account? Only what was proved not to have been sent, and only for the account's sake. */
export function mayMove(error: unknown): error is MessagingError {
  return isMessagingError(error) && error.outcome === "not-sent" && OF_THE_ACCOUNT.has(error.code);
}

/**
 * Failover: an invitation that its account proved not to have sent goes to the tenant's next account, planned anew there. The
 * book says so before the next account's request, so a crash never leaves it looking at the wrong vendor. Edits, cancellations
 * and answers never move: once sent, an invitation belongs to its account.
 */
export function router({ withdraw, onFailover = () => undefined }: RouterOptions = {}): CallLayer {
  return {
    slot: "router",
    wrap: (next) => async (first) => {
      for (let logical = first; ;) {
        const { call, pinned, elsewhere, relocate, plan } = logical;
        let sent: Sent | undefined;
        let failure: unknown;
        try {
          sent = await next(logical);
        } catch (error) {
          failure = error;
        }
        const movable = !pinned && elsewhere !== undefined && relocate !== undefined && !call.signal.aborted
          && (sent === undefined ? mayMove(failure) : withdraw !== undefined && sent.stage === "queued");
        const other = movable ? await elsewhere() : undefined;
        const leaves = other !== undefined && (sent === undefined || (await withdraw?.(logical, sent)) === true);
        if (!leaves || relocate === undefined) {
          if (sent !== undefined) return sent;
          throw failure;
        }
        if (!(await relocate(other.record.handle))) throw sent === undefined ? failure : takenBack(logical);
        quietly(() => onFailover(plan.account, other.plan.account, isMessagingError(failure) ? failure.code : "withdrawn"));
        logical = { ...other, relocate };
      }
    },
  };
}

function takenBack({ plan, record }: LogicalCall): MessagingError {
  return new MessagingError(`${record.operation}: the message was taken out of the queue of account "${plan.account}", and the book did not let it go elsewhere. Nothing was sent; send it again.`, {
    code: "CONFLICT", outcome: "not-sent", persistence: "transient", context: { provider: plan.provider, account: plan.account, operation: record.operation },
  });
}
