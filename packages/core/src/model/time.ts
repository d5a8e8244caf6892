import type { Brand } from "./brand.js";

/**
 * A point in time: RFC 3339 in UTC, `2026-12-01T15:00:00Z` or with `.mmm` where it is no whole second. The two forms do not
 * sort together as text: compare with {@link compareInstants}, and keep it in a column of times.
 */
export type Instant = Brand<string, "Instant">;
/** An IANA zone name that this runtime knows. Only information for people: an {@link Instant} needs none. */
export type TimeZone = Brand<string, "TimeZone">;

/** Years that a calendar invitation can mean; anything else is seconds read as milliseconds or the reverse. */
const EARLIEST = Date.UTC(2015, 0, 1);
const LATEST = Date.UTC(2100, 0, 1);
const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(?:[Zz]|([+-])(\d{2}):?(\d{2}))$/;

/** An instant from milliseconds since 1970. @throws RangeError outside the years 2015 to 2099. */
export function fromEpochMs(ms: number): Instant {
  if (!Number.isFinite(ms) || ms < EARLIEST || ms >= LATEST) throw new RangeError("a time outside the years 2015 to 2099");
  const whole = Math.floor(ms);
  const day = Math.floor(whole / DAY_MS);
  const date = day === lastDay.number ? lastDay : day === otherDay.number ? otherDay : { number: day, text: new Date(day * DAY_MS).toISOString().slice(0, "2026-12-01T".length) };
  if (date !== lastDay) [lastDay, otherDay] = [date, lastDay];
  const second = Math.floor((whole - day * DAY_MS) / 1_000);
  const rest = whole - day * DAY_MS - second * 1_000;
  const time = `${two(Math.floor(second / 3_600))}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
  return `${date.text}${time}${rest === 0 ? "" : `.${String(rest).padStart(3, "0")}`}Z` as Instant;
}

const DAY_MS = 86_400_000;
/** The two days that were written last, such as today and an event's: times come in clusters, and the date is most of what writing one costs. */
let lastDay = { number: Number.NaN, text: "" };
let otherDay = lastDay;

function two(digits: number): string {
  return digits < 10 ? `0${digits}` : String(digits);
}

/** An instant from seconds since 1970; a fraction is kept to the millisecond. @throws RangeError as {@link fromEpochMs}. */
export function fromEpochSeconds(seconds: number): Instant {
  return fromEpochMs(Math.floor(seconds * 1000));
}

/** Milliseconds since 1970. */
export function toEpochMs(time: Instant): number {
  return Date.parse(time);
}

/** Whole seconds since 1970, rounded down. */
export function toEpochSeconds(time: Instant): number {
  return Math.floor(Date.parse(time) / 1000);
}

/** -1, 0 or 1; by time, whatever the form of the two texts. */
export function compareInstants(a: Instant, b: Instant): number {
  if (a === b) return 0;
  return Math.sign(toEpochMs(a) - toEpochMs(b));
}

/** The same instant without its fraction of a second: what an invitation's start and end can hold. */
export function floorToSeconds(time: Instant): Instant {
  if (time.length === "2026-12-01T15:00:00Z".length) return time;
  return fromEpochMs(Math.floor(toEpochMs(time) / 1000) * 1000);
}

/**
 * Reads a `Date` or RFC 3339 text. Text without an offset is refused: it would mean another moment on another machine.
 * A day or hour that does not exist (`2026-02-30`) is refused too; nothing is rolled over.
 *
 * @returns the instant, or in words what is wrong.
 */
export function readInstant(value: unknown): { readonly ok: true; readonly instant: Instant } | { readonly ok: false; readonly problem: string } {
  const wrong = (problem: string) => ({ ok: false, problem }) as const;
  if (typeof value === "number") return wrong("must be a Date or RFC 3339 text; a bare number has no unit");
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return wrong("is an invalid Date");
    return inRange(value.getTime());
  }
  if (typeof value !== "string") return wrong('must be a Date or RFC 3339 text such as "2026-12-01T15:00:00+00:00"');
  const parts = RFC3339.exec(value);
  if (!parts) {
    return /^\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?)?$/.test(value)
      ? wrong('has no offset, so it names no moment: append "Z" or one such as "+01:00"')
      : wrong('must be RFC 3339 text such as "2026-12-01T15:00:00+00:00"');
  }
  const [, year, month, day, hour, minute, second = "0", fraction = "", sign, hours = "0", minutes = "0"] = parts;
  // A day that does not exist would be rolled over into the next month.
  const midnight = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  const exists = midnight.getUTCMonth() + 1 === Number(month) && midnight.getUTCDate() === Number(day) && Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
  if (!exists) return wrong("names a day or time that does not exist");
  if (Number(hours) > 23 || Number(minutes) > 59) return wrong("has an offset that does not exist");
  const offset = (Number(hours) * 60 + Number(minutes)) * (sign === "-" ? -1 : 1);
  const wall = (Number(hour) * 60 + Number(minute) - offset) * 60 + Number(second);
  return inRange(midnight.getTime() + wall * 1_000 + Number(fraction.padEnd(3, "0").slice(0, 3)));
}

function inRange(ms: number): { readonly ok: true; readonly instant: Instant } | { readonly ok: false; readonly problem: string } {
  if (ms < EARLIEST || ms >= LATEST) return { ok: false, problem: "must lie in the years 2015 to 2099" };
  return { ok: true, instant: fromEpochMs(ms) };
}

/** Reads RFC 3339 text or a `Date`. @throws TypeError in words. */
export function instant(value: string | Date): Instant {
  const read = readInstant(value);
  if (read.ok) return read.instant;
  throw new TypeError(`the time ${read.problem}`);
}

/** Is it an IANA zone that this runtime knows (`Europe/Lisbon`)? Offsets such as `UTC-3` are not. */
export function isTimeZone(text: string): text is TimeZone {
  if (!/^[A-Za-z][A-Za-z0-9_+-]*(?:\/[A-Za-z0-9_+-]+){0,2}$/.test(text)) return false;
  try {
    return new Intl.DateTimeFormat("en", { timeZone: text }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
