import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";

const WIDE = 100_000;
const MIB = 1024 * 1024;
const list = <T>(length: number, item: (index: number) => T) => Array.from({ length }, (_, index) => item(index));
const nested = (depth: number, open: string, close: string, core = "1") => open.repeat(depth) + core + close.repeat(depth);

/** Texts that are meant to hurt whoever reads JSON. `heads`: what the sender says about them. */
export interface HostileDocument {
  readonly name: string;
  /** Made anew each time: the large ones are not kept. */
  readonly make: () => Buffer;
  /** May stand as a value inside another document? */
  readonly isJson: boolean;
  readonly heads?: Readonly<Record<string, string>>;
}

const JSONS: Readonly<Record<string, () => string>> = {
  ...Object.fromEntries([16, 32, 60, 64, 65, 100, 1_000, 10_000, 100_000].map((depth) => [`lists ${depth} deep`, () => nested(depth, "[", "]")])),
  ...Object.fromEntries([32, 60, 64, 65, 1_000, 10_000, 100_000].map((depth) => [`objects ${depth} deep`, () => nested(depth, "{\"a\":", "}")])),
  "lists and objects in turn": () => nested(30, "[{\"a\":", "}]"),
  "a hundred thousand keys": () => `{${list(WIDE, (index) => `"${index.toString(36)}":1`).join()}}`,
  "a hundred thousand number keys": () => `{${list(WIDE, (index) => `"${index}":0`).join()}}`,
  "a hundred thousand times one key": () => `{${list(WIDE, () => "\"a\":1").join()}}`,
  "fifty thousand times __proto__": () => `{${list(50_000, () => "\"__proto__\":{}").join()}}`,
  "a thousand objects of a hundred keys": () => `[${list(1_000, () => `{${list(100, (key) => `"${key}":""`).join()}}`).join()}]`,
  "a list of two hundred thousand": () => `[${list(200_000, () => "1").join()}]`,
  "a list of a hundred thousand empty objects": () => `[${list(WIDE, () => "{}").join()}]`,
  "keys that collide": () => `{${list(20_000, (index) => `"${"Aa,BB".split(",")[index & 1] ?? ""}${index.toString(2)}":1`).join()}}`,
  "a text of seven hundred thousand": () => `"${"A".repeat(700_000)}"`,
  "a key of four hundred thousand": () => `{"${"k".repeat(400_000)}":1}`,
  "escapes only": () => `"${"\\u0041".repeat(150_000)}"`,
  "halves of surrogates": () => `"${"\\ud83d".repeat(10_000)}"`,
  "backslashes": () => `"${"\\\\".repeat(400_000)}"`,
  "quotes in quotes": () => `"${"\\\"[{".repeat(100_000)}"`,
  "emoji": () => `"${"👩‍👩‍👧‍👦".repeat(30_000)}"`,
  "right-to-left overrides": () => `"${"\u202e".repeat(10_000)}"`,
  "a number of three hundred thousand digits": () => "9".repeat(300_000),
  "a fraction of three hundred thousand digits": () => `0.${"1".repeat(300_000)}`,
  "an exponent out of range": () => "1e999999999", "a negative one": () => "-1e999999999", "the smallest": () => "5e-324", "minus zero": () => "-0", "a number that loses digits": () => "120363019502650977",
  "__proto__ with a member": () => "{\"__proto__\":{\"polluted\":true}}",
  "__proto__ in escapes": () => "{\"\\u005f_proto__\":{\"polluted\":true}}",
  "__proto__ that is null": () => "{\"__proto__\":null}",
  "__proto__ thirty deep": () => nested(30, "{\"__proto__\":", "}", "{\"polluted\":1}"),
  "constructor.prototype": () => "{\"constructor\":{\"prototype\":{\"polluted\":true}}}",
  "constructor in escapes": () => "{\"c\\u006fnstructor\":{\"pr\\u006ftotype\":{\"polluted\":true}}}",
  "names of methods": () => JSON.stringify(Object.fromEntries(["toString", "valueOf", "hasOwnProperty", "toJSON", "then", "length", "name", "prototype", "inspect", "split", "map"].map((name) => [name, 1]))),
  "null": () => "null", "true": () => "true", "a number": () => "0", "a text": () => "\"GOING\"", "an empty object": () => "{}", "an empty list": () => "[]", "an empty text": () => "\"\"",
  "NULs in escapes": () => "\"\\u0000\\u0000\"",
  "log lines": () => JSON.stringify("\r\n[error] root logged in\u001b[31m"),
};

const NOT_JSON: Readonly<Record<string, () => Buffer>> = {
  "nothing": () => Buffer.alloc(0), "a space": () => Buffer.from(" "), "a megabyte of spaces": () => Buffer.alloc(MIB - 1, " "), "a NUL": () => Buffer.from([0]),
  "undefined": () => Buffer.from("undefined"), "NaN": () => Buffer.from("NaN"), "single quotes": () => Buffer.from("{'a':1}"), "a comma too many": () => Buffer.from("{\"a\":1,}"), "a comment": () => Buffer.from("{}//"), "two documents": () => Buffer.from("{}{}"), "lines": () => Buffer.from("{}\n{}\n"),
  "an open object": () => Buffer.from("{\"event\":\"event.response\""), "an open text": () => Buffer.from("\"abc"), "a hundred thousand open lists": () => Buffer.from("[".repeat(100_000)), "a hundred thousand closed ones": () => Buffer.from("]".repeat(100_000)), "lists that close as objects": () => Buffer.from("[".repeat(40) + "}".repeat(40)),
  "only a byte order mark": () => Buffer.from("\ufeff"), "two byte order marks": () => Buffer.from("\ufeff\ufeff{}"), "UTF-16 LE": () => Buffer.from("\ufeff{\"a\":1}", "utf16le"), "UTF-16 BE": () => Buffer.from("\ufeff{\"a\":1}", "utf16le").swap16(), "UTF-32": () => Buffer.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0, 0x7d, 0, 0, 0]),
  "an overlong slash": () => Buffer.from([0x22, 0xc0, 0xaf, 0x22]), "a surrogate in UTF-8": () => Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]), "beyond Unicode": () => Buffer.from([0x22, 0xf4, 0x90, 0x80, 0x80, 0x22]), "half a character": () => Buffer.from([0x22, 0xe2, 0x82, 0x22]), "a lone continuation": () => Buffer.from([0x22, 0x80, 0x22]), "FE FF": () => Buffer.from([0x22, 0xfe, 0xff, 0x22]), "Latin-1": () => Buffer.from("\"Ação\"", "latin1"),
  "a form": () => Buffer.from("payload=%7B%22event%22%3A%22event.response%22%7D"), "a form in parts": () => Buffer.from("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n{}\r\n--x--"), "XML": () => Buffer.from("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>"), "a control character in a text": () => Buffer.from("{\"a\":\"\n\"}"), "prefixed": () => Buffer.from(")]}',\n{}"), "noise": () => Buffer.from(list(5_000, (index) => (index * 7919) % 256)),
};

const plain = Buffer.from("{\"event\":\"event.response\",\"type\":\"ReceivedCallback\"}");
const padded = (length: number) => Buffer.concat([plain, Buffer.alloc(length - plain.length, " ")]);
const document = (name: string, make: () => Buffer, isJson = false, heads: Readonly<Record<string, string>> = {}): HostileDocument => ({ name, make, isJson, heads });
let bomb: Buffer | undefined;

/** JSON that nobody reads at its depth is still JSON. */
export const HOSTILE_DOCUMENTS: readonly HostileDocument[] = [
  ...Object.entries(JSONS).map(([name, make]) => document(name, () => Buffer.from(make()), true)),
  ...Object.entries(NOT_JSON).map(([name, make]) => document(name, make)),
  document("gzip", () => gzipSync(plain), false, { "content-encoding": "gzip" }),
  document("deflate", () => deflateSync(plain), false, { "content-encoding": "deflate" }),
  document("brotli", () => brotliCompressSync(plain), false, { "content-encoding": "br" }),
  document("a gzip bomb", () => (bomb ??= gzipSync(Buffer.alloc(50 * MIB), { level: 1 })), false, { "content-encoding": "gzip" }),
  document("called gzip", () => plain, true, { "content-encoding": "gzip" }),
  document("called text", () => plain, true, { "content-type": "text/html; charset=utf-7" }),
  document("one byte below the limit", () => padded(MIB - 1)),
  document("the limit", () => padded(MIB)),
  document("one byte above the limit", () => padded(MIB + 1)),
  document("five times the limit", () => Buffer.alloc(5 * MIB, "[")),
];
