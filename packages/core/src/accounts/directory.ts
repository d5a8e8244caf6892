import { createHash } from "node:crypto";
import { isSecret } from "../model/secret.js";
import { unwrapSecrets } from "../schema/wrap-secrets.js";

/** One configured account of one vendor, as the application stores it. */
export interface AccountRecord {
  /** The application's own name of the account; part of its webhook URL. */
  readonly id: string;
  /** The name of a provider's definition. */
  readonly provider: string;
  /** Checked against the definition's schema when the account is opened. */
  readonly config: unknown;
  /** A new value means: open anew, switch, let running calls finish, close the old one. */
  readonly revision: string | number;
}

/**
 * Where accounts come from: the application's own database, usually. Asked at every call, so keep it cheap. `undefined`
 * becomes `NOT_FOUND`. `byId` serves webhooks and handles of events already sent: keep accounts that have open events.
 */
export interface AccountDirectory {
  forTenant(tenant: string): Promise<AccountRecord | undefined>;
  byId(account: string): Promise<AccountRecord | undefined>;
  /** Accounts that may send a tenant's invitation when its own account proved not to have sent it, in their order. Absent: no failover. */
  fallbacks?(tenant: string): Promise<readonly AccountRecord[]>;
}

/** The plain form of a directory, for few accounts. Both records are read at every call: change one and the next send follows. */
export interface StaticAccounts {
  readonly accounts: Readonly<Record<string, { readonly provider: string; readonly config: unknown }>>;
  readonly tenants: Readonly<Record<string, string>>;
  /** Of a tenant: further accounts in their order, see {@link AccountDirectory.fallbacks}. */
  readonly fallbacks?: Readonly<Record<string, readonly string[]>> | undefined;
}

/** A directory over two plain records. The revision of an account is a digest of its content. */
export function staticDirectory({ accounts, tenants, fallbacks }: StaticAccounts): AccountDirectory {
  const byId = (id: string | undefined): AccountRecord | undefined => {
    const account = id !== undefined && Object.hasOwn(accounts, id) ? accounts[id] : undefined;
    return id === undefined || account === undefined ? undefined : { id, ...account, revision: contentRevision(account) };
  };
  return {
    forTenant: (tenant) => Promise.resolve(byId(Object.hasOwn(tenants, tenant) ? tenants[tenant] : undefined)),
    byId: (account) => Promise.resolve(byId(account)),
    ...(fallbacks && { fallbacks: (tenant: string) => Promise.resolve((Object.hasOwn(fallbacks, tenant) ? fallbacks[tenant] ?? [] : []).flatMap((id) => byId(id) ?? [])) }),
  };
}

const digests = new WeakMap<object, { readonly content: { readonly provider: string; readonly config: unknown }; readonly digest: string }>();

/** A digest of provider and configuration. It reveals nothing and changes with any of them. */
export function contentRevision(account: { readonly provider: string; readonly config: unknown }): string {
  const known = digests.get(account);
  if (known && known.content.provider === account.provider && isUnchanged(known.content.config, account.config)) return known.digest;
  const content = { provider: account.provider, config: unwrapSecrets(account.config) };
  const digest = createHash("sha256").update(JSON.stringify([content.provider, content.config])).digest("base64url");
  digests.set(account, { content, digest });
  return digest;
}

/** Does a configuration say what its unwrapped copy says? Asked at every call, so it writes nothing. */
function isUnchanged(copy: unknown, value: unknown): boolean {
  const plain = isSecret(value) ? value.reveal() : value;
  if (typeof plain !== "object" || plain === null) return Object.is(copy, plain);
  if (typeof copy !== "object" || copy === null || Array.isArray(copy) !== Array.isArray(plain)) return false;
  const names = Object.keys(plain);
  return names.length === Object.keys(copy).length && names.every((name) => Object.hasOwn(copy, name) && isUnchanged(Reflect.get(copy, name), Reflect.get(plain, name)));
}
