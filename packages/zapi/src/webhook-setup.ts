import { invalidArgument, isMessagingError, MessagingError, reveal, secret, type Call, type InboundType, type Issue, type Secret, type WebhookPlan, type WebhookWish } from "@event-messaging/core/driver";
import type { ZapiSettings } from "./config.js";
import type { Desk } from "./lookup.js";
import { errorText, flag, object, readMe, success, text, value } from "./wire.js";

/** The callbacks that this package reads. */
const KINDS = ["received", "delivery", "message-status", "connected", "disconnected"] as const;
type Kind = (typeof KINDS)[number];

/** What a plan holds of the account. `queue` only ever switches off: the setting cannot be read back. */
interface Setup {
  readonly urls: Readonly<Record<Kind, string>>;
  readonly ownMessages: boolean;
  readonly queue?: "disable";
}

/** Which callbacks each type of event comes with. */
const NEEDS: Readonly<Record<InboundType, readonly Kind[]>> = {
  "rsvp": ["received"], "rsvp.unreadable": ["received"], "rsvp.unrecognized": ["received"],
  "invitation.observed": ["received"], "invitation.revoked": ["received"], "poll.voted": ["received"], "message.replied": ["received"],
  "invitation.failed": ["delivery"], "invitation.delivered": ["delivery", "message-status"], "invitation.read": ["message-status"],
  "account.status": ["connected", "disconnected"],
};

/**
 * What would change so that the wished types arrive at the URL: one callback after the other, other callbacks untouched, the
 * echo of own messages on when `invitation.observed` is wished. The first of `webhookSecrets` is put behind the URL's path,
 * unless one already stands there. Reads `GET /me`; changes nothing. Z-API docs: instance/me, webhooks/introduction.
 */
export async function planWebhooks(config: ZapiSettings, desk: Desk, { url, types }: WebhookWish, call: Call): Promise<WebhookPlan> {
  const address = withSecret(url, config.webhookSecrets ?? []);
  const before = await read(desk, call);
  const kinds = new Set(types.flatMap((type) => NEEDS[type]));
  const after: Setup = {
    urls: allKinds((kind) => (kinds.has(kind) ? address : before.urls[kind])),
    ownMessages: before.ownMessages || types.includes("invitation.observed"),
    ...(config.queueWhileDisconnected === "disable" && { queue: "disable" }),
  };
  return planOf(before, after);
}

/**
 * Writes what a plan says, by the call of each callback, and reads it back. The echo of own messages is switched
 * while a receive webhook stands, which the vendor demands. A failure is `unknown` as soon as one of the calls was taken. Refuses with `CONFLICT` when the account no longer
 * looks as it did. Resolves with the plan that restores; it leaves the queue's setting as it is. Not atomic at the vendor: after a failure make a new
 * plan. Z-API docs: webhooks/update-webhook-received and its like, webhooks/update-notify-sent-by-me.
 */
export async function applyWebhooks(desk: Desk, plan: WebhookPlan, call: Call): Promise<WebhookPlan> {
  const before = parseSetup(plan.before);
  const after = parseSetup(plan.after);
  const now = await read(desk, call);
  if (!isSame(now, before)) throw refuse("CONFLICT", "not-sent", "the webhooks have changed since the plan was made; make a new one");
  let taken = 0;
  const write = async (path: string, json: unknown) => {
    try {
      await put(desk, path, json, call);
      taken += 1;
    } catch (error) {
      throw taken > 0 && isMessagingError(error) && error.outcome === "not-sent" ? halfway(error) : error;
    }
  };
  const echo = () => write("update-notify-sent-by-me", { notifySentByMe: after.ownMessages });
  if (before.ownMessages && !after.ownMessages) await echo();
  for (const kind of KINDS) {
    if (after.urls[kind] !== before.urls[kind]) await write(`update-webhook-${kind}`, { value: after.urls[kind] });
  }
  if (after.ownMessages && !before.ownMessages) await echo();
  if (after.queue === "disable") await write("update-queue-settings", { disableEnqueueWhenDisconnected: true });
  if (!isSame(await read(desk, call), after)) throw refuse("PROTOCOL", "unknown", "the vendor accepted the webhooks and does not show them; look at the panel");
  return planOf({ urls: after.urls, ownMessages: after.ownMessages }, before);
}

async function read({ exchange, refuse: judge }: Desk, call: Call): Promise<Setup> {
  const response = await exchange({ method: "GET", path: "me" }, call);
  const { urls, ownMessages } = readMe(response.json);
  if (response.status !== 200 || ownMessages === undefined) throw judge(response, "me", true);
  return { urls, ownMessages };
}

/** Some of these calls answer with an empty body, some with a boolean: only a refusal in words or `false` is one. */
async function put({ exchange, refuse: judge }: Desk, path: string, json: unknown, call: Call): Promise<void> {
  const response = await exchange({ method: "PUT", path, json }, call);
  const isRefused = errorText(response.json) !== undefined || value(response.json) === false || success(response.json) === false;
  if (response.status < 200 || response.status > 299 || isRefused) throw judge(response, path, false);
}

/** What one call proves of itself is not true of the whole. */
function halfway({ code, persistence, context }: MessagingError): MessagingError {
  return new MessagingError("zapi applyWebhooks: the vendor took some of the changes and not the next; look at the panel, and make a new plan.", { code, outcome: "unknown", persistence, context });
}

function withSecret(url: Secret, secrets: readonly Secret[]): string {
  const address = new URL(reveal(url));
  const isLocal = ["127.0.0.1", "localhost", "[::1]"].includes(address.hostname);
  if (address.protocol !== "https:" && !isLocal) throw invalidArgument("zapi planWebhooks", [{ path: "url", message: "must be https: the vendor calls nothing else" }], { provider: "zapi", operation: "planWebhooks" });
  const [first] = secrets;
  const last = address.pathname.split("/").at(-1);
  if (first !== undefined && !secrets.some((each) => reveal(each) === last)) address.pathname = `${address.pathname.replace(/\/$/, "")}/${reveal(first)}`;
  return address.href;
}

function planOf(before: Setup, after: Setup): WebhookPlan {
  const changed = KINDS.filter((kind) => before.urls[kind] !== after.urls[kind]).map((kind) => ({ path: `webhooks.${kind}`, message: `${shown(before.urls[kind])} becomes ${shown(after.urls[kind])}` }));
  const switched: readonly Issue[] = [
    ...(before.ownMessages === after.ownMessages ? [] : [{ path: "ownMessages", message: after.ownMessages ? "off becomes on" : "on becomes off" }]),
    ...(after.queue === "disable" ? [{ path: "queueWhileDisconnected", message: "becomes off; what it is now cannot be read, so it is not restored" }] : []),
  ];
  return { before: secret(JSON.stringify(before)), after: secret(JSON.stringify(after)), changes: [...changed, ...switched] };
}

/** Paths of these addresses hold secrets. */
function shown(url: string): string {
  if (url === "") return "nothing";
  return URL.canParse(url) ? `${new URL(url).origin}/…` : "an address";
}

function isSame(a: Setup, b: Setup): boolean {
  return a.ownMessages === b.ownMessages && KINDS.every((kind) => a.urls[kind] === b.urls[kind]);
}

function allKinds(of: (kind: Kind) => string): Setup["urls"] {
  return { received: of("received"), delivery: of("delivery"), "message-status": of("message-status"), connected: of("connected"), disconnected: of("disconnected") };
}

function parseSetup(held: Secret): Setup {
  const setup = object(parseJson(reveal(held)));
  const urls = object(setup?.urls);
  const ownMessages = flag(setup?.ownMessages);
  if (urls === undefined || ownMessages === undefined) throw refuse("INVALID_ARGUMENT", "not-sent", "the plan is none of this provider's; use one that planWebhooks() returned");
  return { urls: allKinds((kind) => text(urls[kind]) ?? ""), ownMessages, ...(setup?.queue === "disable" && { queue: "disable" }) };
}

function parseJson(from: string): unknown {
  try {
    return JSON.parse(from);
  } catch {
    return undefined;
  }
}

function refuse(code: "CONFLICT" | "PROTOCOL" | "INVALID_ARGUMENT", outcome: "not-sent" | "unknown", say: string): MessagingError {
  return new MessagingError(`zapi applyWebhooks: ${say}.`, { code, outcome, persistence: "permanent", context: { provider: "zapi", operation: "applyWebhooks" } });
}
