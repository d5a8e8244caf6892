import { createHmac, timingSafeEqual } from "node:crypto";
import { accountId, fromEpochMs, type HttpClient, type WebhookRequest } from "@event-messaging/core/driver";
import { waha } from "@event-messaging/waha";
import { bodyOf } from "../inbound/answers.js";
import { fixturesOf } from "../inbound/fixtures.js";
import { LINES, sign } from "../inbound/lines.js";
import { own } from "../inbound/own.js";
import { NOW } from "../inbound/stage.js";
import type { Random } from "../order/random.js";
import { Problems } from "./problems.js";

/** Does the signature in these headers cover the body? */
export type Verify = (key: string, body: Uint8Array, headers: Readonly<Record<string, string>>) => boolean;

/** RFC 4231, test case 2: the one whose key is text. WAHA's own vectors are among the fixtures. */
const RFC_4231_2 = { key: "Jefe", body: "what do ya want for nothing?", hmac: "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737" };
const KEY = "north window 17";
const headers = (hmac: string, algorithm = "sha512") => ({ "x-webhook-hmac": hmac, "x-webhook-hmac-algorithm": algorithm });

/** The adapter's own verification, through its codec. Accounts are opened once for each key. */
export function adapterVerify(): Verify {
  const http: HttpClient = { request: () => Promise.reject(new Error("not used")), close: () => Promise.resolve() };
  const opened = new Map<string, ReturnType<typeof waha.open>>();
  return (key, body, given) => {
    const provider = opened.get(key) ?? waha.open({ ...LINES.waha.ours.config, hmacKey: key }, { account: accountId("salon"), http, now: () => fromEpochMs(NOW), learned: {} });
    opened.set(key, provider);
    const request: WebhookRequest = { method: "POST", tail: [], headers: new Map(Object.entries(given)), body, receivedAt: fromEpochMs(NOW) };
    return provider.webhook.authenticate(request).ok;
  };
}

/** Every single-bit change of bodies and signatures, and every other way to be nearly right. */
export function signatureRun(verify: Verify, random: Random, bodies: number, rightPerBody: number) {
  const problems = new Problems();
  const tried = { vectors: 0, rightful: 0, bodyBits: 0, signatureBits: 0, others: 0 };
  const accepted = (key: string, body: Uint8Array, given: Readonly<Record<string, string>>) => {
    try {
      return verify(key, body, given);
    } catch (error) {
      problems.add("verification threw", String(error), body);
      return false;
    }
  };
  const must = (key: string, body: Uint8Array, what: string) => {
    tried.rightful += 1;
    if (!accepted(key, body, headers(sign(key, body)))) problems.add("a right signature was refused", what, body);
  };
  const mustNot = (body: Uint8Array, given: Readonly<Record<string, string>>, what: string) => {
    if (accepted(KEY, body, given)) problems.add("a wrong signature was believed", what, body);
  };

  for (const { key, body, hmac } of [...vectors(), RFC_4231_2]) {
    tried.vectors += 1;
    if (!accepted(key, Buffer.from(body), headers(hmac))) problems.add("a published vector was refused", key);
  }
  const texts = fixturesOf("waha").map(({ text }) => text);
  for (let index = 0; index < bodies; index += 1) {
    const body = Buffer.from(index % 4 === 0 ? JSON.stringify(bodyOf(someAnswer(index))).slice(0, 200 + random.next(400)) : texts[random.next(texts.length)]?.slice(0, 60 + random.next(200)) ?? "{}");
    must(KEY, body, "plain");
    must(KEY, Buffer.from(JSON.stringify({ index, spaced: [1, 2] }, undefined, 2)), "JSON with spaces");
    const right = sign(KEY, body);
    for (let bit = 0; bit < body.length * 8; bit += 1) {
      const at = bit >> 3;
      const changed = Buffer.from(body);
      changed.writeUInt8(body.readUInt8(at) ^ (1 << (bit & 7)), at);
      tried.bodyBits += 1;
      mustNot(changed, headers(right), `bit ${bit} of the body`);
    }
    for (let bit = 0; bit < right.length * 8; bit += 1) {
      const digits = Buffer.from(right, "latin1");
      digits.writeUInt8(digits.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      tried.signatureBits += 1;
      mustNot(body, headers(digits.toString("latin1")), `bit ${bit} of the signature`);
    }
    for (const [what, given] of nearlyRight(body, right)) {
      tried.others += 1;
      mustNot(body, given, what);
    }
    for (const noise of [[0xff, 0xfe], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0x00]]) {
      const bytes = Buffer.concat([body, Buffer.from(noise)]);
      must(KEY, bytes, "not UTF-8");
      tried.others += 1;
      if (noise[0] !== 0) mustNot(bytes, headers(createHmac("sha512", KEY).update(bytes.toString("utf8")).digest("hex")), "a signature over the text instead of the bytes");
    }
  }
  for (let index = 0; index < bodies * rightPerBody; index += 1) must(random.pick(["k", KEY, "chave-ção", "x".repeat(300)]), Buffer.from(Array.from({ length: random.next(200) }, () => random.next(256))), "any bytes");
  return { tried, problems };
}

function vectors(): readonly { readonly key: string; readonly body: string; readonly hmac: string }[] {
  return fixturesOf("waha").filter(({ name }) => name === "hmac-vectors").map(({ text }) => {
    const vector: unknown = JSON.parse(text);
    return { key: String(own(vector, "key")), body: String(own(vector, "body")), hmac: String(own(vector, "hmac")) };
  });
}

function someAnswer(index: number) {
  const invitation = { line: LINES.waha.ours, key: "", messageId: "3EB0C4D1A2B3F4E5061728", recipient: "120363041234567890@g.us" };
  return { invitation, phone: `+35196000${1_000 + index}`, source: `3A${index}`, response: "GOING", extraGuests: 0, at: 1_798_711_500_000 } as const;
}

function nearlyRight(body: Uint8Array, right: string): readonly (readonly [string, Readonly<Record<string, string>>])[] {
  const text = Buffer.from(body).toString("utf8");
  return [
    ["none", {}], ["without algorithm", { "x-webhook-hmac": right }], ["algorithm sha256", headers(right, "sha256")], ["algorithm SHA512", headers(right, "SHA512")], ["algorithm empty", headers(right, "")], ["algorithm with a space", headers(right, "sha512 ")],
    ["capitals", headers(right.toUpperCase())], ["a space before", headers(` ${right}`)], ["a space behind", headers(`${right} `)], ["0x", headers(`0x${right.slice(2)}`)], ["sha512=", headers(`sha512=${right}`)],
    ["one digit short", headers(right.slice(0, -1))], ["one byte short", headers(right.slice(0, -2))], ["one byte long", headers(`${right}00`)], ["the first half twice", headers(right.slice(0, 64) + right.slice(0, 64))], ["empty", headers("")],
    ["twice", headers(`${right}${right}`)], ["a list", headers(`${right}, ${right}`)], ["base64", headers(Buffer.from(right, "hex").toString("base64"))], ["zeros", headers("0".repeat(128))], ["no hex", headers("z".repeat(128))],
    ["half, then no hex", headers(`${right.slice(0, 64)}${"z".repeat(64)}`)], ["wide digits", headers(right.replace(/[0-9]/, (digit) => String.fromCodePoint(0xff10 + Number(digit))))],
    ["HMAC-SHA256 under its own name", headers(createHmac("sha256", KEY).update(body).digest("hex"), "sha256")], ["HMAC-SHA256", headers(createHmac("sha256", KEY).update(body).digest("hex"))],
    ["another key", headers(sign("south window 18", body))], ["the key with a space", headers(sign(`${KEY} `, body))], ["no key", headers(sign("", body))], ["another body", headers(sign(KEY, Buffer.from(`${text} `)))],
  ];
}

const parts = (given: Readonly<Record<string, string>>) => ({ hmac: given["x-webhook-hmac"] ?? "", algorithm: given["x-webhook-hmac-algorithm"] });
const same = (a: Buffer, b: Buffer) => a.length === b.length && timingSafeEqual(a, b);
const right = (key: string, body: Uint8Array, algorithm = "sha512") => createHmac(algorithm, key).update(body).digest();

/** Verifications that are nearly right. */
export const WEAK: Readonly<Record<string, Verify>> = {
  "signature: compares a prefix": (key, body, given) => parts(given).algorithm === "sha512" && right(key, body).toString("hex").startsWith(parts(given).hmac.slice(0, 32)) && parts(given).hmac.length === 128,
  "signature: any case": (key, body, given) => parts(given).algorithm === "sha512" && parts(given).hmac.length === 128 && same(Buffer.from(parts(given).hmac, "hex"), right(key, body)),
  "signature: any algorithm": (key, body, given) => {
    const { hmac, algorithm = "sha512" } = parts(given);
    return /^sha(?:256|512)$/.test(algorithm) && same(Buffer.from(hmac, "latin1"), Buffer.from(right(key, body, algorithm).toString("hex")));
  },
  "signature: algorithm not looked at": (key, body, given) => parts(given).hmac === right(key, body).toString("hex"),
  "signature: over text": (key, body, given) => parts(given).algorithm === "sha512" && parts(given).hmac === right(key, Buffer.from(Buffer.from(body).toString("utf8"))).toString("hex"),
  "signature: over JSON written anew": (key, body, given) => {
    let again: Uint8Array = body;
    try {
      again = Buffer.from(JSON.stringify(JSON.parse(Buffer.from(body).toString("utf8"))));
    } catch {
      // Then the bytes as they are.
    }
    return parts(given).algorithm === "sha512" && parts(given).hmac === right(key, again).toString("hex");
  },
  "signature: lengths not looked at": (key, body, given) => parts(given).algorithm === "sha512" && timingSafeEqual(Buffer.from(parts(given).hmac, "hex"), right(key, body)),
  "signature: trimmed": (key, body, given) => parts(given).algorithm?.trim() === "sha512" && parts(given).hmac.trim() === right(key, body).toString("hex"),
  "signature: key as latin-1": (key, body, given) => parts(given).algorithm === "sha512" && parts(given).hmac === createHmac("sha512", Buffer.from(key, "latin1")).update(body).digest("hex"),
  "signature: none is enough": (key, body, given) => parts(given).hmac === "" || (parts(given).algorithm === "sha512" && parts(given).hmac === right(key, body).toString("hex")),
};
