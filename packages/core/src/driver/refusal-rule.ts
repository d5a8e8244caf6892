import type { ErrorCode } from "../error/codes.js";

/** The codes that a rule may give: what a vendor's refusal can mean. */
const RULE_CODES = ["UNAUTHENTICATED", "PERMISSION_DENIED", "NOT_FOUND", "ACCOUNT_NOT_READY", "REFUSED", "RATE_LIMITED", "UNAVAILABLE"] as const satisfies readonly ErrorCode[];

/**
 * What an operator knows of one answer that the vendor does not document: with this status and these words **nothing was
 * sent**. A failure that fits is `not-sent` instead of `unknown`, so it may be repeated and failed over. A rule that is wrong
 * therefore sends an invitation twice: write one only for an answer that was looked up on a phone.
 */
export interface RefusalRule {
  /** 200, for vendors that refuse with a success, or 400 to 599. */
  readonly status: number;
  /** Words out of the vendor's error text, at least 4 characters; upper and lower case are alike. */
  readonly says: string;
  readonly code: (typeof RULE_CODES)[number];
  /** Does it pass by itself, so that a later repeat makes sense? Default false. */
  readonly transient?: boolean;
}

/** JSON Schema of a list of {@link RefusalRule}, for an adapter's `configSchema`. */
export const refusalRulesSchema = {
  type: "array",
  maxItems: 100,
  items: {
    type: "object",
    additionalProperties: false,
    required: ["status", "says", "code"],
    properties: {
      status: { type: "integer", anyOf: [{ const: 200 }, { minimum: 400, maximum: 599 }] },
      says: { type: "string", minLength: 4, maxLength: 256 },
      code: { type: "string", enum: RULE_CODES },
      transient: { type: "boolean" },
    },
  },
} as const;

/**
 * The first rule that fits an answer, for adapters: to be asked only where the vendor's own documentation leaves the outcome
 * open. `texts` are the vendor's error texts, wherever it writes them. Pure.
 */
export function ruleFor(rules: readonly RefusalRule[] | undefined, status: number, texts: readonly (string | undefined)[]): RefusalRule | undefined {
  const heard = texts.map((text) => text?.toLowerCase() ?? "");
  return rules?.find((rule) => rule.status === status && heard.some((text) => text.includes(rule.says.toLowerCase())));
}
