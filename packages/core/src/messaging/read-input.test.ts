import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { isMessagingError } from "../error/messaging-error.js";
import { bench, checkUp, ending } from "../../test/support/bench.js";
import { parseHandle } from "./read-input.js";

/** What plain JavaScript hands in: problems by path, and that the vendor was not even probed. */
async function problems(input: unknown): Promise<Readonly<Record<string, string>>> {
  const { clinic, vendor, book } = bench();
  const send: (given: unknown) => Promise<unknown> = Object(clinic.send);
  const error: unknown = await send(input).catch((reason: unknown) => reason);
  if (!isMessagingError(error)) throw new Error(`no typed error: ${String(error)}`);
  expect([error.code, error.outcome, vendor.requests.length, vendor.probes, (await book.records(clinic.tenant, "apt_1")).length]).toEqual(["INVALID_ARGUMENT", "not-sent", 0, 0, 0]);
  return Object.fromEntries(error.issues.map(({ path, message }) => [path, message]));
}

describe("bad input", () => {
  it("gets all its problems at once, by path, before any request", async () => {
    expect(await problems({ key: "apt 1", to: "351960000123@c.us", title: " ", description: "x".repeat(2049), startsAt: "2026-12-01T15:00:00", endsAt: 5, callLink: "https://meet.example.com/x", timeZone: "UTC-3", extraGuestsAllowed: 1, replyTo: "a_b", revision: 0, tittle: "x", extensions: { "acme.x": 1 } })).toEqual({
      key: "must be 1 to 256 characters without spaces or control characters",
      to: expect.stringContaining("recipientFromVendor"),
      title: "must not be empty",
      description: expect.stringContaining("2049 characters"),
      startsAt: expect.stringContaining("no offset"),
      endsAt: expect.stringContaining("no unit"),
      callLink: expect.stringContaining("description"),
      timeZone: expect.stringContaining("Europe/Lisbon"),
      extraGuestsAllowed: "must be true or false",
      replyTo: expect.stringContaining("bare message id"),
      revision: "must be >= 1",
      tittle: "is not a known field",
      "extensions.acme.x": expect.stringContaining("x-<vendor>.<thing>"),
    });
  });

  it("says of what is not there that it is missing", async () => {
    expect(await problems({})).toEqual({ key: "is missing", to: expect.any(String), title: "is missing", startsAt: "is missing" });
  });

  it.each([undefined, null, 1, "text", [], () => 1])("is refused as a whole: %p", async (input) => {
    expect(Object.keys(await problems(input))).toEqual([""]);
  });

  it.each<[string, string, unknown]>([
    ["a number as a recipient", "to", 351960000123], ["a number as a key", "key", 123], ["a number as a quoted message", "replyTo", 123], ["seconds as a time", "startsAt", 1_796_137_200],
    ["an invalid Date", "startsAt", new Date(Number.NaN)], ["a Date as a key", "key", new Date()], ["a Date as a quoted message", "replyTo", new Date()], ["a Date as a title", "title", new Date()],
    ["a fraction as a revision", "revision", 1.5], ["a text as a revision", "revision", "2"], ["null as a description", "description", null], ["a list as a location", "location", ["x"]], ["a place without a name", "location.name", undefined],
    ["a place with coordinates", "location.latitude", 1], ["a list of extensions", "extensions", []], ["an extension in upper case, which no capability could cover", "extensions.x-fake.Colour", "red"],
  ])("names %s by its path", async (_, path, value) => {
    const [field = "", inner] = path.split(/\.(.*)/s, 2);
    const nested = field === "extensions" && inner ? { [inner]: value } : field === "location" && inner ? { ...(inner === "name" ? {} : { name: "North" }), [inner]: value } : value;
    expect(Object.keys(await problems({ ...checkUp, [field]: nested }))).toContain(path);
  });

  it.each(["__proto__", "constructor", "prototype", "toString"])("knows the field %s for the stranger that it is", async (name) => {
    const input: unknown = JSON.parse(`{"${name}":{"title":"x"},"key":"apt_1","to":"+351960000123","title":"Check-up","startsAt":"2026-12-01T15:00:00Z"}`);
    expect(await problems(input)).toEqual({ [name]: "is not a known field" });
    expect(Object.prototype).not.toHaveProperty("title");
  });

  it("ends in a typed error or a send, whatever it is", async () => {
    const { clinic } = bench();
    const send: (given: unknown) => Promise<unknown> = Object(clinic.send);
    await fc.assert(fc.asyncProperty(fc.record({ key: fc.anything(), to: fc.constantFrom<unknown>("+351960000123", 1, "x"), title: fc.anything({ withDate: true }), startsAt: fc.anything({ withDate: true, withBigInt: true }), extensions: fc.anything({ withBigInt: true, withMap: true }) }, { requiredKeys: [] }), async (input) => {
      expect(await ending(send(input))).toMatch(/^(INVALID_ARGUMENT|CONFLICT|UNSUPPORTED) not-sent$|^resolved$/);
    }), { numRuns: 300 });
  });

  it("of a vendor's own settings is told before the account is asked", async () => {
    const { clinic, vendor } = bench();
    const error: unknown = await clinic.send({ ...checkUp, extensions: { "x-fake.colour": "green" } }).catch((reason: unknown) => reason);
    expect(isMessagingError(error) && [error.code, error.issues.map(({ path }) => path), vendor.probes]).toEqual(["INVALID_ARGUMENT", ["extensions.x-fake.colour"], 0]);
    await clinic.send({ ...checkUp, extensions: { "x-fake.colour": "red" } });
    expect(await ending(clinic.send({ ...checkUp, key: "apt_2", extensions: { "x-stranger.thing": 1 } }))).toMatch(/UNSUPPORTED|INVALID_ARGUMENT/);
  });

  it.each<[string, object]>([["0", { deadlineMs: 0 }], ["a negative number", { deadlineMs: -1 }], ["not a number", { deadlineMs: Number.NaN }], ["for ever", { deadlineMs: Number.POSITIVE_INFINITY }], ["more than a timer can hold", { deadlineMs: 2 ** 31 }], ["text", { deadlineMs: "5s" }], ["a signal that is none", { signal: { aborted: false } }]])("in the options is refused: %s", async (_, options) => {
    const { clinic, vendor } = bench();
    expect(await ending(clinic.send(checkUp, options))).toBe("INVALID_ARGUMENT not-sent");
    expect(vendor.probes).toBe(0);
  });

  it.each(["", "two words", "a\nb", "x".repeat(257)])("as a tenant's name (%j) is told at the call, not when the client is made", async (name) => {
    const client = bench().messaging.forTenant(name);
    for (const call of [client.send(checkUp), client.find("apt_1"), client.supports("invitation.send", "direct"), client.require("invitation.send")]) {
      expect(await ending(call)).toBe("INVALID_ARGUMENT not-sent");
    }
  });
});

describe("a handle from storage", () => {
  it("is read from its own JSON as itself", async () => {
    const { clinic } = bench();
    const { handle } = await clinic.send({ ...checkUp, description: "d", location: "North", endsAt: "2026-12-01T15:30:00Z", timeZone: "Europe/Lisbon", callLink: "voice", extraGuestsAllowed: true, replyTo: "M0", extensions: { "x-fake.colour": "red" } });
    expect(parseHandle(JSON.parse(JSON.stringify(handle)))).toEqual(handle);
    for (const text of ["null", "{}", "[]", '""', "1"]) expect(() => parseHandle(JSON.parse(text))).toThrow(/pass it as it was returned/);
  });

  it.each<[string, object, string]>([
    ["another version", { v: 2 }, "v"], ["a vendor's chat", { recipient: "351960000123@c.us" }, "recipient"], ["no message", { messages: [] }, "messages"], ["a composite message id", { messages: [{ id: "true_1@c.us_A", form: "native", role: "invitation", vendorIds: {} }] }, "messages.0.id"],
    ["a numeric message id", { messages: [{ id: 1, form: "native", role: "invitation", vendorIds: {} }] }, "messages.0.id"], ["a local time", { details: { title: "x", startsAt: "2026-12-01T15:00:00" } }, "details.startsAt"], ["a place as text", { details: { title: "x", startsAt: "2026-12-01T15:00:00Z", location: "x" } }, "details.location"],
    ["a provider's name that is none", { provider: "../waha" }, "provider"], ["an account with a space", { account: "a b" }, "account"], ["another form", { form: "fax" }, "form"], ["revision 0", { revision: 0 }, "revision"], ["a field more", { admin: true }, "admin"],
  ])("that was tampered with is refused by path: %s", async (_, change, path) => {
    const { handle } = await bench().clinic.send(checkUp);
    try {
      parseHandle({ ...handle, ...change });
      throw new Error("taken");
    } catch (error) {
      expect(isMessagingError(error) && error.issues.map((issue) => issue.path)).toContain(path);
    }
  });

  it("has its times in their one form when it is read", async () => {
    const { handle } = await bench().clinic.send(checkUp);
    expect(parseHandle({ ...handle, details: { title: "Check-up", startsAt: "2026-12-01T16:00:00.5+01:00" } }).details.startsAt).toBe("2026-12-01T15:00:00Z");
  });
});
