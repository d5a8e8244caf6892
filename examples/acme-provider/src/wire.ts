/** Acme's JSON: what is sent, as types, and readers for what arrives, which presume as little as they can. */

/** Everything is one `POST /door`; `call` says what is wanted. Acme docs: "One door". */
export const DOOR = "/door";

export type AcmeCall = "line.describe" | "card.issue" | "card.revise" | "card.strike" | "card.reply" | "ballot.issue" | "note.issue" | "ledger.search" | "people.lookup";

/** A card. Times are RFC 2822 text, the length whole seconds. Acme docs: "Cards". */
export interface WireCard {
  readonly heading: string;
  readonly body?: string;
  readonly venue?: string;
  readonly begins: string;
  readonly lasts?: number;
  readonly dial?: string;
  readonly companions: 0 | 1;
}

/** Headers of a delivery: when it was signed (seconds since 1970), and the Ed25519 signature over `<stamp>\n<body>` in base64url. */
export const STAMP_HEADER = "acme-stamp";
export const PROOF_HEADER = "acme-proof";

export type Wire = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is Wire {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path of own members, `undefined` as soon as one is missing. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, name) => (isRecord(inner) && Object.hasOwn(inner, name) ? inner[name] : undefined), value);
}

/** Text that is not empty. */
export function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function whole(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) ? value : undefined;
}

export function list(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}
