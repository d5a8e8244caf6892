/** A JSON object whose fields nobody has looked at. */
export type Loose = Readonly<Record<string, unknown>>;

/**
 * What stands between the vendor and the adapter in a story. Planted, it is a reader that knows the first value of a switch
 * only: it hides, mangles or writes exactly what such a reader would, so that a story must end otherwise than the adapter's.
 */
export interface Reader {
  /** A callback as it is seen, after `earlier` ones as they came; `undefined`: nothing is seen of it. */
  readonly callback?: (body: Loose, earlier: readonly Loose[]) => unknown;
  /** The decoded JSON of an answer as it is seen. */
  readonly answer?: (json: unknown, path: string) => unknown;
  /** The JSON of a request as it is written. */
  readonly request?: (json: unknown, path: string) => unknown;
  /**
   * How facts are kept. `believes-arrival`: each as it arrives, copies too, the last being the truth.
   * `acknowledges-anyway`: what cannot be kept is answered 200 all the same. `books-late`: what is about a message whose id no
   * answer has given yet is nobody's.
   */
  readonly house?: "believes-arrival" | "acknowledges-anyway" | "books-late";
}

export const object = (value: unknown): Loose => (typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {});
