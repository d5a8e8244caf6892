import { isDeepStrictEqual } from "node:util";
import { invalidArgument, MessagingError, reveal, secret, type InboundType, type Method, type ProviderRuntime, type Secret, type WebhookPlan } from "@event-messaging/core/driver";
import type { OpenConfig } from "./config.js";
import { isBefore } from "./engines.js";
import { settled, type Ask, type SessionRuntime } from "./exchange.js";
import { readServer, SESSION } from "./probe.js";
import { changesBetween, hooksOf } from "./webhook-diff.js";
import { at, numeric, record, text, type WebhookSetting, type Wire } from "./wire.js";

/** What each of our types needs to be asked for. `*` is never used: it brings history floods and large raw messages. */
const EVENTS: Readonly<Record<InboundType, readonly string[]>> = {
  "rsvp": ["event.response"],
  "rsvp.unrecognized": ["event.response"],
  "rsvp.unreadable": ["event.response.failed", "poll.vote.failed"],
  "invitation.observed": ["message.any"],
  "invitation.failed": ["message.ack", "message.ack.group"],
  "invitation.delivered": ["message.ack", "message.ack.group"],
  "invitation.read": ["message.ack", "message.ack.group"],
  "invitation.revoked": ["message.revoked"],
  "poll.voted": ["poll.vote"],
  "message.replied": ["message", "message.edited"],
  "account.status": ["session.status"],
};

/** 15 repeats with growing waits: about 36 hours in which the receiver may be away. Source: recording of WAHA 2025.11.3 (2^n × 2 s). */
const RETRIES = { policy: "exponential", delaySeconds: 2, attempts: 15 } as const;

/**
 * Set-up of the session's webhook. WAHA replaces the whole configuration and restarts the session for about 3 seconds, so
 * everything else is read first and sent back as it was. The first of `webhookSecrets` is put behind the URL's path, unless
 * one already stands there; a webhook under another of them is moved. The server's global webhooks do not show here and are
 * not touched.
 */
export function webhookOperations(ask: Ask, config: OpenConfig, runtime: SessionRuntime): { readonly planWebhooks: Method<"planWebhooks">; readonly applyWebhooks: Method<"applyWebhooks"> } {
  const params = { session: config.session };
  const current = async (operation: "planWebhooks" | "applyWebhooks", call: Parameters<Ask>[0]): Promise<Wire> => {
    const response = await ask(call, { method: "GET", template: SESSION, params });
    return settled(response, operation, SESSION, runtime, settingsIn, true);
  };
  return {
    async planWebhooks({ url, types }, call) {
      const [before, { version }] = await Promise.all([current("planWebhooks", call), readServer(ask, config, call)]);
      const { address, former } = addressOf(reveal(url), config.webhookSecrets ?? []);
      return planFor(before, withHook(before, wanted(address, types, version, signingKeys(config.hmacKey)[0]), former));
    },
    async applyWebhooks(plan, call) {
      const [before, after] = [settingsOf(plan.before, runtime), settingsOf(plan.after, runtime)];
      if (!isDeepStrictEqual(await current("applyWebhooks", call), before)) throw changedMeanwhile(runtime);
      if (isDeepStrictEqual(before, after)) return planFor(after, before);
      const response = await ask(call, { method: "PUT", template: SESSION, params, json: { config: after } });
      return planFor(settled(response, "applyWebhooks", SESSION, runtime, (json) => record(at(json, "config")) ?? after), before);
    },
  };
}

function settingsIn(session: unknown): Wire | undefined {
  return record(session) && (record(at(session, "config")) ?? {});
}

function planFor(before: Wire, after: Wire): WebhookPlan {
  return { before: secret(JSON.stringify(before)), after: secret(JSON.stringify(after)), changes: changesBetween(before, after) };
}

function settingsOf(kept: Secret, { account }: ProviderRuntime): Wire {
  try {
    const settings = record(JSON.parse(kept.reveal()));
    if (settings) return settings;
  } catch {
    // Falls through: the text is not ours.
  }
  throw invalidArgument("applyWebhooks through waha", [{ path: "plan", message: "must be a plan of planWebhooks" }], { provider: "waha", account, operation: "applyWebhooks" });
}

/** `message.ack.group` is an unknown name before 2025.12.2, and one unknown name refuses the whole set-up. */
function wanted(url: string, types: readonly InboundType[], version: string | undefined, key: string | undefined): WebhookSetting {
  const named = new Set(types.flatMap((type) => EVENTS[type]));
  if (named.has("message.any")) named.delete("message");
  if (version === undefined || isBefore(version, "2025.12.2")) named.delete("message.ack.group");
  return { url, events: [...named].sort(), ...(key !== undefined && { hmac: { key } }), retries: RETRIES };
}

/** Where deliveries are to go, and where they went under the other secrets of the account. */
function addressOf(url: string, secrets: readonly Secret[]): { readonly address: string; readonly former: readonly string[] } {
  const path = new URL(url).pathname;
  if (secrets.some((each) => reveal(each) === path.split("/").at(-1))) return { address: url, former: [] };
  const [address = url, ...former] = secrets.map((each) => {
    const under = new URL(url);
    under.pathname = `${path.replace(/\/$/, "")}/${reveal(each)}`;
    return under.href;
  });
  return { address, former };
}

/** The keys that deliveries may be signed with, the one to be used first. */
export function signingKeys(key: OpenConfig["hmacKey"]): readonly string[] {
  const keys = key === undefined ? [] : "reveal" in key ? [key] : key;
  return keys.map((each) => each.reveal());
}

/**
 * How long a webhook's repeats go on. Measured on 2025.11.3: constant waits the delay each time, linear n times it,
 * exponential 2^n times it, with n from 1. Source: WAHA docs, how-to/events, for the defaults.
 */
export function patienceSeconds(hook: unknown): number {
  const attempts = numeric(at(hook, "retries", "attempts")) ?? 15;
  const delay = numeric(at(hook, "retries", "delaySeconds")) ?? 2;
  const policy = text(at(hook, "retries", "policy")) ?? "constant";
  if (policy === "exponential") return delay * (2 ** (attempts + 1) - 2);
  return policy === "linear" ? (delay * attempts * (attempts + 1)) / 2 : delay * attempts;
}

/** The session's settings with our hook in them: over the one with the same address or a former one, or behind the others. */
function withHook(settings: Wire, hook: WebhookSetting, former: readonly string[]): Wire {
  const hooks = hooksOf(settings);
  const find = (addresses: readonly string[]) => hooks.findIndex((each) => addresses.includes(text(at(each, "url")) ?? ""));
  const same = find([hook.url]);
  const standing = same < 0 ? find(former) : same;
  const merged = standing < 0 ? hook : over(hooks[standing], hook);
  return { ...settings, webhooks: standing < 0 ? [...hooks, merged] : hooks.with(standing, merged) };
}

/** Another program may share the address: its events, headers and a longer patience stay. */
function over(old: unknown, hook: WebhookSetting): Wire {
  const events = at(old, "events");
  const asked: readonly unknown[] = Array.isArray(events) ? events : [];
  const all = asked.includes("*") ? asked : [...asked, ...hook.events.filter((event) => !asked.includes(event))];
  const patient = at(old, "retries", "policy") === "exponential" && (numeric(at(old, "retries", "attempts")) ?? 0) >= RETRIES.attempts;
  return { ...record(old), ...hook, events: all, ...(patient && { retries: at(old, "retries") }) };
}

function changedMeanwhile({ account }: ProviderRuntime): MessagingError {
  return new MessagingError("applyWebhooks through waha: the session's settings are no longer those that the plan started from. Nothing was changed; plan again.", {
    code: "CONFLICT", outcome: "not-sent", persistence: "permanent", context: { provider: "waha", account, operation: "applyWebhooks" },
  });
}
