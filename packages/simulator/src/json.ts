export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

/** Digits of a phone number in any spelling: `+351 960 000 123`, `351960000123@c.us`. */
export const digitsOf = (value: string): string => (value.split("@")[0] ?? "").split(":")[0]?.replace(/\D/g, "") ?? "";

/** A Unix time in seconds as a phone would show it: ISO UTC, or `@<seconds>` when no calendar reaches that far. */
export const instantOf = (seconds: number): string => {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? `@${seconds}` : date.toISOString();
};
