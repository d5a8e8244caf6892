import type { Timers } from "../timers.js";
import type { WebhookSender } from "../webhook-sender.js";
import type { Callback } from "./callback.js";
import type { ZapiInstance } from "./state.js";
import type { ZapiSwitches } from "./switches.js";
import type { ZapiWorld } from "./world.js";

/** A receiver that does not answer holds up the callbacks behind it for this long. Real time: the receiver's time is real too. No timeout is documented. */
const PATIENCE_MS = 5000;

const BROWSERS = [
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36",
  "Mozilla/5.0 (iPad; CPU OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.5 Mobile/15E148 Safari/604.1",
  "Mozilla/5.0 (X11; Linux x86_64; rv:115.0) Gecko/20100101 Firefox/115.0",
] as const;

interface Parts {
  readonly sender: WebhookSender;
  readonly timers: Timers;
  readonly random: () => number;
  readonly switches: () => ZapiSwitches;
}

/**
 * Sends callbacks: one after the other for each instance, each as one flat JSON object, unsigned, with the headers that integrations have captured
 * (`z-api-token` being the instance token). An instance that is not connected sends nothing but its disconnection. Z-API docs: webhooks/introduction.
 */
export function createPost({ sender, timers, random, switches }: Parts): ZapiWorld["post"] {
  const chains = new Map<string, Promise<void>>();
  const missed = new Map<string, readonly Callback[]>();

  const sendOne = async (instance: ZapiInstance, { kind, body }: Callback): Promise<void> => {
    const url = instance.webhooks.get(kind);
    if (url === undefined || url === "") return;
    const bytes = Buffer.from(JSON.stringify(body));
    const messageId = typeof body["messageId"] === "string" ? { messageId: body["messageId"] } : {};
    const headers = {
      "content-type": "application/json",
      origin: "https://api.z-api.io",
      server: "Z-API",
      "user-agent": BROWSERS[Math.floor(random() * BROWSERS.length)] ?? BROWSERS[0],
      ...(switches().zApiToken === "instance-token" ? { "z-api-token": instance.token } : {}),
    };
    const copies = switches().webhookCopies === "twice" ? 2 : 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const retries = switches().webhookRetry === "3-attempts" ? 2 : 0;
      const { first } = sender.send({ account: instance.id, operation: String(body["type"]), ...messageId, url, headers, body: bytes, retries, waitMs: (retry) => retry * 5000 });
      await withPatience(first);
    }
  };

  const enqueue = (instance: ZapiInstance, callbacks: readonly Callback[]): Promise<void> => {
    const chain = (chains.get(instance.id) ?? Promise.resolve()).then(async () => {
      for (const callback of callbacks) await sendOne(instance, callback);
    });
    chains.set(instance.id, chain);
    return timers.track(chain);
  };

  /** While disconnected only the disconnection itself is told; what was received meanwhile may follow the next connection. */
  const allowedNow = (instance: ZapiInstance, callbacks: readonly Callback[]): readonly Callback[] => {
    if (instance.connection === "connected") {
      if (!callbacks.some(({ kind }) => kind === "connected")) return callbacks;
      const late = missed.get(instance.id) ?? [];
      missed.delete(instance.id);
      return [...callbacks, ...late];
    }
    if (instance.connection === "unpaired") missed.delete(instance.id);
    else if (switches().missedWhileLost === "on-reconnect") missed.set(instance.id, [...(missed.get(instance.id) ?? []), ...callbacks.filter(({ kind }) => kind === "received")]);
    return callbacks.filter(({ kind }) => kind === "disconnected");
  };

  return (instance, callbacks) => {
    const allowed = allowedNow(instance, callbacks);
    const ordered = switches().webhookOrder === "reversed" ? [...allowed].reverse() : allowed;
    if (switches().webhookDelay === "none") return enqueue(instance, ordered);
    timers.after(5000, () => enqueue(instance, ordered));
    return Promise.resolve();
  };
}

async function withPatience(first: Promise<void>): Promise<void> {
  let handle: NodeJS.Timeout | undefined;
  const patience = new Promise<void>((resolve) => {
    handle = setTimeout(resolve, PATIENCE_MS);
  });
  await Promise.race([first, patience]);
  clearTimeout(handle);
}
