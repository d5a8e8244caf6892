import { fromEpochSeconds, toEpochSeconds } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Its seconds end in January 2038. */
export const countsSecondsIn32Bits = brokenMemory("counts seconds in 32 bits", "time zones: an invitation after seconds no longer fit into 32 bits is shown at that moment", ({ good }) => ({
  send: ({ details: { endsAt: _end, ...details }, ...command }, call) =>
    good.send({ ...command, details: { ...details, ...(_end !== undefined && { endsAt: _end }), startsAt: fromEpochSeconds(Math.min(toEpochSeconds(details.startsAt), 2 ** 31 - 1)) } }, call),
}));
