import type { Invitation } from "../inbound/answers.js";
import type { SiteState, Weather } from "./site.js";

/** What the driver tells the site's process. */
export interface ToSite {
  readonly id: number;
  readonly weather?: Weather;
  readonly invitation?: Invitation;
  readonly finish?: true;
}

/** How the site's process was while it worked. Bytes and milliseconds. */
export interface Vitals {
  readonly eventLoopDelayMs: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly samples: readonly { readonly ms: number; readonly rss: number; readonly heap: number }[];
  /** Between two full collections, at the beginning and at the end. */
  readonly heapGrowth: number;
}

/** What it answers; `id` 0 is its first word. */
export interface FromSite {
  readonly id: number;
  readonly port?: number;
  readonly state?: SiteState;
  readonly vitals?: Vitals;
}
