/**
 * What a failed sending call proved.
 *
 * - `not-sent`: proved that the vendor did nothing. Only this may be retried or sent through another account.
 * - `unknown`: the vendor may have acted. Nothing repeats it; reconciliation or a person decides.
 *
 * There is no third value: a call that the vendor accepted resolves.
 */
export type Outcome = "not-sent" | "unknown";

/** How far one HTTP exchange got. Only `before-write` proves by itself that nothing was sent. */
export type Phase = "before-write" | "written" | "head" | "complete";
