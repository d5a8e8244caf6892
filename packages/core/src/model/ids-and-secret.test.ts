import { inspect } from "node:util";
import { describe, expect, it, jest } from "@jest/globals";
import { accountId, messageId, tenantId } from "./ids.js";
import { isSecret, reveal, secret } from "./secret.js";

describe("ids", () => {
  it.each(["a", "clinic-waha", "Clínica", "a/b", "🎉", "a".repeat(256)])("%s may name an account or a tenant", (text) => {
    expect(accountId(text)).toBe(text);
    expect(tenantId(text)).toBe(text);
  });
  it.each(["", " ", "a b", "a\n", "a\0", "\u00a0", "a".repeat(257), 1, null, undefined, {}, ["a"]])("%j may not", (value) => {
    expect(() => accountId(value)).toThrow(TypeError);
    expect(() => tenantId(value)).toThrow(TypeError);
  });

  it.each(["3EB0C767D71D", "ABCD.1234:5-6", "A"])("%s is a message id", (text) => expect(messageId(text)).toBe(text));
  it.each(["", "true_351960000123@c.us_3EB0", "3EB0 C7", "3EB0\n", "3EB0/..", "é", "A".repeat(129), 3, 12n, null, undefined, {}, ["3EB0"]])("%p is none: composites are taken apart by adapters, numbers have lost digits", (value) => {
    expect(messageId(value)).toBeUndefined();
  });
});

describe("a secret", () => {
  const hidden = secret("s3cr3t-canary");

  it("shows its mask in every sink", () => {
    const sinks = [String(hidden), `${hidden}`, JSON.stringify({ hidden }), inspect(hidden), inspect({ a: [hidden] }, { depth: null, showHidden: true, getters: true }), Object.entries(hidden).join(), JSON.stringify(Object.getOwnPropertyDescriptors(hidden)), String(new Error(`${hidden}`).stack)];
    for (const sink of sinks) expect(sink).not.toContain("canary");
    expect(String(hidden)).toBe("[redacted]");
  });

  it("reveals its text on demand only, is wrapped once, and cannot be changed", () => {
    expect(reveal(hidden)).toBe("s3cr3t-canary");
    expect(reveal("plain")).toBe("plain");
    expect(secret(hidden)).toBe(hidden);
    expect(Object.isFrozen(hidden)).toBe(true);
    expect([isSecret("s"), isSecret(null), isSecret({}), isSecret({ reveal: () => "x" })]).toEqual([false, false, false, false]);
  });

  it("is known across two copies of the package", () => {
    jest.isolateModules(() => {
      const copy = jest.requireActual<typeof import("./secret.js")>("./secret.js");
      expect(copy.secret).not.toBe(secret);
      expect(copy.isSecret(hidden) && isSecret(copy.secret("x"))).toBe(true);
      expect(copy.reveal(hidden)).toBe("s3cr3t-canary");
    });
  });
});
