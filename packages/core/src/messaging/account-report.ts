import type { AccountFinding, Probe } from "../driver/provider.js";

/** What a look at an account found. Plain JSON without secrets: fit to print and to keep. */
export interface AccountReport {
  readonly account: string;
  readonly provider: string;
  /** No finding is a fault. Risks may remain. */
  readonly ok: boolean;
  readonly status: Probe["status"];
  readonly engine?: string;
  readonly version?: string;
  /** Faults first, then risks, then notes. */
  readonly findings: readonly AccountFinding[];
}
