import { MessagingError } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Knows its connections by the name of the line: closing an old one that was used takes the new one away, too. */
export const closesWhatFollowsIt = brokenMemory("closes what follows it", "swap: calls that run while the account changes all end, with one card each, and the old account closes after its last", ({ good, config }) => {
  connected.add(config.line);
  let used = false;
  return {
    send(command, call) {
      used = true;
      if (!connected.has(config.line)) throw new MessagingError("send through memory: there is no connection.", { code: "UNAVAILABLE", outcome: "not-sent", persistence: "permanent" });
      return good.send(command, call);
    },
    async close() {
      if (used) connected.delete(config.line);
      await good.close();
    },
  };
});

const connected = new Set<string>();
