import type { Reader } from "./reader.js";
import type { ChapterName, Plot } from "./story.js";

type Ends = { readonly [C in ChapterName]?: string };

/** A chapter ends otherwise at this value with an option than without it. */
export interface Optioned {
  readonly kind: "option";
  readonly plot: Pick<Plot, "config" | "messaging">;
  readonly chapter: ChapterName;
  /** With the option, at this value. */
  readonly ends: string;
  /** With the option, at the switch's first value; absent: as without it. */
  readonly usually?: string;
  /** Without the option, at this value, where it differs from the first value. */
  readonly otherwise?: Ends;
}

/** The adapter reads both ways by itself, which a reader that knows the first value only does not. */
export interface Planted {
  readonly kind: "planted";
  readonly reader: Reader;
  readonly otherwise?: Ends;
}

/** No reading and no option can make a difference. */
export interface Beyond {
  readonly kind: "beyond";
  readonly why: string;
  readonly otherwise?: Ends;
}

export type Proof = Optioned | Planted | Beyond;

/** What an ambiguity of the vendor means to somebody who uses the adapter: a proof for each value but the first. */
export type SwitchEntry<V extends string = string, First extends V = V> = First extends V
  ? {
      readonly usual: First;
      /** Where in the story it can show. */
      readonly chapters: readonly [ChapterName, ...ChapterName[]];
      readonly others: { readonly [O in Exclude<V, First>]: Proof };
    }
  : never;

export const option = (config: object, chapter: ChapterName, ends: string, more: Pick<Optioned, "usually" | "otherwise"> = {}): Optioned => ({ kind: "option", plot: { config }, chapter, ends, ...more });
export const planted = (reader: Reader, otherwise: Ends = {}): Planted => ({ kind: "planted", reader, otherwise });
export const beyond = (why: string, otherwise: Ends = {}): Beyond => ({ kind: "beyond", why, otherwise });
