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
  /** Requests that it has taken and will act on later. */
  readonly late: MemoryRequest[] = [];
  posts = 0;

  constructor(now: () => Date) {
    this.vendor = memoryVendor({ now });
  }

  /** The vendor as one process sees it. */
  for(process: Mortal): MemoryVendor {
    return { ...this.vendor, exchange: (request, signal) => process.step(() => this.#exchange(request, signal)) };
  }

  /** Cards that are out, or will be. */
  cards(): readonly { readonly line: string; readonly notes: string; readonly messageId?: string }[] {
    const acted = this.vendor.journal().filter(({ operation }) => operation === "send").map((act: MemoryAct) => ({ line: act.line, notes: act.card?.notes ?? "", messageId: act.messageId }));
    return [...acted, ...this.late.map(({ line, body }) => ({ line, notes: notesOf(body) }))];
  }

  /** Does what it still has to do. */
  async catchUp(): Promise<void> {
    for (const request of this.late.splice(0)) await this.vendor.exchange(request, new AbortController().signal);
  }

  #exchange(request: MemoryRequest, signal: AbortSignal): ReturnType<MemoryVendor["exchange"]> {
    if (request.path !== "cards.send") return this.vendor.exchange(request, signal);
    this.posts += 1;
    const fault = this.faults.shift();
    if (fault === "late-act") {
      this.late.push(request);
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
