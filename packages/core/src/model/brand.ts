/**
 * A string that has been checked, told apart by name at compile time only. The key is a literal, not a `unique symbol`,
 * so that values from two copies of this package (ESM beside CommonJS) are interchangeable.
 */
export type Brand<T, Name extends string> = T & { readonly __brand: Name };
