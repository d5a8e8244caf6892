import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { DEFAULT_LIMITS, type DetailsInput } from "./details.js";
import { readDetails } from "./read-details.js";

const good = { title: "Check-up", startsAt: "2026-12-01T15:00:00Z" } as const satisfies DetailsInput;
/** What plain JavaScript can hand in. */
const read = (input: object) => readDetails({ ...good, ...input }, DEFAULT_LIMITS);
const paths = (input: object) => read(input).issues.map(({ path }) => path);

describe("reading details", () => {
  it("gives them their one form", () => {
    const { details, issues } = read({
      title: "  Check-up ", description: "Bring *papers*.\n\tThanks", location: "Clinic North", startsAt: new Date("2026-12-01T15:00:00.999Z"), endsAt: "2026-12-01T16:30:00+01:00",
      timeZone: "Europe/Lisbon", callLink: "video", extraGuestsAllowed: false, extensions: { "x-acme.colour": "red" },
    });
    expect(issues).toEqual([]);
    expect(details).toEqual({
      title: "Check-up", description: "Bring *papers*.\n\tThanks", location: { name: "Clinic North" }, startsAt: "2026-12-01T15:00:00Z", endsAt: "2026-12-01T15:30:00Z",
      timeZone: "Europe/Lisbon", callLink: "video", extraGuestsAllowed: false, extensions: { "x-acme.colour": "red" },
    });
  });

  it("keeps absent what is undefined, null or an empty bag", () => {
    expect(read({ description: undefined, location: null, endsAt: undefined, timeZone: null, callLink: undefined, extraGuestsAllowed: null, extensions: {} }).details).toEqual(good);
  });

  it("reads its own result again as the same", () => {
    const input = { description: "d", location: { name: "l" }, endsAt: "2026-12-01T15:00:01.7Z", callLink: "voice" };
    const { details } = read(input);
    expect(read({ ...details }).details).toEqual(details);
  });

  it("tells every problem at once, by path", () => {
    expect(paths({ title: " ", description: "", location: { name: "" }, startsAt: "2026-12-01T15:00:00", endsAt: "never", timeZone: "UTC-3", callLink: "https://meet.example.com/x", extraGuestsAllowed: "yes" }))
      .toEqual(["title", "description", "location", "startsAt", "endsAt", "timeZone", "callLink", "extraGuestsAllowed"]);
  });

  it.each([
    ["before the start", "2026-12-01T14:59:59Z"], ["at the start", "2026-12-01T15:00:00Z"], ["in the second of the start", "2026-12-01T15:00:00.999Z"], ["before the start, in another offset", "2026-12-01T15:30:00+01:00"],
  ])("refuses an end %s", (_, endsAt) => {
    expect(read({ endsAt }).issues).toEqual([{ path: "endsAt", message: "must be after startsAt" }]);
  });

  it.each([
    ["emoji", "🎉"], ["Arabic", "م"], ["Hebrew", "ש"], ["Chinese", "牙"], ["a combining mark", "\u0301"], ["a character beyond the first plane", "𝒜"],
  ])("counts %s as one character", (_, character) => {
    expect(paths({ title: `a${character.repeat(99)}` })).toEqual([]);
    expect(paths({ title: `a${character.repeat(100)}` })).toEqual(["title"]);
    expect(paths({ description: `a${character.repeat(2047)}` })).toEqual([]);
    expect(paths({ description: `a${character.repeat(2048)}` })).toEqual(["description"]);
    expect(paths({ location: `a${character.repeat(2048)}` })).toEqual(["location"]);
  });

  it("does not count the spaces around a title, which are taken off", () => {
    expect(read({ title: ` ${"a".repeat(100)} ` }).details?.title).toHaveLength(100);
    expect(paths({ description: `a${" ".repeat(2048)}` })).toEqual(["description"]);
  });

  it("says how long the text is, how long it may be, and which option overrides", () => {
    expect(read({ title: "a".repeat(101) }).issues[0]?.message).toMatch(/101.*100.*limits\.titleLength/);
    expect(readDetails({ ...good, title: "a".repeat(101) }, { ...DEFAULT_LIMITS, titleLength: 101 }).issues).toEqual([]);
  });

  it.each([
    ["NUL", "a\0b"], ["bell", "a\u0007b"], ["escape", "a\u001b[31mb"], ["delete", "a\u007fb"], ["a C1 control", "a\u0085b"],
    ["a high surrogate alone", "a\ud83cb"], ["a low surrogate alone", "a\udf89"], ["surrogates in the wrong order", "\udf89\ud83c"],
  ])("refuses text with %s, and does not quote it", (_, text) => {
    for (const field of ["title", "description", "location"]) {
      const { issues } = read({ [field]: text });
      expect(issues.map(({ path }) => path)).toEqual([field]);
      expect(issues[0]?.message).not.toContain(text);
    }
  });

  it.each([["right-to-left text", "פגישה במרפאה"], ["joined emoji", "👩‍👩‍👧‍👦 family day"], ["a flag", "🇵🇹"], ["a combining accent", "Jose\u0301"], ["lines and tabs", "a\nb\tc\r\nd"]])("takes %s unchanged", (_, text) => {
    expect(read({ description: text }).details?.description).toBe(text);
  });

  it.each([[1], [true], [{}], [[]], [null], [undefined], [12n]])("refuses %p as a title", (title) => expect(paths({ title })).toEqual(["title"]));
  it.each([[1], [true], [[]], [{}], [{ name: 1 }], [{ name: null }]])("refuses %p as a location", (location) => expect(paths({ location })).toEqual(["location"]));
  it.each([[1_796_137_200], [new Date(Number.NaN)], [null], [undefined], [{}]])("refuses %p as a start", (startsAt) => expect(paths({ startsAt })).toEqual(["startsAt"]));

  it.each<[string, unknown]>([
    ["a function", () => 1], ["a Date", new Date()], ["not a number", Number.NaN], ["a bigint", 1n], ["undefined inside", [undefined]], ["a map", new Map()], ["a symbol", Symbol("x")],
    ["a class instance", new (class Bag { readonly a = 1; })()],
  ])("refuses an extension that is no JSON: %s", (_, value) => {
    expect(paths({ extensions: { "x-acme.thing": value } })).toEqual(["extensions.x-acme.thing"]);
  });

  it("refuses an extension that holds itself, or is nested beyond reason", () => {
    const ring: Record<string, unknown> = {};
    ring.self = ring;
    let deep: unknown = 1;
    for (let depth = 0; depth < 10_000; depth += 1) deep = [deep];
    expect(paths({ extensions: { "x-acme.ring": ring, "x-acme.deep": deep } })).toEqual(["extensions.x-acme.ring", "extensions.x-acme.deep"]);
  });

  it("keeps extensions apart from what the caller does with them later", () => {
    const extensions = { "x-acme.colour": ["red"] };
    const { details } = read({ extensions });
    extensions["x-acme.colour"].push("blue");
    expect(details?.extensions).toEqual({ "x-acme.colour": ["red"] });
  });

  it("never throws, and never both reads and complains", () => {
    const field = fc.constantFrom("title", "description", "location", "startsAt", "endsAt", "timeZone", "callLink", "extraGuestsAllowed", "extensions", "__proto__", "constructor");
    fc.assert(fc.property(fc.dictionary(field, fc.anything({ withDate: true, withBigInt: true, withMap: true, withNullPrototype: true })), (input) => {
      const { details, issues } = read(input);
      expect(details === undefined).toBe(issues.length > 0);
    }), { numRuns: 500 });
  });
});
