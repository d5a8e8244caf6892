/** Anything that survives `JSON.parse(JSON.stringify(value))` unchanged. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** One problem of an input: where it is (`"location.name"`, `""` for the whole) and what would be right. */
export interface Issue {
  readonly path: string;
  readonly message: string;
}
