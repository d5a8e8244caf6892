import type { Brand } from "./brand.js";

/** The application's name of one configured instance or session at a vendor. Not the vendor's id. */
export type AccountId = Brand<string, "AccountId">;
/** The application's customer. Every record is kept per tenant; nothing is ever merged across two. */
export type TenantId = Brand<string, "TenantId">;
/** A bare WhatsApp message id: opaque, case-sensitive, never a composite such as `true_…@c.us_…`, never a number. */
export type MessageId = Brand<string, "MessageId">;

/** Every id that a vendor gave for one message, under the vendor's own names. Kept, never interpreted by core. */
export type VendorIds = Readonly<Record<string, string>>;

const ID = /^[^\s\p{Cc}]{1,256}$/u;

const named = (kind: string, text: unknown): string => {
  if (typeof text === "string" && ID.test(text)) return text;
  throw new TypeError(`${kind} must be a string of 1 to 256 characters without spaces or control characters`);
};

/** May the value name an account? 1 to 256 characters without spaces or control characters. */
export function isAccountId(value: unknown): value is AccountId {
  return typeof value === "string" && ID.test(value);
}

/** May the value name a tenant? As {@link isAccountId}. */
export function isTenantId(value: unknown): value is TenantId {
  return typeof value === "string" && ID.test(value);
}

/** Checks an account id. @throws TypeError when it is empty, over 256 characters, or holds spaces or control characters. */
export function accountId(text: unknown): AccountId {
  return named("an account id", text) as AccountId;
}

/** Checks a tenant id. @throws TypeError as {@link accountId}. */
export function tenantId(text: unknown): TenantId {
  return named("a tenant id", text) as TenantId;
}

const MESSAGE_ID = /^[A-Za-z0-9.:-]{1,128}$/;

/**
 * Reads a bare WhatsApp message id; `undefined` when the value is not one. A JSON number is refused (it has already lost
 * digits), and so is a composite with `_` or `@`: adapters take composites apart first.
 */
export function messageId(value: unknown): MessageId | undefined {
  return typeof value === "string" && MESSAGE_ID.test(value) ? (value as MessageId) : undefined;
}
