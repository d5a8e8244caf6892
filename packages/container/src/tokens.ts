import type { AccountDirectory, AccountPool, HttpClient, Inbox, InvitationBook, Messaging, ProviderDefinition } from "@event-messaging/core";
import type { ServiceIdentifier } from "inversify";

/** A registered symbol, so that the ESM and the CommonJS copy of this package mean the same binding. */
function token<T>(name: string): ServiceIdentifier<T> {
  return Symbol.for(`@event-messaging/${name}`);
}

/**
 * What can be bound and asked for. `messagingModule` binds `messaging`, `providerModule` binds `provider` by name; the
 * application binds `directory` and, where it wants other than the defaults, the rest.
 *
 * @example
 * class Reminders {
 *   constructor(@inject(TOKENS.messaging) private readonly messaging: Messaging) {}
 * }
 */
export const TOKENS = {
  /** The messaging object: a singleton of the container. The application closes it (`await messaging.close()`). */
  messaging: token<Messaging>("messaging"),
  /** One binding for each vendor, named as the vendor. Without a name there is nothing to get. */
  provider: token<ProviderDefinition>("provider"),
  /** Required: which account serves a tenant. Asked at every call. */
  directory: token<AccountDirectory>("directory"),
  /** Default: in memory. */
  book: token<InvitationBook>("book"),
  /** Default: in memory. */
  inbox: token<Inbox>("inbox"),
  /** Default: `axiosHttpClient()`. One that is bound is the application's to close. */
  http: token<HttpClient>("http"),
  /**
   * Default: a pool of the container's own. Bind one and the same to share open accounts between containers; it finds
   * definitions by the `providers` it was made with, and is the application's to close.
   */
  pool: token<AccountPool>("pool"),
} as const;
