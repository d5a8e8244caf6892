import { createHash, createHmac, createSecretKey, timingSafeEqual, type KeyObject } from "node:crypto";
import type { AccountId, Authenticated, Secret, WebhookCodec, WebhookRequest } from "@event-messaging/core/driver";
import { answerFacts } from "./answers.js";
import type { OpenConfig } from "./config.js";
import { observedFacts } from "./observed.js";
import type { Delivery, Read } from "./delivery.js";
import { editedFacts } from "./replies.js";
import { statusFacts } from "./status.js";
import { ackFacts, revokedFacts } from "./tracking.js";
import { voteFacts } from "./votes.js";
import { readEnvelope } from "./wire.js";

const READERS: Readonly<Record<string, (delivery: Delivery) => Read>> = {
  "event.response": answerFacts,
  "event.response.failed": answerFacts,
  "message": observedFacts,
  "message.any": observedFacts,
  "message.edited": editedFacts,
  "message.revoked": revokedFacts,
  "message.ack": ackFacts,
  "message.ack.group": ackFacts,
  "poll.vote": voteFacts,
  "poll.vote.failed": voteFacts,
  "session.status": statusFacts,
};

/** Authenticates and reads the webhooks of one session. Pure. Source: WAHA docs, how-to/events. */
export function webhookCodec(config: OpenConfig, account: AccountId): WebhookCodec {
  const keys = config.hmacKey === undefined ? undefined : [config.hmacKey].flat().map((key) => createSecretKey(Buffer.from(key.reveal(), "utf8")));
  return {
    authenticate: (request) => authenticate(config, keys, request),
    parse(json, request) {
      const envelope = readEnvelope(json);
      if (envelope === undefined) return { kind: "malformed", reason: "not-an-envelope" };
      if (envelope.session !== config.session) return { kind: "foreign", reason: "other-session" };
      const reader = Object.hasOwn(READERS, envelope.event) ? READERS[envelope.event] : undefined;
      if (reader === undefined) return { kind: "foreign", reason: "other-kind" };
      const read = reader({ envelope, request, config, account });
      return "kind" in read ? read : { kind: "facts", facts: read };
    },
  };
}

function authenticate(config: OpenConfig, keys: readonly KeyObject[] | undefined, request: WebhookRequest): Authenticated {
  const inUrl = config.webhookSecrets !== undefined;
  if (inUrl && !isOneOf(request.tail[0] ?? "", config.webhookSecrets)) return { ok: false, reason: "url-secret" };
  if (keys === undefined) return { ok: true, by: inUrl ? "url-secret" : "none" };
  return isSigned(keys, request) ? { ok: true, by: "signature" } : { ok: false, reason: "signature" };
}

/** Over digests: neither the place of the first difference nor the length shows in the time taken. */
function isOneOf(given: string, secrets: readonly Secret[]): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return secrets.map((each) => timingSafeEqual(digest(given), digest(each.reveal()))).includes(true);
}

/** `hex(HMAC_SHA512(key, body bytes))`. The algorithm is never negotiated. */
function isSigned(keys: readonly KeyObject[], { headers, body }: WebhookRequest): boolean {
  if (headers.get("x-webhook-hmac-algorithm") !== "sha512") return false;
  const digits = headers.get("x-webhook-hmac") ?? "";
  // One spelling for one signature: `Buffer` would read capitals as well, and stop at the first digit that is none.
  if (!/^[0-9a-f]{128}$/.test(digits)) return false;
  const given = Buffer.from(digits, "hex");
  return keys.map((key) => timingSafeEqual(given, createHmac("sha512", key).update(body).digest())).includes(true);
}
