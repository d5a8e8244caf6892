import type { BookRecord } from "../store/book.js";

export interface ReconcileOptions {
  /** How many records to look into at most. Default 1 000, oldest first. */
  readonly limit?: number | undefined;
  /** Ends the look; what was found by then holds. */
  readonly signal?: AbortSignal | undefined;
}

/** What a look into unknown outcomes found. */
export interface ReconcileReport {
  readonly examined: number;
  /** Proved to be with the vendor; they have their message ids now. */
  readonly accepted: number;
  /** Proved never to have been sent; they may be sent again. */
  readonly notSent: number;
  /** Still unknown: a person has to look. Nothing sends them again. */
  readonly unresolved: readonly BookRecord[];
}
