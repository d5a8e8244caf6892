import { createMessaging, type CommonOptions } from "@event-messaging/core";
import { ContainerModule } from "inversify";
import { loadedTwice } from "./provider-module.js";
import { TOKENS } from "./tokens.js";

/** The options of `createMessaging` that are not bindings. */
export type MessagingModuleOptions = Omit<CommonOptions, "providers" | "book" | "inbox" | "http" | "pool">;

/**
 * Binds `TOKENS.messaging`: one messaging object for the container, made when it is first asked for, out of what is bound
 * then. Which adapter serves a call is not decided here: the account record of the tenant names it at each call.
 *
 * Making it does no I/O, and unloading the module closes nothing, so no account in use is dropped: the application ends with
 * `await container.get(TOKENS.messaging).close()`.
 *
 * Loading it rejects with `CONFIG_INVALID` when the container, or a parent, has a messaging object already.
 */
export function messagingModule(options: MessagingModuleOptions = {}): ContainerModule {
  return new ContainerModule(({ bind, isBound }) => {
    if (isBound(TOKENS.messaging)) throw loadedTwice("the messaging module");
    bind(TOKENS.messaging).toDynamicValue((context) => createMessaging({
      ...options,
      providers: (name) => context.get(TOKENS.provider, { name, optional: true }),
      directory: context.get(TOKENS.directory),
      book: context.get(TOKENS.book, { optional: true }),
      inbox: context.get(TOKENS.inbox, { optional: true }),
      http: context.get(TOKENS.http, { optional: true }),
      pool: context.get(TOKENS.pool, { optional: true }),
    })).inSingletonScope();
  });
}
