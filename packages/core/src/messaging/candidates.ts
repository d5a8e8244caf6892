import type { AccountRecord } from "../accounts/directory.js";
import type { LogicalCall } from "../layers/call-layer.js";
import { mayMove } from "../layers/router.js";
import { accountOfTenant, type House } from "./house.js";

/** The tenant's own account first. */
export type Candidates = readonly [AccountRecord, ...AccountRecord[]];
type Prepare = (account: AccountRecord) => Promise<LogicalCall>;
/** Ends a wait with its call. */
type Bound = (work: Promise<LogicalCall | undefined>) => Promise<LogicalCall | undefined>;

/** The tenant's account of the moment, and those that may stand in for it, in their order. @throws MessagingError `NOT_FOUND` when there is no account. */
export async function accountsOf(house: Pick<House, "directory">, tenant: string): Promise<Candidates> {
  const own = await accountOfTenant(house, tenant);
  const others = await house.directory.fallbacks?.(tenant);
  if (others === undefined || others.length === 0) return [own];
  return [own, ...others.filter(({ id }, index) => id !== own.id && others.findIndex((other) => other.id === id) === index)];
}

/**
 * The call as the first account that can make it would make it, with the way to the next ones. Throws what the first account
 * says when none can, and at once what speaks of the call and not of an account. `bound` is for the way to the next ones, which
 * is taken later.
 */
export async function firstThatCan([first, ...others]: Candidates, prepare: Prepare, bound: Bound): Promise<LogicalCall> {
  try {
    const logical = await prepare(first);
    return others.length === 0 ? logical : { ...logical, elsewhere: () => bound(nextThatCan(others, prepare, bound)).catch(() => undefined) };
  } catch (error) {
    const other = mayMove(error) ? await nextThatCan(others, prepare, bound) : undefined;
    if (other === undefined) throw error;
    return other;
  }
}

/** What stands in the way of every other account is not told: the first one's error is the caller's. */
async function nextThatCan([next, ...others]: readonly AccountRecord[], prepare: Prepare, bound: Bound): Promise<LogicalCall | undefined> {
  return next && firstThatCan([next, ...others], prepare, bound).catch(() => undefined);
}
