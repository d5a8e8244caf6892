import type { ZapiSwitches } from "./switches.js";

const DATE_TIME = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?$/;
const ZONE = /^(?:UTC|GMT)?(?:([+-])(\d{1,2})(?::?(\d{2}))?)?$/;
const BRAZIL_MINUTES = -180;

/** Minutes east of UTC that a `timeZone` such as `UTC-3`, `UTC+5:30` or `UTC` stands for; `undefined` when it is none. Z-API docs: message/send-event shows `UTC-3` only. */
export function offsetMinutes(timeZone: string): number | undefined {
  const parts = timeZone === "Z" ? ZONE.exec("UTC") : ZONE.exec(timeZone);
  if (parts === null || timeZone === "") return undefined;
  const [, sign, hours, minutes] = parts;
  const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  if (size > 18 * 60) return undefined;
  return sign === "-" ? -size : size;
}

type Reading = Pick<ZapiSwitches, "dateTimeMode" | "zeroOffset">;

/**
 * The instant a phone would show for a `dateTime` and `timeZone` as Z-API receives them, in whole epoch seconds; `undefined` when they cannot be read.
 * Z-API docs: message/send-event ("without timezone", samples in `Z`); the four readings are the candidates that its samples leave open.
 */
export function understoodStart(dateTime: unknown, timeZone: unknown, reading: Reading): number | undefined {
  if (typeof dateTime !== "string") return undefined;
  const parts = DATE_TIME.exec(dateTime);
  if (parts === null) return undefined;
  const [, day, clock, seconds, suffix] = parts;
  const digits = Date.parse(`${day}T${clock}:${seconds ?? "00"}Z`) / 1000;
  if (!Number.isFinite(digits)) return undefined;

  const offset = zoneOffset(timeZone, reading.zeroOffset);
  if (offset === "unreadable") return undefined;
  const written = digits - (suffix === undefined ? 0 : (offsetMinutes(suffix) ?? 0) * 60);
  switch (reading.dateTimeMode) {
    case "instant":
      return written;
    case "shift":
      return written + (offset ?? 0) * 60;
    case "wallclock-default-br":
      return digits - (offset ?? BRAZIL_MINUTES) * 60;
    case "wallclock-default-utc":
      return digits - (offset ?? 0) * 60;
  }
}

function zoneOffset(timeZone: unknown, zeroOffset: ZapiSwitches["zeroOffset"]): number | undefined | "unreadable" {
  if (timeZone === undefined || timeZone === null) return undefined;
  const offset = typeof timeZone === "string" ? offsetMinutes(timeZone) : undefined;
  if (offset === undefined) return "unreadable";
  if (offset !== 0 || zeroOffset === "accepted") return offset;
  return zeroOffset === "ignored" ? undefined : "unreadable";
}
