import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { compareInstants, floorToSeconds, fromEpochMs, fromEpochSeconds, instant, isTimeZone, readInstant, toEpochMs, toEpochSeconds } from "./time.js";

const MIN = Date.UTC(2015, 0, 1);
const MAX = Date.UTC(2100, 0, 1) - 1;
const anyMs = fc.integer({ min: MIN, max: MAX });

describe("reading a time", () => {
  it.each([
    ["2026-12-01T15:00:00+00:00", "2026-12-01T15:00:00Z"],
    ["2026-12-01T15:00:00Z", "2026-12-01T15:00:00Z"],
    ["2026-12-01t15:00:00z", "2026-12-01T15:00:00Z"],
    ["2026-12-01T15:00:00-03:00", "2026-12-01T18:00:00Z"],
    ["2026-12-01T15:00:00+05:45", "2026-12-01T09:15:00Z"],
    ["2026-12-01T15:00:00-00:00", "2026-12-01T15:00:00Z"],
    ["2026-12-01T00:30:00+14:00", "2026-11-30T10:30:00Z"],
    ["2026-12-31T23:59:59-12:00", "2027-01-01T11:59:59Z"],
    ["2028-02-29T12:00:00Z", "2028-02-29T12:00:00Z"],
    ["2026-12-01T15:00Z", "2026-12-01T15:00:00Z"],
    ["2026-12-01T15:00:00.5Z", "2026-12-01T15:00:00.500Z"],
    ["2026-12-01T15:00:00.000Z", "2026-12-01T15:00:00Z"],
    ["2026-12-01T15:00:00.123456789Z", "2026-12-01T15:00:00.123Z"],
    ["2026-12-01T15:00:00,25+01:00", "2026-12-01T14:00:00.250Z"],
    ["2026-12-01T15:00:00+0100", "2026-12-01T14:00:00Z"],
    ["2015-01-01T00:00:00Z", "2015-01-01T00:00:00Z"],
    ["2099-12-31T23:59:59Z", "2099-12-31T23:59:59Z"],
    ["2038-01-19T03:14:08Z", "2038-01-19T03:14:08Z"],
  ])("%s is %s", (text, expected) => {
    expect(instant(text)).toBe(expected);
  });

  it.each([
    ["2026-02-29T12:00:00Z", "does not exist"], ["2100-02-29T12:00:00Z", "does not exist"], ["2026-02-30T12:00:00Z", "does not exist"], ["2026-04-31T12:00:00Z", "does not exist"],
    ["2026-13-01T12:00:00Z", "does not exist"], ["2026-00-10T12:00:00Z", "does not exist"], ["2026-12-00T12:00:00Z", "does not exist"], ["2026-12-32T12:00:00Z", "does not exist"],
    ["2026-12-01T24:00:00Z", "does not exist"], ["2026-12-01T25:00:00Z", "does not exist"], ["2026-12-01T12:60:00Z", "does not exist"], ["2026-12-31T23:59:60Z", "does not exist"],
    ["2026-12-01T15:00:00+24:00", "offset that does not exist"], ["2026-12-01T15:00:00+01:60", "offset that does not exist"], ["2026-12-01T15:00:00-99:99", "offset that does not exist"],
    ["2026-12-01", "no offset"], ["2026-12-01T15:00", "no offset"], ["2026-12-01T15:00:00", "no offset"], ["2026-12-01 15:00:00", "no offset"], ["2026-12-01T15:00:00.5", "no offset"],
    ["2026-12-01 15:00:00Z", "RFC 3339"], ["20261201T150000Z", "RFC 3339"], ["2026-W49-2T15:00:00Z", "RFC 3339"], ["+002026-12-01T15:00:00Z", "RFC 3339"], ["26-12-01T15:00:00Z", "RFC 3339"],
    ["2026-12-01T15:00:00+01", "RFC 3339"], ["2026-12-01T15:00:00 +01:00", "RFC 3339"], ["2026-12-01T15:00:00Z ", "RFC 3339"], ["\n2026-12-01T15:00:00Z", "RFC 3339"], ["2026-12-01T15:00:00.Z", "RFC 3339"],
    ["2026-12-01T15:00:00[Europe/Lisbon]", "RFC 3339"], ["2026-12-01T15:00:00Z[Europe/Lisbon]", "RFC 3339"], ["Tue, 01 Dec 2026 15:00:00 GMT", "RFC 3339"], ["", "RFC 3339"], ["tomorrow", "RFC 3339"],
    ["２０２６-12-01T15:00:00Z", "RFC 3339"], ["2026-12-01T15:00:00−03:00", "RFC 3339"],
    ["2014-12-31T23:59:59Z", "2015 to 2099"], ["2015-01-01T00:00:00+01:00", "2015 to 2099"], ["2099-12-31T23:59:59-00:01", "2015 to 2099"], ["0026-12-01T15:00:00Z", "2015 to 2099"], ["9999-12-01T15:00:00Z", "2015 to 2099"],
  ])("%j is refused: %s", (text, words) => {
    const read = readInstant(text);
    expect(read).toMatchObject({ ok: false });
    expect(!read.ok && read.problem).toContain(words);
    expect(() => instant(text)).toThrow(TypeError);
  });

  it.each([
    [new Date(Number.NaN), "invalid Date"], [new Date(0), "2015 to 2099"], [new Date(8.64e15), "2015 to 2099"],
    [1_796_137_200, "no unit"], [1_796_137_200_000, "no unit"], [Number.NaN, "no unit"],
    [undefined, "must be"], [null, "must be"], [{}, "must be"], [["2026-12-01T15:00:00Z"], "must be"], [1n, "must be"],
  ])("%p is refused: %s", (value, words) => {
    const read = readInstant(value);
    expect(!read.ok && read.problem).toContain(words);
  });

  it("reads a Date to the millisecond", () => {
    fc.assert(fc.property(anyMs, (ms) => toEpochMs(instant(new Date(ms))) === ms));
  });

  it("reads every offset as the same moment", () => {
    const offset = fc.tuple(fc.constantFrom("+", "-"), fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }));
    fc.assert(fc.property(fc.integer({ min: MIN / 1000 + 86_400, max: Math.floor(MAX / 1000) - 86_400 }), offset, (seconds, [sign, hours, minutes]) => {
      const shift = (hours * 60 + minutes) * 60 * (sign === "+" ? 1 : -1);
      const wall = new Date((seconds + shift) * 1000).toISOString().slice(0, 19);
      const two = (part: number) => String(part).padStart(2, "0");
      return toEpochSeconds(instant(`${wall}${sign}${two(hours)}:${two(minutes)}`)) === seconds;
    }));
  });

  it("takes no text that V8 reads and RFC 3339 does not, and never throws", () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^20\d\d-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d{1,12})?(Z|z|[+-]\d\d:?\d\d)?$/)), (text) => {
      const read = readInstant(text);
      return !read.ok || (/^\d{4}-\d{2}-\d{2}[Tt]/.test(text) && /(?:[Zz]|[+-]\d{2}:?\d{2})$/.test(text));
    }), { numRuns: 500 });
  });
});

describe("instants", () => {
  it("keep the order of time, whatever their form", () => {
    fc.assert(fc.property(anyMs, anyMs, (a, b) => compareInstants(fromEpochMs(a), fromEpochMs(b)) === Math.sign(a - b)));
  });

  it("of one form sort as text", () => {
    fc.assert(fc.property(anyMs, anyMs, (a, b) => {
      const [x, y] = [floorToSeconds(fromEpochMs(a)), floorToSeconds(fromEpochMs(b))];
      return Math.sign(toEpochMs(x) - toEpochMs(y)) === (x < y ? -1 : x > y ? 1 : 0);
    }));
  });

  it("are read again as themselves", () => {
    fc.assert(fc.property(anyMs, (ms) => instant(fromEpochMs(ms)) === fromEpochMs(ms)));
  });

  it("are floored to whole seconds, never rounded up", () => {
    fc.assert(fc.property(anyMs, (ms) => {
      const whole = floorToSeconds(fromEpochMs(ms));
      return toEpochMs(whole) === Math.floor(ms / 1000) * 1000 && /^[^.]{20}$/.test(whole);
    }));
  });

  it("from seconds keep a fraction to the millisecond", () => {
    expect(fromEpochSeconds(1_796_137_200.4567)).toBe("2026-12-01T15:00:00.456Z");
    expect(toEpochSeconds(fromEpochMs(1_796_137_200_999))).toBe(1_796_137_200);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0, -1, MIN - 1, MAX + 1, 1_796_137_200])("are not made of %p milliseconds: it is seconds taken for milliseconds, or nonsense", (ms) => {
    expect(() => fromEpochMs(ms)).toThrow(RangeError);
  });

  it("are not made of milliseconds taken for seconds", () => {
    expect(() => fromEpochSeconds(1_796_137_200_000)).toThrow(RangeError);
  });
});

describe("time zones", () => {
  it.each(["Europe/Lisbon", "America/Argentina/Buenos_Aires", "UTC", "Etc/GMT+3", "America/Sao_Paulo"])("%s is one", (text) => expect(isTimeZone(text)).toBe(true));
  it.each(["", "UTC-3", "+01:00", "-03", "GMT+3", "Z", "Europe/Nowhere", "Europe/Lisbon ", "../etc", "Europe/Lisbon\n", "constructor", "__proto__", "a".repeat(5000)])("%j is none", (text) => expect(isTimeZone(text)).toBe(false));
});
