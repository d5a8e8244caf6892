import { describe, expect, it } from "@jest/globals";
import { createIds } from "./ids.js";

describe("createIds", () => {
  const ids = createIds(Math.random, () => 1_798_711_500_123);
  it("spells ids as WhatsApp and the vendors do", () => {
    expect(ids.sent()).toMatch(/^3EB0[0-9A-F]{18}$/);
    expect(ids.phone()).toMatch(/^3A[0-9A-F]{18}$/);
    expect(ids.hex32()).toMatch(/^[0-9A-F]{32}$/);
    expect(ids.ulid()).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(ids.envelope()).toMatch(/^evt_[0-9a-hjkmnp-tv-z]{26}$/);
    expect(ids.uuid7()).toMatch(/^[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
    expect(ids.short(14)).toMatch(/^[0-9a-z]{14}$/);
    expect(Buffer.from(ids.secret(32), "base64")).toHaveLength(32);
  });
  it("puts the time in front of ULIDs and version 7 UUIDs", () => {
    const decoded = Array.from(ids.ulid().slice(0, 10)).reduce((time, letter) => time * 32 + "0123456789ABCDEFGHJKMNPQRSTVWXYZ".indexOf(letter), 0);
    expect(decoded).toBe(1_798_711_500_123);
    expect(Number.parseInt(ids.uuid7().slice(0, 12), 16)).toBe(1_798_711_500_123);
  });
  it("is repeatable with a given randomness and clock", () => {
    const make = () => createIds(() => 0.25, () => 0);
    expect(make().sent()).toBe(make().sent());
  });
});
