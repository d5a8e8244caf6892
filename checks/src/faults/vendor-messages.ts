/** What the check tells the vendor's process. */
export interface ToVendor {
  readonly id: number;
  /** Numbers in the lists of faults and of subjects: behaviours are functions and do not travel. */
  readonly open?: { readonly fault: number; readonly subject: number; readonly elsewhere: string };
  /** The port of a vendor that was opened. */
  readonly look?: number;
  readonly close?: number;
}

/** What came to a vendor so far, and how many connections are open. */
export interface Seen {
  readonly requests: number;
  readonly connections: number;
  readonly open: number;
}

/** What it answers; `id` 0 is its first word. */
export interface FromVendor {
  readonly id: number;
  readonly port?: number;
  readonly seen?: Seen;
  readonly error?: string;
}
