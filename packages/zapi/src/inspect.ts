import { reveal, type AccountFinding, type Call, type ProviderRuntime } from "@event-messaging/core/driver";
import type { ZapiSettings } from "./config.js";
import type { Desk } from "./lookup.js";
import { readingOf } from "./probe.js";
import { errorText, readMe, readStatus } from "./wire.js";

const finding = (severity: AccountFinding["severity"]) => (code: string, message: string, remedy: string): readonly AccountFinding[] => [{ code, severity, message, remedy }];
const [fault, risk, note] = [finding("fault"), finding("risk"), finding("note")];
const SET_UP = "Set the webhooks up with planWebhooks() and applyWebhooks().";

/**
 * Does this instance meet what is promised? Reads `GET /me` for the webhooks and `GET /status` for the phone. The queue's
 * setting cannot be read back, and the vendor promises no repeats. Z-API docs: instance/me, instance/status,
 * webhooks/introduction, security/client-token, queue/introduction.
 */
export async function inspectInstance(config: ZapiSettings, runtime: ProviderRuntime, { exchange, refuse }: Desk, call: Call): Promise<readonly AccountFinding[]> {
  const [me, status] = await Promise.all([exchange({ method: "GET", path: "me" }, call), exchange({ method: "GET", path: "status" }, call)]);
  const { urls, ownMessages } = readMe(me.json);
  if (me.status !== 200 || errorText(me.json) !== undefined || ownMessages === undefined) throw refuse(me, "me", true);
  return [
    ...webhooks(urls, config),
    ...(ownMessages ? [] : risk("no-own-echo", "Own messages are not echoed: a send of unknown outcome is not recognised when it arrives, and the reading of the time cannot be learned.", SET_UP)),
    ...receiving(config),
    ...(config.clientToken === undefined ? risk("client-token-missing", "Without the account security token, whoever learns a URL of the instance can send through it.", "Activate the account security token in the panel and configure clientToken.") : []),
    ...(readingOf(config, runtime) === undefined && config.timeZoneOnEdit !== "send" ? risk("time-reading-unknown", "How the account reads the time of an edit is neither configured nor learned: edits are refused (cancelling works).", "Configure dateTime once one edit has been seen on a phone, or switch own messages on and let the first echo teach it.") : []),
    ...(config.queueWhileDisconnected === "disable"
      ? note("queue-unreadable", "The queue's setting cannot be read back; the option queueWhileDisconnected switches it off at each webhook set-up.", "")
      : risk("queues-while-disconnected", "A disconnected account may take invitations and send them hours later.", "Configure queueWhileDisconnected: \"disable\" and set the webhooks up, or look after the queue in the panel.")),
    ...note("no-retries", "Z-API promises no second delivery: a callback that meets a receiver that is away may be lost.", "Run more than one receiver, and answer quickly."),
    ...(readStatus(status.json).smartphoneConnected === false ? risk("phone-offline", "The phone behind the instance is offline: sends may be refused or wait.", "Connect the phone to the internet.") : []),
  ];
}

type Urls = ReturnType<typeof readMe>["urls"];

function webhooks(urls: Urls, { webhookSecrets }: ZapiSettings): readonly AccountFinding[] {
  const secrets = (webhookSecrets ?? []).map(reveal);
  const set = Object.values(urls).filter((url) => url !== "");
  const bare = secrets.length === 0 ? [] : set.filter((url) => !secrets.some((secret) => segments(url).includes(secret)));
  const plain = set.filter((url) => URL.canParse(url) && new URL(url).protocol !== "https:");
  return [
    ...(urls.received === "" ? fault("webhook-missing", "No webhook for received messages is set: no answer arrives, and an edit may come out as a new message.", SET_UP) : []),
    ...(urls.delivery === "" ? risk("failures-unheard", "No webhook on sending is set: a recipient that does not exist stays unnoticed.", SET_UP) : []),
    ...(urls["message-status"] === "" ? note("delivery-unheard", "No webhook for message status is set: nothing is known of delivery and reading.", SET_UP) : []),
    ...(urls.connected === "" || urls.disconnected === "" ? risk("status-unheard", "Connecting or disconnecting is not reported: an account that stops working is noticed at the next send.", SET_UP) : []),
    ...(bare.length > 0 ? fault("webhook-secret-differs", "A webhook's URL holds none of webhookSecrets: its deliveries are refused.", SET_UP) : []),
    ...(plain.length > 0 ? risk("webhook-plain-http", "A webhook's URL is not https: the vendor calls nothing else.", SET_UP) : []),
  ];
}

/** What lets a delivery prove where it comes from: the vendor signs nothing. */
function receiving({ webhookSecrets, webhookToken }: ZapiSettings): readonly AccountFinding[] {
  if (webhookSecrets !== undefined) return [];
  if (webhookToken === "required") return risk("token-header-only", "Deliveries prove themselves by an undocumented header alone; the day it is gone, every delivery is refused.", "Configure webhookSecrets, then set the webhooks up again.");
  return fault("webhooks-unproved", "Without webhookSecrets anybody who knows the URL can forge answers: the vendor signs nothing.", "Configure webhookSecrets, then set the webhooks up again.");
}

function segments(url: string): readonly string[] {
  return URL.canParse(url) ? new URL(url).pathname.split("/").map((segment) => decodeURIComponent(segment)) : [];
}
