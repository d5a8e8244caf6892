import type { CallLink } from "./call-url.js";
import type { Json } from "./json.js";
import type { Instant, TimeZone } from "./time.js";

/** Settings of one vendor only, named `x-<vendor>.<thing>`; checked by the definition's `extensionsSchema`, never dropped. */
export type Extensions = { readonly [name: `x-${string}.${string}`]: Json };

/** What an invitation says, whole and checked. Providers receive this and nothing else. */
export interface InvitationDetails {
  readonly title: string;
  readonly description?: string;
  readonly location?: { readonly name: string };
  /** Whole seconds. */
  readonly startsAt: Instant;
  /** Whole seconds, after the start. */
  readonly endsAt?: Instant;
  /** For people and for vendors that want one; needs no capability. */
  readonly timeZone?: TimeZone;
  readonly callLink?: CallLink;
  readonly extraGuestsAllowed?: boolean;
  readonly extensions?: Extensions;
}

/** What callers write. Unknown fields are an error, not ignored. */
export interface DetailsInput {
  /** 1 to 100 characters: receivers drop a longer one (`limits.titleLength` overrides). */
  readonly title: string;
  /** Up to 2048 characters (`limits.textLength` overrides). WhatsApp formatting such as `*bold*` works. */
  readonly description?: string | undefined;
  /** A place in words; text is short for `{ name }`. Up to 2048 characters. */
  readonly location?: string | { readonly name: string } | undefined;
  /** A `Date` or RFC 3339 text with offset; floored to whole seconds. */
  readonly startsAt: string | Date;
  /** As `startsAt`, and after it. */
  readonly endsAt?: string | Date | undefined;
  /** An IANA name such as `Europe/Lisbon`. */
  readonly timeZone?: string | undefined;
  /** `voice` or `video` for a call that the vendor creates, or a WhatsApp call link. Other links belong in the description. */
  readonly callLink?: string | undefined;
  readonly extraGuestsAllowed?: boolean | undefined;
  readonly extensions?: Extensions | undefined;
}

/** An invitation as callers write it. */
export interface InvitationInput extends DetailsInput {
  /** The application's own id of the appointment: what comes back with every answer. 1 to 256 characters. */
  readonly key: string;
  /** `+<E.164>`, `<id>@g.us` or `<id>@lid`. */
  readonly to: string;
  /** The bare id of a message to quote. */
  readonly replyTo?: string | undefined;
  /** 1 unless given. A higher one orders a new card under the same key. */
  readonly revision?: number | undefined;
}

/** Merged over the details of a handle: leaving a field out keeps it, `null` takes it away. */
export type DetailsChanges = {
  readonly [F in keyof DetailsInput]?: DetailsInput[F] | (F extends "title" | "startsAt" ? never : null);
};

/** What receivers accept by default. Source: WhatsApp Web's public bundle, limits that Meta can change from its servers. */
export interface DetailsLimits {
  readonly titleLength: number;
  readonly textLength: number;
}

export const DEFAULT_LIMITS: DetailsLimits = { titleLength: 100, textLength: 2048 };
