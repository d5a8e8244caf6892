import { intersect, type CapabilityCode, type CapabilityEntry, type CapabilityTable } from "@event-messaging/core/driver";
import type { OpenConfig } from "./config.js";
import { at } from "./wire.js";

const FEATURES = "WAHA docs: how-to/event-message/features";
const POLLS = "WAHA docs: how-to/polls/features and changelog";
const CHOSEN = "WAHA docs: changelog 2026.4.3";
const EVENT_CODES = ["invitation.send", "rsvp.receive", "rsvp.maybe", "rsvp.extra-guest-count", "rsvp.unreadable"] as const satisfies readonly CapabilityCode[];
const POLL_CODES = ["poll.send", "poll.receive"] as const satisfies readonly CapabilityCode[];

/** First release with polls, by engine; NOWEB has had them for longer than there are events. */
const POLLS_SINCE: Readonly<Record<string, string>> = { GOWS: "2025.5.5", WEBJS: "2025.12.2", WPP: "2026.3.1", NOWEB: "2023.1" };

/** What engine and version take away from the definition's table. An engine that this version does not know proves nothing. */
export function byEngine(engine: string | undefined, version: string | undefined): CapabilityTable {
  const known = engine !== undefined && Object.hasOwn(POLLS_SINCE, engine);
  return { ...events(engine, version, known), ...polls(engine, version, known), ...chosenIds(engine, version), ...(engine === "GOWS" ? {} : others(engine)) };
}

function events(engine: string | undefined, version: string | undefined, known: boolean): CapabilityTable {
  if (engine === "GOWS") {
    return isBefore(version, "2025.5") ? listed(EVENT_CODES, { support: "absent", why: `Server ${version ?? ""} is older than event messages: upgrade to 2025.5 or later.`, source: FEATURES }) : {};
  }
  return listed(EVENT_CODES, known
    ? { support: "absent", why: `The session runs on the ${engine ?? ""} engine, which has no events: run it on GOWS (WHATSAPP_DEFAULT_ENGINE=GOWS).`, source: FEATURES }
    : { support: "unknown", why: "The server does not name an engine that this version knows, and only GOWS is known to have events.", source: FEATURES });
}

function polls(engine: string | undefined, version: string | undefined, known: boolean): CapabilityTable {
  if (!known) return listed(POLL_CODES, { support: "unknown", why: "The server does not name an engine that this version knows.", source: POLLS });
  const since = POLLS_SINCE[engine ?? ""] ?? "";
  return isBefore(version, since) ? listed(POLL_CODES, { support: "absent", why: `The ${engine ?? ""} engine has polls since ${since}; the server is ${version ?? ""}: upgrade.`, source: POLLS }) : {};
}

/** Ids chosen by the caller, for polls and texts; never for events. Older servers ignore the id without a word. */
function chosenIds(engine: string | undefined, version: string | undefined): CapabilityTable {
  if (isBefore(version, "2026.4.3")) return listed(["message.chosen-id"], { support: "absent", why: `Server ${version ?? ""} ignores ids chosen by the caller: upgrade to 2026.4.3 or later.`, source: CHOSEN });
  return (engine === "GOWS" || engine === "NOWEB") && version !== undefined
    ? {}
    : listed(["message.chosen-id"], { support: "unknown", why: "Documented for GOWS and NOWEB since 2026.4.3 only.", source: CHOSEN });
}

function others(engine: string | undefined): CapabilityTable {
  return {
    ...listed(["field.reply-to"], { support: "unknown", why: `The ${engine ?? "unknown"} engine wants the quoted message's whole id; only GOWS is known to take the bare one.`, source: "WAHA 2025.11.3 source" }),
    ...listed(["track.observed", "message.find"], { support: "unknown", why: `How the ${engine ?? "unknown"} engine shows an event has not been seen.`, source: "WAHA 2025.11.3 source" }),
  };
}

/** What the session's own settings take away, on its engine. Source: WAHA docs, how-to/sessions. */
export function bySettings(config: unknown, engine: string | undefined): CapabilityTable {
  const source = "WAHA docs: how-to/sessions";
  const direct: CapabilityEntry = { support: "native", why: "Direct chats are not affected.", source };
  const group: CapabilityEntry = { support: "absent", why: "The session's config.ignore.groups drops everything from groups, answers too: switch it off.", source };
  const ignoring = ["rsvp.receive", "rsvp.maybe", "rsvp.extra-guest-count", "rsvp.unreadable", "poll.receive", "text.receive", "track.observed"];
  const ignored = at(config, "ignore", "groups") === true ? Object.fromEntries(ignoring.map((code) => [code, { direct, group }])) : {};
  return {
    ...bothHold(engine === "NOWEB" ? nowebVotes(at(config, "noweb", "store", "enabled")) : {}, ignored),
    ...(at(config, "gows", "storage", "messages") === false
      && listed(["message.find"], { support: "absent", why: "The session keeps no messages: switch config.gows.storage.messages on.", source })),
  };
}

/** NOWEB reads a vote with the poll out of its store, which a session has switched off unless its settings say otherwise. Source: devlikeapro/waha issue 188; WAHA OpenAPI 2026.7.1. */
function nowebVotes(store: unknown): CapabilityTable {
  if (store === true) return {};
  const source = "devlikeapro/waha issue 188";
  return listed(["poll.receive"], store === false
    ? { support: "absent", why: "The session's store is off, and NOWEB reads votes with its help: switch config.noweb.store.enabled on.", source }
    : { support: "unknown", why: "The session does not show its store, which NOWEB reads votes with and which is off by default: switch config.noweb.store.enabled on.", source });
}

/** What the operator does not want to rely on. */
export function byChoice(config: Pick<OpenConfig, "chosenIds">): CapabilityTable {
  return config.chosenIds === "never"
    ? listed(["message.chosen-id"], { support: "absent", why: "The account's chosenIds is \"never\": what a second message under one id becomes is not documented. Set it to \"use\" once you have seen that one message comes of both.", source: CHOSEN })
    : {};
}

function listed(codes: readonly CapabilityCode[], entry: CapabilityEntry): CapabilityTable {
  return Object.fromEntries(codes.map((code) => [code, entry]));
}

/** The weaker of what both say, code by code: neither gives back what the other took. */
export function bothHold(engine: CapabilityTable, settings: CapabilityTable): CapabilityTable {
  return { ...engine, ...intersect(settings, engine) };
}

/** `2025.11.3` before `2025.12.2`, by number. An unknown version is before nothing. */
export function isBefore(version: string | undefined, than: string): boolean {
  if (version === undefined || !/^\d+(?:\.\d+)*/.test(version)) return false;
  const [left, right] = [version, than].map((each) => each.split(".").map((part) => Number.parseInt(part, 10)));
  for (const [index, part] of (right ?? []).entries()) {
    const own = left?.[index] ?? 0;
    if (own !== part) return own < part;
  }
  return false;
}
