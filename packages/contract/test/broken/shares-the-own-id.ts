import { type Guest } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Remembers the first account's number for all. */
export const sharesTheOwnId = brokenMemory("shares the own id", "two accounts side by side: each account knows its own id", ({ good }) => ({
  async probe(call) {
    const probe = await good.probe(call);
    self ??= probe.self.phone === undefined ? undefined : probe.self;
    return { ...probe, self: self ?? probe.self };
  },
}));

let self: Guest | undefined;
