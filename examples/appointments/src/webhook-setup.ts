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
