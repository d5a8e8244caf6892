import { brokenMemory } from "./break.js";

/** Notes the time on the command that it was given. */
export const changesItsArguments = brokenMemory("changes its arguments", "sending: what a call was given is left as it was", ({ good }) => ({
  async send(command, call) {
    const receipt = await good.send(command, call);
    Object.assign(command, { sentAt: Date.now() });
    return receipt;
  },
}));
