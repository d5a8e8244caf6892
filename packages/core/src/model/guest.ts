import type { Lid, Phone } from "./recipient.js";

/**
 * A person, as far as one message showed. Ids are kept as they were seen; whether two guests are the same person is the
 * book's business (`store/guest-identity.ts`), never a comparison of one field.
 */
export interface Guest {
  readonly phone?: Phone;
  readonly lid?: Lid;
  /** The name that the person chose to show. Attacker-controlled text: never interpolate it. */
  readonly name?: string;
  /** Further ids of the person, by provider name. */
  readonly providerIds?: Readonly<Record<string, readonly string[]>>;
}

/** What a guest can have answered. `CLEARED` takes an earlier answer back. */
export type RsvpResponse = "GOING" | "NOT_GOING" | "MAYBE" | "CLEARED";
/** What one can answer oneself. */
export type GivenResponse = Exclude<RsvpResponse, "CLEARED">;

export const RSVP_RESPONSES = ["GOING", "NOT_GOING", "MAYBE", "CLEARED"] as const satisfies readonly RsvpResponse[];
