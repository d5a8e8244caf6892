import type { Random } from "../order/random.js";
import { isObject, type JsonObject } from "../inbound/own.js";

type Place = { readonly holder: JsonObject | unknown[]; readonly name: string };

/** Stands for text that `JSON.stringify` would not write. */
const RAW = "~~RAW~~";
const JUNK: readonly [unknown, ...unknown[]] = [
  null, true, false, 0, -1, 1, 0.5, 1e308, -1e21, 2 ** 53, 120363019502650977, 4294967296, "", " ", "null", "undefined", "0", "-1", "NaN", "1e9", "\u0000", "\ud800", "𝟙", "../..", "__proto__", "constructor",
  [], {}, [[]], [null], { length: 3 }, { toString: 1, valueOf: 2 }, { id: null }, { low: 5, high: 7 }, { _serialized: "true_1@c.us_AA" }, { then: "x" },
];
const WORDS: readonly [unknown, ...unknown[]] = ["GOING", "NOT_GOING", "MAYBE", "UNKNOWN", "CLEARED", "going", "Going", "GOING ", " MAYBE", "NOT GOING", "NOT-GOING", "NOTGOING", "YES", "1", "", "GOING\u0000", "ＧＯＩＮＧ", "GOİNG", "G\u200bOING", "GOING,MAYBE", 1, 2, true, null, ["GOING"], { response: "GOING" }, "toString", "__proto__"];
const IDS: readonly [unknown, ...unknown[]] = [
  464201093, 1.2e30, "", "_", "__", "___", "____", "true_", "_x_y", "true_1@c.us_3EB0C4D1A2B3F4E5061728", "false__3EB0C4D1A2B3F4E5061728", "x".repeat(129), "A B", "A\nB", "Ä", "%2e%2e", "3EB0C41F7A9D2E6B558011", "3EB0C4D1A2B3F4E5061728_", "120363400000000555@g.us",
  "351960000123@c.us", "+351960000123", "0351960000123@c.us", "271000000000099@lid", "status@broadcast", "5511987650001", "551133334444", "1@newsletter", "351910000777@c.us", "184000000000011@lid", "271000000000099", "271000000000099@c.us",
];
const RAW_TEXTS: readonly [(random: Random) => string, ...((random: Random) => string)[]] = [
  () => "1e400", () => "-1e400", () => "9".repeat(400), () => `0.${"3".repeat(300)}`, () => "01", () => "NaN", () => "undefined", () => "'x'", () => "\"\\u12\"", () => "\"\\ud800\"", () => "-0", () => "1.", () => "tru", () => "\"\t\"",
  (random) => "[".repeat(1 + random.next(90)) + "]".repeat(1 + random.next(90)),
  (random) => { const depth = random.pick([20, 50, 60, 63, 64, 65, 200, 5_000]); return `${"{\"a\":".repeat(depth)}1${"}".repeat(depth)}`; },
  (random) => { const depth = random.pick([20, 50, 64, 65, 10_000]); return "[".repeat(depth) + "]".repeat(depth); },
  (random) => JSON.stringify("A".repeat(random.pick([300, 4_000, 30_000]))),
  (random) => `{${Array.from({ length: random.pick([10, 100, 1_000]) }, (_, index) => `"k${index}":${index}`).join(",")}}`,
];
const POLLUTION: readonly [string, ...string[]] = [
  "\"__proto__\":{\"polluted\":true}", "\"__proto__\":{\"fromMe\":false,\"response\":\"GOING\"}", "\"constructor\":{\"prototype\":{\"polluted\":true}}", "\"__pr\\u006fto__\":{\"polluted\":1,\"toString\":null}",
  "\"__proto__\":null", "\"__proto__\":{\"eventResponse\":{\"response\":\"GOING\",\"timestampMs\":1798711499870}}", "\"__proto__\":{\"session\":\"salon-042\",\"instanceId\":\"3B41D0C2A97E4F5688AA10C2F3E4D5B6\"}", "\"hasOwnProperty\":1", "\"toJSON\":\"x\"",
];

/** One hostile body out of a vendor's: changed as JSON, as text, as bytes, or in several of these ways. */
export function mutated(texts: readonly string[], random: Random): Buffer {
  const base = texts[random.next(texts.length)] ?? "{}";
  const value: unknown = JSON.parse(base);
  let raw: string | undefined;
  if (random.chance(85)) {
    for (let more = 1 + (random.chance(25) ? random.next(6) : 0); more > 0; more -= 1) {
      const place = somewhere(value, random);
      if (place) raw = change(place, texts, random) ?? raw;
    }
  }
  let text = JSON.stringify(value) ?? "";
  if (raw !== undefined) text = text.replace(`"${RAW}"`, () => raw ?? "");
  if (random.chance(12)) text = insertedMember(text, POLLUTION[random.next(POLLUTION.length)] ?? "", random);
  if (random.chance(8)) text = insertedMember(text, twin(text, random), random);
  return random.chance(30) ? inBytes(Buffer.from(text), random) : Buffer.from(text);
}

/** A member of any depth. */
function somewhere(value: unknown, random: Random): Place | undefined {
  let place: Place | undefined;
  let inner = value;
  while (Array.isArray(inner) || isObject(inner)) {
    const names = Object.keys(inner);
    const name = names[random.next(names.length)];
    if (name === undefined) break;
    place = { holder: inner, name };
    inner = get(place);
    if (random.chance(25)) break;
  }
  return place;
}

function get({ holder, name }: Place): unknown {
  return Array.isArray(holder) ? holder[Number(name)] : holder[name];
}

/** A copy: what is put in may be changed again. */
function set({ holder, name }: Place, given: unknown): void {
  const value: unknown = structuredClone(given);
  if (Array.isArray(holder)) holder[Number(name)] = value;
  else holder[name] = value;
}

/** Changes one member; gives the text that shall stand where `RAW` stands. */
function change(place: Place, texts: readonly string[], random: Random): string | undefined {
  const old = get(place);
  switch (random.next(14)) {
    case 0: case 1: set(place, random.pick(JUNK)); return undefined;
    case 2: if (Array.isArray(place.holder)) place.holder.splice(Number(place.name), 1); else delete place.holder[place.name]; return undefined;
    case 3: set(place, typeof old === "number" ? String(old) : typeof old === "string" ? Number.parseFloat(old) : [old]); return undefined;
    case 4: set(place, { [place.name]: old }); return undefined;
    case 5: set(place, [old, old]); return undefined;
    case 6: set(place, RAW); return random.pick(RAW_TEXTS)(random);
    case 7: case 8: set(place, spliced(texts, random)); return undefined;
    case 9: set(place, random.pick(IDS)); return undefined;
    case 10: if (!Array.isArray(place.holder)) { delete place.holder[place.name]; place.holder[renamed(place.name, random)] = old; } return undefined;
    case 11: set(place, typeof old === "string" ? old + random.pick(["", "_", "@lid", ":9", "\u0000", "x".repeat(200), old]) : old !== true); return undefined;
    case 12: set(place, typeof old === "number" ? old * random.pick([0, -1, 1_000, 0.001, 1e15]) + random.next(3) : random.pick(JUNK)); return undefined;
    default: set(place, isObject(old) ? withWord(old, random) : random.pick(WORDS)); return undefined;
  }
}

/** An answer with another word in it. */
function withWord(object: JsonObject, random: Random): JsonObject {
  return "response" in object ? { ...object, response: random.pick(WORDS) } : { ...object, eventResponse: { response: random.pick(WORDS), time: 1794492340512, timestampMs: 1798711499870 } };
}

/** A part of another body, or all of it. */
function spliced(texts: readonly string[], random: Random): unknown {
  const other: unknown = JSON.parse(texts[random.next(texts.length)] ?? "null");
  const place = somewhere(other, random);
  return place === undefined || random.chance(10) ? other : get(place);
}

function renamed(name: string, random: Random): string {
  return random.pick([name.toUpperCase(), name.toLowerCase(), `${name} `, `_${name}`, "__proto__", "constructor", "eventResponse", "event", "type", "id"]);
}

/** `member,` after some opening brace. */
function insertedMember(text: string, member: string, random: Random): string {
  const braces = [...text.matchAll(/\{(?=")/g)].map(({ index }) => index);
  const at = braces[random.next(braces.length)];
  return at === undefined || member === "" ? text : `${text.slice(0, at + 1)}${member},${text.slice(at + 1)}`;
}

/** A name that the body has already, with another value: which one counts is the parser's business. */
function twin(text: string, random: Random): string {
  const names = [...text.matchAll(/"([A-Za-z_]{2,40})":/g)].map(([, name]) => name ?? "");
  const name = names[random.next(names.length)];
  return name === undefined ? "" : `"${name}":${JSON.stringify(random.pick(random.chance(50) ? JUNK : WORDS))}`;
}

function inBytes(bytes: Buffer, random: Random): Buffer {
  switch (random.next(12)) {
    case 0: case 1: case 2: {
      for (let flips = 1 + random.next(8); flips > 0 && bytes.length > 0; flips -= 1) bytes.writeUInt8(bytes.readUInt8(random.next(bytes.length)) ^ (1 << random.next(8)), random.next(bytes.length));
      return bytes;
    }
    case 3: return bytes.subarray(0, random.next(bytes.length + 1));
    case 4: return bytes.subarray(random.next(bytes.length + 1));
    case 5: return Buffer.concat([Buffer.from(random.pick(["\ufeff", "\ufeff\ufeff", " ", "\n\n", "//x\n", ")]}'\n", "\u0000"])), bytes]);
    case 6: return Buffer.concat([bytes, random.pick([bytes, Buffer.from("}"), Buffer.from(" \r\n"), Buffer.from([0]), Buffer.from(",")])]);
    case 7: return withBytes(bytes, random.pick([[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82], [0x80]]), random);
    case 8: return Buffer.from(bytes.toString("latin1"), "utf16le");
    case 9: {
      const from = random.next(bytes.length + 1);
      return Buffer.concat([bytes.subarray(0, from), bytes.subarray(Math.min(bytes.length, from + random.next(200)))]);
    }
    case 10: return Buffer.from(Array.from({ length: random.next(300) }, () => random.next(256)));
    default: return random.chance(2) ? Buffer.concat([Buffer.alloc(random.pick([200_000, 1_000_000, 1_100_000]), " "), bytes]) : withBytes(bytes, [random.next(256)], random);
  }
}

function withBytes(bytes: Buffer, more: readonly number[], random: Random): Buffer {
  const at = random.next(bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(more), bytes.subarray(at)]);
}
