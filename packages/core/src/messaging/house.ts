import type { AccountDirectory, AccountRecord } from "../accounts/directory.js";
import type { AccountPool } from "../accounts/pool.js";
import { isMessagingError, MessagingError } from "../error/messaging-error.js";
import type { Perform } from "../layers/call-layer.js";
import type { Layer } from "../layers/compose.js";
import type { DetailsLimits } from "../model/details.js";
import type { Policy } from "../plan/plan-types.js";
import type { InvitationBook } from "../store/book.js";
import type { Inbox } from "../store/inbox.js";
import type { RecipientCheck } from "./call-options.js";
import type { NewDate } from "./rsvps.js";

/** What every part of one messaging object shares. */
export interface House {
  readonly directory: AccountDirectory;
  readonly pool: AccountPool;
  readonly book: InvitationBook;
  readonly inbox: Inbox;
  readonly layers: readonly Layer[];
  readonly perform: Perform;
  /** As `perform`, for a call that the book holds already: it is not begun, and what it proves is the caller's to write down. */
  readonly repeat: Perform;
  readonly limits: DetailsLimits;
  readonly policy: Policy;
  readonly newDate: NewDate;
  readonly recipientCheck: RecipientCheck;
  readonly now: () => Date;
  readonly random: () => number;
  /** Counts a call until it is over, so that `close` can wait. @throws MessagingError `STOPPED` after `close`. */
  readonly running: <T>(call: () => Promise<T>) => Promise<T>;
  /** Wakes whoever works through the inbox. */
  readonly kick: () => void;
}

/** The tenant's account of the moment. @throws MessagingError `NOT_FOUND`, or `STORE_FAILED` when the directory fails. */
export function accountOfTenant(house: Pick<House, "directory">, tenant: string): Promise<AccountRecord> {
  return found(() => house.directory.forTenant(tenant), () => `Tenant "${tenant}" has no account. Add one to the account directory.`);
}

/** An account by its id. @throws as {@link accountOfTenant}. */
export function accountById(house: Pick<House, "directory">, account: string): Promise<AccountRecord> {
  return found(() => house.directory.byId(account), () => `Account "${account}" is not in the directory. Keep accounts that have open events, also when a tenant has moved.`);
}

/** The directory is the application's own: its errors may hold anything, so only their names are told. */
async function found(look: () => Promise<AccountRecord | undefined>, missing: () => string): Promise<AccountRecord> {
  let record: AccountRecord | undefined;
  try {
    record = await look();
  } catch (error) {
    if (isMessagingError(error)) throw error;
    throw new MessagingError(`The account directory failed (${error instanceof Error ? error.name : typeof error}). Nothing was sent; try again when it works.`, {
      code: "STORE_FAILED", outcome: "not-sent", persistence: "transient", context: { operation: "directory" },
    });
  }
  if (record !== undefined) return record;
  throw new MessagingError(`${missing()} Nothing was sent.`, { code: "NOT_FOUND", outcome: "not-sent", persistence: "permanent" });
}
