import { brokenDefinition } from "./break.js";

/** Its table says that there are no polls, and there are. */
export const deniesWhatItCan = brokenDefinition("denies what it can", "definition: an operation is implemented exactly when its capability is declared", ({ capabilities }) => ({
  capabilities: { ...capabilities, "poll.send": { support: "absent", why: "Nobody has looked.", source: "memory" } },
}));
