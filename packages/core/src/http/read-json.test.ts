import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { readJson } from "./read-json.js";

const read = (text: string) => readJson(Buffer.from(text));

describe("readJson", () => {
  it("reads what JSON.parse reads, as long as it is shallow", () => {
    fc.assert(fc.property(fc.json({ maxDepth: 8, noUnicodeString: false }), (text) => {
      fc.pre(!/__proto__|constructor/.test(text)); // the generator likes them
      expect(JSON.stringify(read(text))).toBe(JSON.stringify(JSON.parse(text)));
    }));
  });

  it("reads depth 64 and not 65, and counts no brackets inside text", () => {
    expect(read("[".repeat(64) + "]".repeat(64))).toBeDefined();
    expect(read("[".repeat(65) + "]".repeat(65))).toBeUndefined();
    expect(read(JSON.stringify("[{\\\"".repeat(200)))).toBe("[{\\\"".repeat(200));
  });

  it("leaves out keys that could reach a prototype, however they are spelt, and keeps their look-alikes", () => {
    expect(JSON.stringify(read('[{"__proto__":1},{"\\u005f\\u005fproto__":{"a":1}},{"constructor":{"prototype":{}}},{"constructor":{"name":"x"}},{"proto":1}]')))
      .toBe('[{},{},{},{"constructor":{"name":"x"}},{"proto":1}]');
  });

  it("ignores a byte order mark", () => {
    expect(read("\ufeff{}")).toEqual({});
  });

  it("is undefined, and throws nothing, for every other text", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => { readJson(Buffer.from(bytes)); }));
    for (const text of ["", " ", "{", "<html>", '{"a":1}x', "NaN"]) expect(read(text)).toBeUndefined();
  });
});
