import type { AccountFinding, Call, HttpResponse } from "@event-messaging/core/driver";
import type { OpenConfig } from "./config.js";
import { isBefore } from "./engines.js";
import { settled, type Ask, type SessionRuntime } from "./exchange.js";
import { readServer, SESSION } from "./probe.js";
import { patienceSeconds, signingKeys } from "./webhook-setup.js";
import { hooksOf } from "./webhook-diff.js";
import { at, record, text, type Wire } from "./wire.js";

const finding = (severity: AccountFinding["severity"]) => (code: string, message: string, remedy: string): readonly AccountFinding[] => [{ code, severity, message, remedy }];
const [fault, risk, note] = [finding("fault"), finding("risk"), finding("note")];
const SET_UP = "Set the webhooks up with planWebhooks() and applyWebhooks().";
/** A receiver may be away for a deployment, not for a night. */
const PATIENCE_SECONDS = 3_600;
/** A session that nobody has: what a key may not see is 403, what is not there is 404. */
const NOBODY = "event-messaging-key-check";

/**
 * Does this session meet what is promised? Reads the session, the server's version, and whether the key reaches a session of
 * another name; never `/api/server/environment` and never `/api/keys`, which show secrets. The server's global webhooks show
 * nowhere. Source: WAHA docs, how-to/events and how-to/security.
 */
export async function inspectSession(ask: Ask, config: OpenConfig, runtime: SessionRuntime, call: Call): Promise<readonly AccountFinding[]> {
  const [session, server, stranger] = await Promise.all([
    ask(call, { method: "GET", template: SESSION, params: { session: config.session } }),
    readServer(ask, config, call),
    ask(call, { method: "GET", template: SESSION, params: { session: NOBODY } }),
  ]);
  const settings = settled(session, "probe", SESSION, runtime, (json) => record(json) && (record(at(json, "config")) ?? {}), true);
  return [
    ...webhooks(settings, config),
    ...receiving(config),
    ...reach(stranger, config, server.version),
    ...(isBefore(server.version, "2026.7.1") ? note("version-old", `Server ${server.version ?? ""} is older than 2026.7.1, the release that this adapter was written against; long silences of GOWS sessions were mended up to it.`, "Upgrade when you can.") : []),
    ...(server.version === undefined ? risk("version-unknown", "The server does not tell its version, so what differs between versions cannot be told.", "Let the key read /api/server/version, or state version in the configuration.") : []),
    ...(at(settings, "ignore", "groups") === true ? risk("groups-ignored", "The session drops everything from groups, answers too.", "Switch config.ignore.groups off.") : []),
    ...(at(settings, "gows", "storage", "messages") === false ? risk("no-history", "The session keeps no messages: a send of unknown outcome cannot be looked for.", "Switch config.gows.storage.messages on.") : []),
  ];
}

function webhooks(settings: Wire, { hmacKey }: OpenConfig): readonly AccountFinding[] {
  const hooks = hooksOf(settings);
  const hears = (hook: unknown, event: string) => ((events) => Array.isArray(events) && (events.includes(event) || events.includes("*")))(at(hook, "events"));
  const ours = hooks.filter((hook) => hears(hook, "event.response"));
  if (ours.length === 0) return fault("webhook-missing", "No webhook of the session asks for event.response: no answer arrives, unless the server has a global webhook, which cannot be seen.", SET_UP);
  const missing = (event: string) => !ours.some((hook) => hears(hook, event));
  const keys = signingKeys(hmacKey);
  const unsigned = ours.filter((hook) => text(at(hook, "hmac", "key")) === undefined);
  const foreign = ours.filter((hook) => ((key) => key !== undefined && keys.length > 0 && !keys.includes(key))(text(at(hook, "hmac", "key"))));
  const shortest = Math.min(...ours.map(patienceSeconds));
  return [
    ...(missing("event.response.failed") ? risk("failed-answers-unheard", "Answers that cannot be decrypted are not reported: a guest who answered looks silent.", SET_UP) : []),
    ...(missing("message.any") ? risk("no-own-echo", "Own messages are not echoed: a send of unknown outcome is not recognised when it arrives.", SET_UP) : []),
    ...(missing("session.status") ? risk("status-unheard", "The session's state is not reported: an account that stops working is noticed at the next send.", SET_UP) : []),
    ...(missing("message.ack") ? note("delivery-unheard", "Acknowledgements are not reported: nothing is known of delivery and reading.", SET_UP) : []),
    ...(keys.length > 0 && unsigned.length > 0 ? fault("webhook-unsigned", "hmacKey is configured and a webhook of the session has no key: its deliveries are refused.", SET_UP) : []),
    ...(foreign.length > 0 ? fault("webhook-key-differs", "A webhook of the session is signed with another key than hmacKey: its deliveries are refused.", SET_UP) : []),
    ...(keys.length === 0 && unsigned.length < ours.length ? risk("signature-unchecked", "The session signs its webhooks and hmacKey is not configured: the signature is not looked at.", "Configure hmacKey with the webhook's key.") : []),
    ...(shortest < PATIENCE_SECONDS ? risk("patience-short", `Repeats of a delivery end after ${shortest} seconds: a receiver that is away for longer loses answers, and WAHA keeps no history of them.`, SET_UP) : []),
    ...(ours.some((hook) => isPlain(text(at(hook, "url")))) ? risk("webhook-plain-http", "Deliveries cross a network without encryption: they hold names, numbers and answers.", "Use an https URL.") : []),
  ];
}

/** What lets a delivery prove where it comes from. */
function receiving({ hmacKey, webhookSecrets }: OpenConfig): readonly AccountFinding[] {
  if (hmacKey !== undefined) return [];
  if (webhookSecrets === undefined) return fault("webhooks-unproved", "Neither hmacKey nor webhookSecrets is configured: anybody who knows the URL can forge answers.", "Configure hmacKey, then set the webhooks up again.");
  return risk("no-signature", "Deliveries prove themselves by a secret in the URL alone, which proxies log; anybody who reads it can forge answers.", "Configure hmacKey, then set the webhooks up again.");
}

/** A key for one session is refused for another's name; one that gets "not found" reaches them all. */
function reach({ status }: HttpResponse, { apiKey }: OpenConfig, version: string | undefined): readonly AccountFinding[] {
  if (status === 403) return [];
  if (status !== 404) return note("key-reach-unknown", `How far the key reaches could not be told (status ${status}).`, "");
  if (apiKey === undefined) return fault("server-open", "The server asks for no key: whoever reaches it can send as this account and read every chat.", "Set WAHA_API_KEY on the server, or let nobody else reach it.");
  const remedy = isBefore(version, "2026.1.4") ? "Upgrade to 2026.4.3 or later, then make a key for this session only." : "Make a key for this session only, with read and send (and setting while webhooks are set up).";
  return risk("key-over-privileged", "The key reaches every session of the server: whoever has it can read all of them, and the server's own secrets.", remedy);
}

function isPlain(url: string | undefined): boolean {
  if (url === undefined || !URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  return protocol === "http:" && hostname.includes(".") && !/^127\.|\.(?:internal|local|lan)$/.test(hostname);
}
