import { configInvalid, isMessagingError } from "@event-messaging/core/driver";
import { brokenDefinition } from "./break.js";

/** Shows the credential that it refuses. */
export const repeatsABadCredential = brokenDefinition("repeats a bad credential", "configuration: a credential with a line break is refused and not repeated", ({ open }) => ({
  open(config, runtime) {
    try {
      return open(config, runtime);
    } catch (error) {
      const given = typeof config === "object" && config !== null && "apiKey" in config ? config.apiKey : undefined;
      if (!isMessagingError(error) || typeof given !== "string" || !given.includes("\n")) throw error;
      throw configInvalid("The configuration does not fit", [{ path: "apiKey", message: `is not valid: ${given}` }]);
    }
  },
}));
