import type { Invitation } from "../inbound/answers.js";
import type { Vendor } from "../inbound/lines.js";
import type { Plan } from "./plan.js";
import type { SiteState, Weather } from "./site.js";
import { postAsVendor, type Outcome, type Post, type RepeatPolicy } from "./vendor.js";

/** A site as the driver sees it, in this process or in another one. */
export interface Remote {
  readonly post: Post;
  weather(weather: Weather): Promise<void>;
  invite(invitation: Invitation): Promise<void>;
  finish(): Promise<SiteState>;
}

export interface Drive {
  /** Postings a second; 0: as fast as it goes, twenty at once. */
  readonly perSecond: number;
  readonly policies: { readonly [V in Vendor]: RepeatPolicy };
}

export interface Driven {
  readonly outcomes: readonly (Outcome & { readonly isCalm: boolean })[];
  readonly state: SiteState;
  readonly achievedPerSecond: number;
}

/** Parts of the postings during which something is away, and after which the book learns of the late invitations. */
const STORE_AWAY = [0.35, 0.48];
const HANDLERS_FAIL = [0.58, 0.72];
const LATE = 0.8;
/** Longer than a worker's lease: what it held when the store went away is anybody's again. */
const AFTER_LEASES_MS = 61_000;

/** Posts the plan by the clock, changes the weather on the way, and waits until vendor and site have nothing left to do. */
export async function drive(plan: Plan, remote: Remote, { perSecond, policies }: Drive): Promise<Driven> {
  for (const invitation of plan.invitations) await remote.invite(invitation);
  const { postings } = plan;
  const place = (part: number) => Math.floor(postings.length * part);
  const events = new Map<number, () => Promise<void>>([
    [place(STORE_AWAY[0] ?? 0), () => remote.weather({ store: "refuses" })],
    [place(STORE_AWAY[1] ?? 0), () => remote.weather({ store: "works", laterMs: AFTER_LEASES_MS })],
    [place(HANDLERS_FAIL[0] ?? 0), () => remote.weather({ handlers: "fail" })],
    [place(HANDLERS_FAIL[1] ?? 0), () => remote.weather({ handlers: "work" })],
    [place(LATE), async () => { for (const invitation of plan.lateInvitations) await remote.invite(invitation); }],
  ]);
  const isCalm = (index: number) => (index < place(STORE_AWAY[0] ?? 0) || index >= place(STORE_AWAY[1] ?? 0)) && index > place(0.02);
  const started = performance.now();
  const running: Promise<Outcome & { readonly isCalm: boolean }>[] = [];
  for (const [index, posting] of postings.entries()) {
    await events.get(index)?.();
    running.push(postAsVendor(remote.post, policies, posting).then((outcome) => ({ ...outcome, isCalm: isCalm(index) })));
    const ahead = perSecond === 0 ? (index % 20 === 19 ? 1 : 0) : started + ((index + 1) * 1_000) / perSecond - performance.now();
    if (ahead > 0) await new Promise((resolve) => setTimeout(resolve, ahead));
  }
  const achievedPerSecond = Math.round((postings.length / (performance.now() - started)) * 1_000);
  const outcomes = await Promise.all(running);
  await remote.weather({ laterMs: AFTER_LEASES_MS });
  return { outcomes, state: await remote.finish(), achievedPerSecond };
}
