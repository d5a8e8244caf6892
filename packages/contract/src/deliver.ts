import type { Messaging, WebhookResult } from "@event-messaging/core";
import { toEpochMs, type Instant, type WebhookRequest } from "@event-messaging/core/driver";
import type { Bench } from "./bench.js";
import { demand } from "./demand.js";

/** Posts a delivery to a messaging object, as the vendor would. */
export function post(bench: Bench, messaging: Messaging, { tail, headers, body }: WebhookRequest): Promise<WebhookResult> {
  return messaging.receive("/webhooks", { method: "POST", path: ["/webhooks", bench.account, ...tail].join("/"), headers, body });
}

/** Posts deliveries one after the other; each is taken, or is nobody's matter. */
export async function deliver(bench: Bench, messaging: Messaging, deliveries: readonly WebhookRequest[]): Promise<void> {
  for (const delivery of deliveries) {
    const { status } = await post(bench, messaging, delivery);
    demand(status === 200, `a delivery of the vendor's own was answered with status ${status}`);
  }
  await messaging.idle();
}

/** Waits until the vendor's clock shows a later time than `at`: some tell whole seconds only. */
export async function untilLater(at: Instant): Promise<void> {
  const ms = toEpochMs(at);
  const wait = ms % 1000 === 0 ? ms + 1000 - Date.now() : 0;
  await new Promise((resolve) => setTimeout(resolve, Math.min(Math.max(wait, 0), 1000) + 5));
}

/** The clock of this process moves on. */
export function later(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 3));
}
