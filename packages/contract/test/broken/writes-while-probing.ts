import { isPhone } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Sends itself a text at every third probe, to keep the line awake. */
export const writesWhileProbing = brokenMemory("writes while probing", "probe and capabilities: probing any number of times changes nothing at the vendor", ({ good }) => {
  let probes = 0;
  return {
    async probe(call) {
      probes += 1;
      const to = "+351960000199";
      if (probes % 3 === 0 && isPhone(to)) await good.sendText({ to, text: "still there?" }, call).catch(() => undefined);
      return good.probe(call);
    },
  };
});
