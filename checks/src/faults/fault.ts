import type { Behaviour } from "./raw-vendor.js";
import type { NoSite, Site } from "./sites.js";
import type { Subject, Vendor } from "./subjects.js";

export type Verdict = "accepted" | "not-sent" | "unknown";

/** What a fault needs to happen besides a server that misbehaves. */
export interface Fault {
  /** Its number in the catalogue of 52; several variants share one. */
  readonly nr: number;
  readonly name: string;
  /** What a sending operation must come to, by the vendors' own facts: written down apart from the adapters. */
  readonly expected: Verdict | Readonly<Record<Vendor, Verdict>>;
  /** Codes that are right, where there is one right answer. */
  readonly codes?: readonly string[];
  /** Only what this vendor documents or shows. */
  readonly vendor?: Vendor;
  readonly behave?: (subject: Subject, elsewhere: string) => Behaviour;
  readonly site?: (subject: Subject) => Promise<Site | NoSite>;
  /** The caller's signal is aborted as soon as the request has been read. */
  readonly abortWhenRead?: true;
  /** One good call comes first, on the same connection. */
  readonly warm?: true;
  /** Characters of the description, where there is one. */
  readonly size?: number;
  /** Only the deadline ends it. */
  readonly hangs?: true;
  /** Moves much data: measured alone, with the memory. */
  readonly heavy?: true;
  /** Its answer is whole and 2xx: what only reads may make of it what it can, as long as it claims nothing. */
  readonly readable?: true;
  /** An answer to a sending operation only: elsewhere it is nothing out of the ordinary. */
  readonly onlyWrites?: true;
  /** What a reader of the table must know: where something stands in for the real thing. */
  readonly note?: string;
  /** Also among the few that stand for the rest where the number of runs matters. */
  readonly core?: true;
}
