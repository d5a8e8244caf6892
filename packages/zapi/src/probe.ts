import { isMessagingError, isPhone, type Call, type CapabilityTable, type Guest, type HttpResponse, type Issue, type Probe, type ProviderRuntime } from "@event-messaging/core/driver";
import type { DateTimeReading, ZapiSettings } from "./config.js";
import { templateOf, type Exchange } from "./exchange.js";
import { refusal } from "./failure.js";
import { recipientFromVendor } from "./recipient.js";
import { readDevicePhone, readMe, readStatus } from "./wire.js";

const GROUP_ONLY = { support: "absent", why: "Z-API documents events in groups only; the option directEvents: \"try\" sends them to persons all the same.", source: "Z-API docs: message/send-event" } as const;
const GROUP_POLLS = { support: "absent", why: "The newer documentation of Z-API speaks of polls in groups only; the option directPolls: \"try\" sends them to persons all the same.", source: "Z-API docs: message/send-poll" } as const;
const NO_READING = {
  support: "absent",
  why: "Z-API does not document how it reads the time of an edited event. Set the option dateTime once one edit has been seen on a phone, or let an own echo teach it (webhooks with own messages switched on).",
  source: "Z-API docs: message/send-edit-event",
} as const;
const DEAF = {
  support: "absent",
  why: "No webhook at all is set for the instance, and an edit would then come out as a new message: a second invitation. Set one up (planWebhooks, applyWebhooks). The option editWithoutWebhook: \"try\" sends all the same.",
  source: "Z-API docs: message/send-message-text",
} as const;
const FIELDS_STAY = {
  support: "absent",
  why: "The option clearedOnEdit says that this account keeps what an edit leaves out. Give the field another text instead of taking it away.",
  source: "account options",
} as const;
const EVENT_CODES = ["invitation.send", "invitation.update", "invitation.cancel", "invitation.respond", "rsvp.receive"] as const;

/** The reading of `dateTime` in edits: configured, or else learned. */
export function readingOf(config: ZapiSettings, { learned }: ProviderRuntime): DateTimeReading | undefined {
  return config.dateTime ?? (learned.dateTime === "wallclock-default-br" || learned.dateTime === "wallclock-default-utc" ? learned.dateTime : undefined);
}

/** What this account's options take away from the definition's table, and an instance without any webhook (`deaf`). */
export function accountCapabilities(config: ZapiSettings, runtime: ProviderRuntime, deaf = false): CapabilityTable {
  const native = { support: "native", why: "", source: "account options" } as const;
  const events = config.directEvents === "try" ? native : GROUP_ONLY;
  const polls = config.directPolls === "try" ? native : GROUP_POLLS;
  const edits = deaf && config.editWithoutWebhook !== "try" ? DEAF : native;
  const updates = edits === native && readingOf(config, runtime) === undefined && config.timeZoneOnEdit !== "send" ? NO_READING : edits;
  const inChats = (entry: typeof edits | typeof updates) => ({ direct: events === native ? entry : events, group: entry });
  return {
    ...Object.fromEntries(EVENT_CODES.map((code) => [code, { direct: events, group: native }])),
    "poll.send": { direct: polls, group: native },
    "invitation.update": inChats(updates),
    "invitation.cancel": inChats(edits),
    "field.clear": config.clearedOnEdit === "kept" ? FIELDS_STAY : native,
  };
}

/**
 * The account as it is now: `GET /status`, `GET /device` for its own number and `GET /me` for its webhooks. Reads only, never
 * throws. The vendor's `error` text is no failure here: a healthy instance answers with one. Z-API docs: instance/status,
 * instance/device, instance/me.
 */
export async function probeAccount(config: ZapiSettings, runtime: ProviderRuntime, exchange: Exchange, call: Call): Promise<Probe> {
  const [status, device, me] = await Promise.all(["status", "device", "me"].map((path) => answerOf(exchange, path, call)));
  const { warnings = [], ...judged } = judge(status, config, runtime);
  return {
    ...judged,
    warnings: [...warnings, ...deafness(me)],
    self: selfOf(device),
    capabilities: accountCapabilities(config, runtime, hearsNothing(me)),
  };
}

/** The answer of a read, or `undefined` when there is none. */
async function answerOf(exchange: Exchange, path: string, call: Call): Promise<HttpResponse | undefined> {
  try {
    return await exchange({ method: "GET", path }, call);
  } catch (error) {
    if (isMessagingError(error)) return undefined;
    throw error;
  }
}

const QUEUES = { path: "", message: "Z-API queues: what is accepted may leave later, also after a reconnect" };

function judge(answer: HttpResponse | undefined, { refusals }: ZapiSettings, { account, now }: ProviderRuntime): Pick<Probe, "status" | "reason" | "refusal" | "warnings"> {
  if (answer === undefined) return { status: "unknown", reason: "The instance could not be asked: no answer came. Try again." };
  const { connected, smartphoneConnected, error } = readStatus(answer.json);
  if (answer.status === 200 && connected === true) {
    const asleep = { path: "", message: "the phone behind the instance is offline" };
    return { status: "ready", reason: "", warnings: smartphoneConnected === false ? [QUEUES, asleep] : [QUEUES] };
  }
  if (answer.status === 200 && connected === false) {
    const restore = /restore the session/i.test(error ?? "");
    return { status: "not-ready", reason: restore ? "The instance has lost its session. Restore it in the panel." : "The instance is not connected to WhatsApp. Link it in the panel.", warnings: [QUEUES] };
  }
  const { code, persistence, context } = refusal(answer, { account, operation: "probe", urlTemplate: templateOf("status"), reads: true, refusals }, Date.parse(now()));
  const reason = REASONS[context.vendorCode ?? ""] ?? REASONS[code];
  return reason === undefined ? { status: "unknown", reason: "The instance gave an answer that is not understood. Check baseUrl, or try again." } : { status: "not-ready", reason, refusal: { code, persistence } };
}

/** Is no webhook set at all? Not when nothing is known of them. */
function hearsNothing(me: HttpResponse | undefined): boolean {
  const { anyUrl, ownMessages } = readMe(me?.json);
  return me?.status === 200 && ownMessages !== undefined && !anyUrl;
}

/** What the account cannot hear as its webhooks are set. */
function deafness(me: HttpResponse | undefined): readonly Issue[] {
  const { urls, ownMessages } = readMe(me?.json);
  if (me?.status !== 200 || ownMessages === undefined) return [];
  return [
    ...(urls.received === "" ? [{ path: "", message: "no webhook for received messages is set: answers do not arrive, and an edit may come out as a new message" }] : []),
    ...(urls.delivery === "" ? [{ path: "", message: "no webhook on sending is set: a recipient that does not exist stays unnoticed" }] : []),
    ...(ownMessages ? [] : [{ path: "", message: "own messages are not echoed: a send of unknown outcome cannot be found again" }]),
  ];
}

const REASONS: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: "The vendor refuses the credentials. Check instance, token and clientToken.",
  PERMISSION_DENIED: "The vendor refuses access. Check clientToken and the panel's address list.",
  NOT_FOUND: "The vendor knows no such instance. Check instance, token and baseUrl.",
  ACCOUNT_NOT_READY: "The instance is not ready, as the option refusals knows. Look at the panel.",
  "subscription-required": "The instance's subscription or trial has ended. Renew it in the panel.",
  "session-lost": "The instance has lost its session. Restore it in the panel.",
  "not-connected": "The instance is not connected to WhatsApp. Link it in the panel.",
};

function selfOf(answer: HttpResponse | undefined): Guest {
  const phone = recipientFromVendor((answer?.status === 200 && readDevicePhone(answer.json)) || "");
  return phone !== undefined && isPhone(phone) ? { phone } : {};
}
