import { setTimeout as pause } from "node:timers/promises";
import type { Messaging } from "@event-messaging/core";

/**
 * Points the webhooks of an account to a URL: plan, show, apply. The plan's `changes` are fit to show, because secrets are
 * masked in them. Resolves with the way back, which may be taken once.
 */
export async function setUpWebhooks(messaging: Messaging, account: string, url: string, write: (line: string) => void): Promise<() => Promise<void>> {
  const plan = await messaging.account(account).planWebhooks({ url });
  if (plan.changes.length === 0) {
    write("Webhooks: they are as they should be; nothing is changed.");
    return () => Promise.resolve();
  }
  write("Webhooks: this changes at the vendor, and is put back at exit:");
  for (const { path, message } of plan.changes) write(`  ${path}: ${message}`);
  const wayBack = await messaging.account(account).applyWebhooks(plan);
  write("Webhooks: changed.");
  return async () => {
    await messaging.account(account).applyWebhooks(wayBack);
    write("Webhooks: put back.");
  };
}

/** A vendor may restart what was just set up, as WAHA does: waits until the account can send again, half a minute at most. */
export async function untilReady(messaging: Messaging, account: string, signal: AbortSignal, write: (line: string) => void): Promise<void> {
  for (let look = 0; look < 120 && !signal.aborted; look += 1) {
    const { status, reason } = await messaging.account(account).probe({ signal });
    if (status === "ready") return;
    if (look === 0) write(`The account is not ready yet: ${reason}`);
    await pause(250, undefined, { signal }).catch(() => undefined);
  }
}
