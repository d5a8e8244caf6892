import type { ErrorCode, Outcome } from "../driver/index.js";

/** An answer of the vendor's: a status, and a body that need not be JSON. */
export interface MemoryAnswer {
  readonly status: number;
  readonly body: string;
}

/**
 * A misfortune of the next request other than reading the line's status. The words name what happens to the exchange; those
 * with `act-then-` do what was asked first. An object is a refusal in the vendor's own form.
 */
export type MemoryFault =
  | "refuse" | "unauthorized" | "rate-limited" | "not-ready" | "server-error" | "redirect"
  | "reset-before-reading" | "act-then-reset" | "act-then-hang" | "act-then-cut-body" | "act-then-nonsense" | "without-id"
  | MemoryRefusal;

/** The vendor refuses with this reason. With `outcome: "unknown"` it does not say whether it did what was asked; `acts` decides. */
export interface MemoryRefusal {
  readonly code: ErrorCode;
  readonly outcome: Outcome;
  readonly persistence: "permanent" | "transient";
  readonly retryAfterMs?: number | undefined;
  readonly acts?: boolean | undefined;
}

const STATUS_OF: Partial<Readonly<Record<ErrorCode, number>>> = {
  UNAUTHENTICATED: 401, PERMISSION_DENIED: 403, NOT_FOUND: 404, CONFLICT: 412, ACCOUNT_NOT_READY: 409, REFUSED: 422,
  RATE_LIMITED: 429, UNSUPPORTED: 501, UNAVAILABLE: 503, TIMEOUT: 504,
};

/** A refusal that says what it proves. */
export function refusal({ code, outcome, persistence, retryAfterMs }: MemoryRefusal): MemoryAnswer {
  return {
    status: STATUS_OF[code] ?? 500,
    body: JSON.stringify({
      error: {
        reason: code.toLowerCase(),
        done: outcome === "not-sent" ? "nothing" : "unsure",
        again: persistence === "transient" ? "later" : "never",
        ...(retryAfterMs !== undefined && { retry_after_ms: retryAfterMs }),
      },
    }),
  };
}

/** A refusal of something that was not done and never will be. */
export function never(code: ErrorCode): MemoryAnswer {
  return refusal({ code, outcome: "not-sent", persistence: "permanent" });
}

/** What becomes of a request under a fault. `act` does what was asked; it runs once or not at all. */
export async function suffer(fault: MemoryFault, act: () => MemoryAnswer, signal: AbortSignal): Promise<MemoryAnswer> {
  if (typeof fault === "object") {
    if (fault.acts === true) act();
    return refusal(fault);
  }
  switch (fault) {
    case "refuse": return never("REFUSED");
    case "unauthorized": return never("UNAUTHENTICATED");
    case "rate-limited": return refusal({ code: "RATE_LIMITED", outcome: "not-sent", persistence: "transient", retryAfterMs: 1000 });
    case "not-ready": return refusal({ code: "ACCOUNT_NOT_READY", outcome: "not-sent", persistence: "transient" });
    case "server-error": return { status: 500, body: "{}" };
    case "redirect": return { status: 302, body: "" };
    case "reset-before-reading": throw reset();
    case "act-then-reset":
      act();
      throw reset();
    case "act-then-hang":
      act();
      return endOf(signal);
    case "act-then-cut-body": return garbled(act(), (body) => body.slice(0, -1));
    case "act-then-nonsense": return garbled(act(), () => "<html></html>");
    case "without-id": return garbled(act(), () => "{}");
  }
}

function reset(): Error {
  return new Error("the connection was reset");
}

function garbled({ status, body }: MemoryAnswer, change: (body: string) => string): MemoryAnswer {
  return { status, body: change(body) };
}

/** Waits for the caller to give up; holds no timer. */
function endOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(new Error("the caller ended the exchange"));
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}
