import { brokenDefinition } from "./break.js";

/** Passes over a misspelt setting. */
export const ignoresUnknownSettings = brokenDefinition("ignores unknown settings", "configuration: an unknown setting is refused by its name", ({ open }) => ({
  open(config, runtime) {
    const known = ["line", "apiKey", "signingKeys", "webhookSecrets"];
    const isPlain = typeof config === "object" && config !== null && !Array.isArray(config);
    return open(isPlain ? Object.fromEntries(Object.entries(config).filter(([name]) => known.includes(name))) : config, runtime);
  },
}));
