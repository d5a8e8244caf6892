import type { RawWebhook } from "@event-messaging/core";
import { BASE_PATH, delivery, LINES, sign, type Vendor } from "../inbound/lines.js";
import type { Random } from "../order/random.js";

type Headers = readonly (readonly [string, string])[];
type Forgery = (body: Uint8Array, random: Random) => RawWebhook;

const waha = LINES.waha.ours;
const post = (headers: Headers, body: Uint8Array, path = `${BASE_PATH}/${waha.account}`): RawWebhook => ({ method: "POST", path, headers, body });
const signed = (hmac: string, algorithm = "sha512"): Headers => [["x-webhook-hmac", hmac], ["x-webhook-hmac-algorithm", algorithm]];
const right = (body: Uint8Array) => sign(waha.secret, body);
const changed = (bytes: Uint8Array, random: Random) => {
  const copy = Buffer.from(bytes);
  if (copy.length === 0) return Buffer.from(" ");
  const at = random.next(copy.length);
  copy.writeUInt8(copy.readUInt8(at) ^ (1 << random.next(8)), at);
  return copy;
};

const club = LINES.zapi.ours;
const at = (path: string, body: Uint8Array, headers: Headers = []): RawWebhook => ({ method: "POST", path: `${BASE_PATH}/${path}`, headers, body });

/** Ways to post a body without the right to. Each must get the same refusal as the next. */
export const FORGERIES: { readonly [V in Vendor]: Readonly<Record<string, Forgery>> } = {
  waha: {
    "unsigned": (body) => post([], body),
    "signed with another tenant's key": (body) => delivery(waha, body, LINES.waha.other.secret),
    "signed with a guessed key": (body, random) => delivery(waha, body, `key-${random.next(1_000_000)}`),
    "signed with no key": (body) => delivery(waha, body, ""),
    "another body's signature": (body) => post(signed(right(Buffer.concat([body, Buffer.from(" ")]))), body),
    "one bit of the body turned": (body, random) => post(signed(right(body)), changed(body, random)),
    "one digit of the signature turned": (body, random) => {
      const digits = right(body);
      const place = random.next(digits.length);
      return post(signed(digits.slice(0, place) + ((Number.parseInt(digits.charAt(place), 16) + 1 + random.next(15)) % 16).toString(16) + digits.slice(place + 1)), body);
    },
    "half a signature": (body) => post(signed(right(body).slice(0, 64)), body),
    "a signature and a half": (body) => post(signed(right(body) + right(body).slice(0, 64)), body),
    "two signatures": (body) => post(signed(`${right(body)}, ${right(body)}`), body),
    "a signature in capitals": (body) => post(signed(right(body).toUpperCase()), body),
    "a signature as base64": (body) => post(signed(Buffer.from(right(body), "hex").toString("base64")), body),
    "an empty signature": (body) => post(signed(""), body),
    "no algorithm": (body) => post([["x-webhook-hmac", right(body)]], body),
    "algorithm none": (body) => post(signed(right(body), "none"), body),
    "algorithm sha256": (body) => post(signed(right(body), "sha256"), body),
    "algorithm in capitals": (body) => post(signed(right(body), "SHA512"), body),
    "an account that is not there": (body) => post(signed(right(body)), body, `${BASE_PATH}/nobody`),
    "an account named as a prototype is": (body) => post(signed(right(body)), body, `${BASE_PATH}/__proto__`),
    "another account's path": (body) => post(signed(right(body)), body, `${BASE_PATH}/${LINES.waha.other.account}`),
    "another method": (body) => ({ ...delivery(waha, body), method: "PUT" }),
  },
  zapi: {
    "no secret": (body) => at(club.account, body),
    "another tenant's secret": (body) => delivery(club, body, LINES.zapi.other.secret),
    "a guessed secret": (body, random) => delivery(club, body, `s3cret${random.next(1_000_000)}`),
    "all but the last letter": (body) => delivery(club, body, club.secret.slice(0, -1)),
    "one letter too many": (body) => delivery(club, body, `${club.secret}7`),
    "in capitals": (body) => delivery(club, body, club.secret.toUpperCase()),
    "behind another segment": (body) => at(`${club.account}/received/${club.secret}`, body),
    "in the query": (body) => at(`${club.account}?secret=${club.secret}`, body),
    "in a header": (body) => at(club.account, body, [["x-secret", club.secret], ["authorization", club.secret]]),
    "encoded twice": (body) => at(`${club.account}/%2562${club.secret.slice(1)}`, body),
    "a NUL behind it": (body) => at(`${club.account}/${club.secret}%00`, body),
    "the token in place of the secret": (body) => at(club.account, body, [["z-api-token", String(club.config.token)]]),
    "the right secret with a wrong token": (body) => ({ ...delivery(club, body), headers: [["z-api-token", "token-0000"]] }),
    "the right secret with another tenant's token": (body) => ({ ...delivery(club, body), headers: [["z-api-token", String(LINES.zapi.other.config.token)]] }),
    "an account that is not there": (body) => at(`nobody/${club.secret}`, body),
    "an account named as a prototype is": (body) => at(`constructor/${club.secret}`, body),
    "another account's path": (body) => at(`${LINES.zapi.other.account}/${club.secret}`, body),
    "another method": (body) => ({ ...delivery(club, body), method: "GET" }),
  },
};
