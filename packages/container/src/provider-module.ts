import { MessagingError, type ProviderDefinition } from "@event-messaging/core";
import { ContainerModule } from "inversify";
import { TOKENS } from "./tokens.js";

/**
 * Makes a vendor known to a container, under its name. May be loaded before or after the messaging module, also while the
 * program runs: definitions are looked up whenever an account is opened. No I/O.
 *
 * Loading it rejects with `CONFIG_INVALID` when the container, or a parent, knows a provider of that name already: inversify
 * itself would notice only when the name is asked for. `load(a, b)` is not atomic: modules before the refused one stay loaded.
 *
 * @example
 * await container.load(providerModule(acme), messagingModule());   // acme: the definition that a vendor package exports
 */
export function providerModule(definition: ProviderDefinition): ContainerModule {
  return new ContainerModule(({ bind, isBound }) => {
    const { name } = definition;
    if (isBound(TOKENS.provider, { name })) throw loadedTwice(`provider "${name}"`, name);
    bind(TOKENS.provider).toConstantValue(definition).whenNamed(name);
  });
}

/** The refusal of a second module for the same thing. */
export function loadedTwice(what: string, provider?: string): MessagingError {
  return new MessagingError(`${what} is loaded already. Load its module once for each container; nothing was sent.`, {
    code: "CONFIG_INVALID", outcome: "not-sent", persistence: "permanent", ...(provider !== undefined && { context: { provider } }),
  });
}
