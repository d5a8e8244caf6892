import { createHash, timingSafeEqual } from "node:crypto";
import { reveal, type AccountId, type Authenticated, type Parsed, type Secret, type WebhookCodec, type WebhookRequest } from "@event-messaging/core/driver";
import { eventAnswer, pollAnswer, textAnswer } from "./answers.js";
import type { ZapiSettings } from "./config.js";
import type { Delivery } from "./delivery.js";
import { connectionChanged, delivered, eventSeen, revoked, statusChanged } from "./tracking.js";
import { object, readCallback, readEnvelope, type Envelope } from "./wire.js";

/**
 * Callbacks of one instance. There is no signature: a secret in the URL, the header `z-api-token` (undocumented: the
 * instance's token) and the `instanceId` of the body stand in for one. Z-API docs: webhooks/introduction.
 */
export function zapiWebhook(config: ZapiSettings, account: AccountId): WebhookCodec {
  const secrets = (config.webhookSecrets ?? []).map(digest);
  const token = digest(config.token);
  const header = config.webhookToken ?? "when-present";
  return {
    authenticate: ({ tail, headers }: WebhookRequest): Authenticated => {
      const given = tail[0];
      if (secrets.length > 0 && (given === undefined || !equalsOne(given, secrets))) return { ok: false, reason: "the URL's secret is missing or wrong" };
      const shown = header === "ignored" ? undefined : headers.get("z-api-token");
      if (shown !== undefined && !equalsOne(shown, [token])) return { ok: false, reason: "the z-api-token is wrong" };
      if (shown === undefined && header === "required") return { ok: false, reason: "the z-api-token is missing" };
      return { ok: true, by: secrets.length > 0 || shown !== undefined ? "url-secret" : "none" };
    },
    parse: (json, { receivedAt }) => parseCallback(json, config.instance, { account, receivedAt, refusals: config.refusals }),
  };
}

function digest(value: string | Secret): Buffer {
  return createHash("sha256").update(reveal(value)).digest();
}

/** Digests have one length, so neither length nor content shows in the time taken. */
function equalsOne(given: string, accepted: readonly Buffer[]): boolean {
  const seen = digest(given);
  return accepted.map((each) => timingSafeEqual(seen, each)).includes(true);
}

function parseCallback(json: unknown, instance: string, delivery: Delivery): Parsed {
  const body = object(json);
  if (body === undefined) return { kind: "malformed", reason: "no JSON object" };
  const callback = readCallback(body);
  if (callback.instance !== undefined && callback.instance !== instance) return { kind: "refused", reason: "a callback of another instance" };
  switch (callback.type) {
    case "receivedcallback": return received(readEnvelope(body), delivery);
    case "deliverycallback": return delivered(body, delivery);
    case "messagestatuscallback": return statusChanged(body, delivery);
    case "connectedcallback": return connectionChanged(body, true, delivery);
    case "disconnectedcallback": return connectionChanged(body, false, delivery);
    case undefined: return { kind: "malformed", reason: "a callback without a type" };
    default: return { kind: "foreign", reason: "a kind of callback that is not about events" };
  }
}

/** Which key is present tells what a received message is; a notice and a placeholder come first. Z-API docs: webhooks/on-message-received. */
function received(envelope: Envelope, delivery: Delivery): Parsed {
  if (envelope.notification === "REVOKE") return revoked(envelope, delivery);
  if (envelope.notification !== undefined) return { kind: "foreign", reason: "a notice" };
  if (envelope.eventResponse) return eventAnswer(envelope.eventResponse, envelope, delivery);
  if (envelope.waiting) return { kind: "ignored", reason: "a message that WhatsApp has not decrypted yet" };
  if (envelope.event) return eventSeen(envelope.event, envelope, delivery);
  if (envelope.pollVote) return pollAnswer(envelope.pollVote, envelope, delivery);
  if (envelope.poll) return { kind: "ignored", reason: "a poll" };
  return envelope.text ? textAnswer(envelope.text, envelope, delivery) : { kind: "foreign", reason: "ordinary chat" };
}

