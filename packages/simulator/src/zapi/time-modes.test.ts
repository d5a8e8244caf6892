import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { offsetMinutes, understoodStart } from "./time-modes.js";
import { zapiSwitchValues } from "./switches.js";
import type { ZapiSwitches } from "./switches.js";

const iso = (seconds: number | undefined): string | undefined => (seconds === undefined ? undefined : new Date(seconds * 1000).toISOString());
const read = (mode: ZapiSwitches["dateTimeMode"], dateTime: unknown, timeZone?: unknown, zeroOffset: ZapiSwitches["zeroOffset"] = "accepted"): string | undefined =>
  iso(understoodStart(dateTime, timeZone, { dateTimeMode: mode, zeroOffset }));

const SAMPLE = "2026-11-20T18:00:00.000Z";

describe("the readings of dateTime", () => {
  it.each([
    ["instant", "2026-11-20T18:00:00.000Z", "2026-11-20T18:00:00.000Z"],
    ["wallclock-default-br", "2026-11-20T21:00:00.000Z", "2026-11-20T21:00:00.000Z"],
    ["wallclock-default-utc", "2026-11-20T21:00:00.000Z", "2026-11-20T18:00:00.000Z"],
    ["shift", "2026-11-20T15:00:00.000Z", "2026-11-20T18:00:00.000Z"],
  ] as const)("switch dateTimeMode=%s turns 18:00Z with UTC-3 and 18:00Z alone into their instants", (mode, withZone, without) => {
    expect(read(mode, SAMPLE, "UTC-3")).toBe(withZone);
    expect(read(mode, SAMPLE)).toBe(without);
  });

  it("digits in UTC, a Z and a zero offset mean the same instant in every mode", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), fc.constantFrom(...zapiSwitchValues.dateTimeMode), fc.constantFrom("UTC", "UTC+0", "UTC+00:00"), (seconds, mode, zone) => {
        expect(read(mode, new Date(seconds * 1000).toISOString(), zone)).toBe(iso(seconds));
      }),
    );
  });

  it("switch zeroOffset=accepted reads UTC as zero; switch zeroOffset=ignored falls back to the default zone; switch zeroOffset=refused cannot be read", () => {
    expect(read("wallclock-default-br", SAMPLE, "UTC", "accepted")).toBe("2026-11-20T18:00:00.000Z");
    expect(read("wallclock-default-br", SAMPLE, "UTC", "ignored")).toBe("2026-11-20T21:00:00.000Z");
    expect(read("wallclock-default-br", SAMPLE, "UTC", "refused")).toBeUndefined();
    expect(read("wallclock-default-br", SAMPLE, "UTC-3", "refused")).toBe("2026-11-20T21:00:00.000Z");
  });

  it("a written offset is honoured by instant and ignored by the wall-clock readings", () => {
    expect(read("instant", "2026-11-20T18:00:00+02:00")).toBe("2026-11-20T16:00:00.000Z");
    expect(read("wallclock-default-utc", "2026-11-20T18:00:00+02:00")).toBe("2026-11-20T18:00:00.000Z");
  });

  it.each([["UTC", 0], ["Z", 0], ["UTC-3", -180], ["UTC+5:30", 330], ["UTC+05:30", 330], ["GMT+1", 60], ["UTC+14", 840]])("%s is %d minutes east", (zone, minutes) => {
    expect(offsetMinutes(zone)).toBe(minutes);
  });

  it.each(["", "America/Sao_Paulo", "UTC-30", "three"])("%j is no offset", (zone) => {
    expect(offsetMinutes(zone)).toBeUndefined();
  });

  it.each(["20/11/2026 18:00", "2026-11-20", "2026-13-40T99:00:00Z", 1795197600, null])("%j is no date", (dateTime) => {
    expect(read("instant", dateTime)).toBeUndefined();
  });
});
