import type { RawWebhook } from "@event-messaging/core";
import type { Vendor } from "../inbound/lines.js";
import type { Posting } from "./plan.js";

/** How often a delivery is repeated that was not answered with 2xx, and after how long; the delay doubles. */
export interface RepeatPolicy {
  readonly repeats: number;
  readonly firstDelayMs: number;
}

/** What became of one posting. */
export interface Outcome {
  readonly posting: Posting;
  /** Answers in turn; 0 is none. */
  readonly statuses: readonly number[];
  readonly firstMs: number;
}

export type Post = (raw: RawWebhook) => Promise<number>;

/**
 * A vendor posts until it gets a 2xx, as far as its policy goes. WAHA repeats when its webhook says so (WAHA docs,
 * how-to/events: `retries`); Z-API documents no repeat, so what is refused there counts as lost by the vendor.
 */
export async function postAsVendor(post: Post, policies: { readonly [V in Vendor]: RepeatPolicy }, posting: Posting): Promise<Outcome> {
  const { repeats, firstDelayMs } = policies[posting.vendor];
  const statuses: number[] = [];
  const started = performance.now();
  let firstMs = 0;
  for (let attempt = 0; attempt <= repeats; attempt += 1) {
    const status = await post(posting.raw).catch(() => 0);
    if (attempt === 0) firstMs = performance.now() - started;
    statuses.push(status);
    // A refusal for good is not a failure of the way: garbage gets one, and WAHA would repeat it in vain.
    if ((status >= 200 && status < 300) || (posting.kind === "garbage" && status !== 503)) break;
    await new Promise((resolve) => setTimeout(resolve, Math.min(firstDelayMs * 2 ** attempt, 60_000)));
  }
  return { posting, statuses, firstMs };
}

/** Did any of the answers accept it? */
export function wasAccepted({ statuses }: Outcome): boolean {
  return statuses.some((status) => status >= 200 && status < 300);
}
