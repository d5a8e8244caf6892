import { isMessagingError, MessagingError } from "../error/messaging-error.js";
import type { Outcome } from "../model/outcome.js";

/**
 * Lets no foreign error out: an application's directory or store may throw anything, with anything in it. `outcome` says what
 * a foreign error proves there; whatever a provider throws during a sending call is judged before it comes here.
 */
export async function typedErrors<T>(operation: string, outcome: Outcome, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isMessagingError(error)) throw error;
    const name = error instanceof Error ? error.name : typeof error;
    throw new MessagingError(
      `${operation} failed inside the library, or in a part that the application gave to it (${name}). ${outcome === "not-sent" ? "Nothing was sent; look" : "Look"} at the directory, the stores and the adapter.`,
      { code: "UNKNOWN", outcome, persistence: "permanent", context: { operation } },
    );
  }
}
