import { isMessagingError, rateLimit, type AccountLayer, type GuardedCall, type Invoke, type RateLimitOptions, type Timing } from "@event-messaging/core";
import { accountId, messageId, type Receipt } from "@event-messaging/core/driver";
import type { Random } from "../order/random.js";
import { VirtualTime } from "./virtual-time.js";

/** What makes the layer under test: ours, or one with a defect. */
export type MakeLimit = (options: RateLimitOptions & { readonly timing: Timing }) => AccountLayer;
export const OURS: MakeLimit = rateLimit;

export interface Limited {
  readonly sends: number;
  readonly sent: number;
  readonly refused: number;
  readonly simulatedHours: number;
  /** Windows that held more than the limit, of all that begin with a message. */
  readonly windowsOver: number;
  readonly windows: number;
  /** The fullest window, of its limit. */
  readonly fullest: { readonly account: number; readonly ofAccount: number; readonly global: number; readonly ofGlobal: number };
  readonly gapsTooShort: number;
  readonly notCounted: number;
}

const ACCOUNT = { limit: 20, perMs: 60_000 };
const GLOBAL = { limit: 50, perMs: 60_000 };
const GAP: readonly [number, number] = [400, 2_500];
const NAMES = ["a", "b", "c", "d"] as const;

/** Sends through four accounts in bursts, trickles and pauses, with callers that give up, and looks at every window. */
export async function sendMany(make: MakeLimit, random: Random, sends: number): Promise<Limited> {
  const time = new VirtualTime(() => random.next(1_000_000) / 1_000_000);
  const layer = make({ perAccount: ACCOUNT, global: GLOBAL, gapMs: GAP, maxWaitMs: 120_000, timing: time });
  const times: Readonly<Record<(typeof NAMES)[number], number[]>> = { a: [], b: [], c: [], d: [] };
  const all: number[] = [];
  const invokes = new Map(NAMES.map((name) => [name, layer.wrap(request(time, times[name], all), accountId(name), { provider: "fake", revision: 1, probe: () => Promise.reject(new Error("no probe")) })]));
  let refused = 0;
  const send = async (name: (typeof NAMES)[number]): Promise<void> => {
    const gone = new AbortController();
    const patience = random.chance(5) ? random.next(90_000) : undefined;
    const over = new AbortController();
    if (patience !== undefined) void time.sleep(patience, over.signal).then(() => gone.abort());
    const call: GuardedCall = { signal: gone.signal, callId: "c", attempt: 1 };
    try {
      await invokes.get(name)?.("send", {} as never, call);
    } catch (error) {
      if (!isMessagingError(error) || error.outcome !== "not-sent") throw error;
      refused += 1;
    } finally {
      over.abort();
    }
  };
  const calls: Promise<void>[] = [];
  await time.until((async () => {
    while (calls.length < sends) {
      const burst = random.pick([1, 1, 2, 5, 30]);
      for (let n = 0; n < burst && calls.length < sends; n += 1) calls.push(send(random.pick(NAMES)));
      await time.sleep(random.pick([0, 300, 1_000, 5_000, 59_999, 60_000, 60_001]), new AbortController().signal);
    }
    await Promise.all(calls);
  })());

  const own = NAMES.map((name) => windowsOf(times[name], ACCOUNT));
  const shared = windowsOf(all, GLOBAL);
  const gaps = NAMES.flatMap((name) => times[name].filter((at, index) => index > 0 && at - (times[name][index - 1] ?? 0) < GAP[0] - 1e-6));
  return {
    sends, sent: all.length, refused, simulatedHours: Math.round(time.ms / 360_000) / 10,
    windowsOver: own.reduce((sum, { over }) => sum + over, shared.over), windows: 2 * all.length,
    fullest: { account: Math.max(...own.map(({ fullest }) => fullest)), ofAccount: ACCOUNT.limit, global: shared.fullest, ofGlobal: GLOBAL.limit },
    gapsTooShort: gaps.length, notCounted: sends - all.length - refused,
  };
}

function request(time: Timing, own: number[], all: number[]): Invoke {
  return async () => {
    own.push(time.now());
    all.push(time.now());
    const id = messageId("M1");
    if (id === undefined) throw new Error("no id");
    const receipt: Receipt = { stage: "queued", messageId: id, vendorIds: {} };
    return receipt;
  };
}

/** Every window that begins with a message: a fuller one would begin with a message as well. */
function windowsOf(times: readonly number[], { limit, perMs }: { readonly limit: number; readonly perMs: number }): { readonly over: number; readonly fullest: number } {
  let [over, fullest, end] = [0, 0, 0];
  for (const [index, from] of times.entries()) {
    while ((times[end] ?? Number.POSITIVE_INFINITY) < from + perMs) end += 1;
    if (end - index > limit) over += 1;
    fullest = Math.max(fullest, end - index);
  }
  return { over, fullest };
}
