import { configInvalid, isMessagingError } from "@event-messaging/core/driver";
import { brokenDefinition } from "./break.js";

/** Of several missing settings it names the first. */
export const namesOneMissingSettingAtATime = brokenDefinition("names one missing setting at a time", "configuration: everything that is missing is named at once", ({ open }) => ({
  open(config, runtime) {
    try {
      return open(config, runtime);
    } catch (error) {
      if (!isMessagingError(error) || !error.issues.every(({ message }) => message === "is missing")) throw error;
      throw configInvalid("The configuration does not fit", error.issues.slice(0, 1));
    }
  },
}));
