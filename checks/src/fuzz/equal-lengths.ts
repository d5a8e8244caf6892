import crypto from "node:crypto";
import { syncBuiltinESMExports } from "node:module";

/** Runs `body` and counts the comparisons in constant time that it made, and those of unequal lengths. */
export async function watchedComparisons<T>(body: () => T | Promise<T>): Promise<{ readonly result: T; readonly comparisons: number; readonly unequal: number }> {
  const genuine = crypto.timingSafeEqual;
  let comparisons = 0;
  let unequal = 0;
  crypto.timingSafeEqual = (a, b) => {
    comparisons += 1;
    if (a.byteLength !== b.byteLength) unequal += 1;
    return genuine(a, b);
  };
  syncBuiltinESMExports();
  try {
    return { result: await body(), comparisons, unequal };
  } finally {
    crypto.timingSafeEqual = genuine;
    syncBuiltinESMExports();
  }
}
