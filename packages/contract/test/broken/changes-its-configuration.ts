import { secret } from "@event-messaging/core/driver";
import { brokenDefinition } from "./break.js";

/** Wraps the credentials of the configuration that it was given, in place. */
export const changesItsConfiguration = brokenDefinition("changes its configuration", "configuration: the configuration is left as it was", ({ open }) => ({
  open(config, runtime) {
    const opened = open(config, runtime);
    if (typeof config === "object" && config !== null && "apiKey" in config && typeof config.apiKey === "string") config.apiKey = secret(config.apiKey);
    return opened;
  },
}));
