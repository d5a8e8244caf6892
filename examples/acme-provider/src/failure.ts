import { MessagingError, type AccountId, type ErrorCode, type HttpResponse, type OperationName, type Outcome, type Persistence } from "@event-messaging/core/driver";
import { at, whole } from "./wire.js";

/** Where an answer came from. `reads`: the operation changes nothing, so a failure is always `not-sent`. */
export interface Asked {
  readonly account: AccountId;
  readonly operation: OperationName;
  readonly reads: boolean;
}

interface Judged {
  readonly code: ErrorCode;
  readonly outcome: Outcome;
  readonly persistence: Persistence;
  readonly vendorCode: string;
  readonly what: string;
  readonly remedy: string;
}

const LOOK = "look for the message before sending again";

/** Acme answers 200 to nearly everything; the fault's number decides. Below 5000 the call was not begun. Acme docs: "Faults". */
const FAULTS: ReadonlyMap<number, Judged> = new Map([
  [4010, proven("UNAUTHENTICATED", "permanent", "key-unknown", "Acme does not know the key", "correct key")],
  [4030, proven("UNSUPPORTED", "permanent", "not-in-plan", "the line's plan does not include this", "choose another plan at Acme")],
  [4040, proven("NOT_FOUND", "permanent", "message-unknown", "Acme knows no such message of this line", "use the handle of the call that sent it")],
  [4090, proven("ACCOUNT_NOT_READY", "transient", "line-down", "the line is not connected", "connect it and send again")],
  [4220, proven("REFUSED", "permanent", "not-acceptable", "Acme refused the call as invalid", "report this")],
  [4290, proven("RATE_LIMITED", "transient", "too-many", "too many calls", "send again later")],
]);

function proven(code: ErrorCode, persistence: Persistence, vendorCode: string, what: string, remedy: string): Judged {
  return { code, outcome: "not-sent", persistence, vendorCode, what, remedy };
}

/** What an answer other than an acceptance proves. A number that is not in the table proves nothing. */
export function judge({ status, json }: Pick<HttpResponse, "status" | "json">): Judged {
  const known = status === 200 && at(json, "done") === false ? FAULTS.get(whole(at(json, "fault", "no")) ?? 0) : undefined;
  if (known !== undefined) return known;
  if (status >= 500) return { code: "UNAVAILABLE", outcome: "unknown", persistence: "transient", vendorCode: "http-5xx", what: "Acme's server failed", remedy: LOOK };
  return { code: "PROTOCOL", outcome: "unknown", persistence: "permanent", vendorCode: "not-understood", what: "the answer names no message and no known fault", remedy: LOOK };
}

/** A fresh error for an answer; nothing of the answer but its status goes into it. */
export function failureOf(response: HttpResponse, { account, operation, reads }: Asked): MessagingError {
  const { what, remedy, outcome, code, persistence, vendorCode } = judge(response);
  const seconds = whole(at(response.json, "fault", "wait"));
  return new MessagingError(`${operation} through acme: ${what}. To do: ${remedy}.`, {
    code, persistence,
    outcome: reads ? "not-sent" : outcome,
    ...(code === "RATE_LIMITED" && seconds !== undefined && seconds >= 0 && { retryAfterMs: Math.min(seconds, 900) * 1000 }),
    context: { provider: "acme", account, operation, phase: "complete", status: response.status, vendorCode },
  });
}
