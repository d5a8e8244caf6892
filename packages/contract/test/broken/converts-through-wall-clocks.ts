import { fromEpochMs, toEpochMs, type Instant } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Turns the instant into digits of the zone and back: the hour that comes twice is always the first. */
export const convertsThroughWallClocks = brokenMemory(
  "converts through wall clocks",
  ["time zones: an invitation in the hour that Lisbon has twice in autumn, the second time is shown at that moment", "time zones: an invitation in the hour that New York has twice in autumn, the second time is shown at that moment"],
  ({ good }) => ({
    send: ({ details, ...command }, call) => good.send({ ...command, details: { ...details, startsAt: details.timeZone === undefined ? details.startsAt : there(details.startsAt, details.timeZone) } }, call),
  }),
);

/** The earlier of two moments with the same digits on the clock. */
function there(at: Instant, zone: string): Instant {
  const digits = (ms: number) => new Intl.DateTimeFormat("en", { timeZone: zone, dateStyle: "short", timeStyle: "long", hourCycle: "h23" }).format(ms).replace(/ [A-Z].*$/, "");
  const ms = toEpochMs(at);
  return digits(ms - 3_600_000) === digits(ms) ? fromEpochMs(ms - 3_600_000) : at;
}
