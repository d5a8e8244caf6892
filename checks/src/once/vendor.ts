import { memoryVendor, type MemoryAct, type MemoryFault, type MemoryRequest, type MemoryVendor } from "@event-messaging/core/memory";
import type { Mortal } from "./mortal.js";

/** What may go wrong with a request that makes a message. `late-act`: the connection breaks, and the vendor acts some time later. */
export type Fault = MemoryFault | "late-act";

export const FAULTS: readonly [Fault, ...Fault[]] = [
  "refuse", "unauthorized", "rate-limited", "not-ready", "server-error", "redirect", "reset-before-reading",
  "act-then-reset", "act-then-hang", "act-then-cut-body", "act-then-nonsense", "without-id", "late-act",
];

/** The vendor in memory with faults that meet only requests for a message, and with work that it does late. */
export class FaultyVendor {
  readonly vendor: MemoryVendor;
  readonly faults: Fault[] = [];
  /** Requests that it has taken and will act on later, and when it took them. */
  readonly #late: { readonly request: MemoryRequest; readonly takenMs: number }[] = [];
  readonly #now: () => Date;
  posts = 0;

  constructor(now: () => Date) {
    this.#now = now;
    this.vendor = memoryVendor({ now });
  }

  /** The vendor as one process sees it. */
  for(process: Mortal): MemoryVendor {
    return { ...this.vendor, exchange: (request, signal) => process.step(() => this.#exchange(request, signal)) };
  }

  /** Cards that are out, or will be. */
  cards(): readonly { readonly line: string; readonly notes: string; readonly messageId?: string }[] {
    const acted = this.vendor.journal().filter(({ operation }) => operation === "send").map((act: MemoryAct) => ({ line: act.line, notes: act.card?.notes ?? "", messageId: act.messageId }));
    return [...acted, ...this.#late.map(({ request: { line, body } }) => ({ line, notes: notesOf(body) }))];
  }

  /** Does what it took at least so long ago: no vendor acts for ever on what it once read. */
  async catchUp(afterMs = 0): Promise<void> {
    const now = this.#now().getTime();
    const ripe = this.#late.filter(({ takenMs }) => now - takenMs >= afterMs);
    for (const each of ripe) {
      this.#late.splice(this.#late.indexOf(each), 1);
      await this.vendor.exchange(each.request, new AbortController().signal);
    }
  }

  #exchange(request: MemoryRequest, signal: AbortSignal): ReturnType<MemoryVendor["exchange"]> {
    if (request.path !== "cards.send") return this.vendor.exchange(request, signal);
    this.posts += 1;
    const fault = this.faults.shift();
    if (fault === "late-act") {
      this.#late.push({ request, takenMs: this.#now().getTime() });
      return Promise.reject(new Error("the connection broke"));
    }
    if (fault !== undefined) this.vendor.failNext(fault);
    return this.vendor.exchange(request, signal);
  }
}

function notesOf(body: string): string {
  const json: unknown = JSON.parse(body);
  const card: unknown = typeof json === "object" && json !== null && "card" in json ? json.card : undefined;
  return typeof card === "object" && card !== null && "notes" in card ? String(card.notes) : "";
}
