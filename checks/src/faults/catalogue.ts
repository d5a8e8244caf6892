import { answerFaults } from "./answer-faults.js";
import type { Fault } from "./fault.js";
import { wireFaults } from "./wire-faults.js";

/** Faults 1 to 47, with their variants. */
export const FAULTS: readonly Fault[] = [...wireFaults, ...answerFaults];
