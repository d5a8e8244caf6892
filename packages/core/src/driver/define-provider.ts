import { isCapabilityCode, type CapabilityCode } from "../capability/codes.js";
import { GATES, OPERATIONS, type OperationName } from "../capability/gates.js";
import { codesOf, supportOf, type CapabilityEntry, type CapabilityTable } from "../capability/table.js";
import { configInvalid } from "../error/invalid.js";
import type { Audience, Recipient } from "../model/recipient.js";
import { compileCheck } from "../schema/compile-check.js";
import { hidesSecrets, unwrapSecrets, wrapSecrets } from "../schema/wrap-secrets.js";
import type { Method } from "./operations.js";
import type { EventMessagingProvider, ProviderDefinition, ProviderRuntime } from "./provider.js";

type Absent = { readonly support: "absent" };
/** The codes of a table that are not declared absent for everybody. */
type Declared<T> = { [K in keyof T]: T[K] extends Absent | { readonly [A in Audience]: Absent } ? never : K }[keyof T] & CapabilityCode;
/** Declared and implemented, or neither. */
export type Held<C extends CapabilityCode> =
  & { readonly [O in OperationName as (typeof GATES)[O] extends C ? O : never]: Method<O> }
  & { readonly [O in OperationName as (typeof GATES)[O] extends C ? never : O]?: never };

/** What a vendor's author writes. */
export interface ProviderSpec<Name extends string, T extends CapabilityTable, Config, P extends EventMessagingProvider> {
  /** Lower case, digits and `-`: what account records name. */
  readonly name: Name;
  /** A misspelt code does not compile. */
  readonly capabilities: T & { readonly [K in Exclude<keyof T, CapabilityCode>]: never };
  /** JSON Schema 2020-12, closed (`additionalProperties: false`). Mark credentials with `format: "secret"` or its kin. */
  readonly configSchema: object;
  readonly extensionsSchema?: object;
  readonly recipientFromVendor: (text: string) => Recipient | undefined;
  /** Gets a configuration that fits the schema, credentials wrapped. No I/O. */
  readonly open: (config: Config, runtime: ProviderRuntime) => P;
}

/**
 * Makes a definition out of what is particular to a vendor. An operation that the table declares and the opened account
 * lacks, or the reverse, does not compile; what slips past the compiler is refused when an account is opened.
 *
 * @throws TypeError at once when the name is not lower case letters, digits and `-`, when the table holds a code or an entry
 * that is none, or when the schema marks a credential where it would not be wrapped (`anyOf`, `$ref`).
 */
export function defineProvider<const Name extends string, const T extends CapabilityTable, Config, P extends EventMessagingProvider>(
  spec: ProviderSpec<Name, T, Config, P> & (P extends Held<Declared<T>> ? unknown : { readonly open: () => Held<Declared<T>> }),
): ProviderDefinition<Name, Declared<T>> {
  const { name, capabilities, configSchema, extensionsSchema, recipientFromVendor, open }: ProviderSpec<Name, T, Config, P> = spec;
  if (!/^[a-z][a-z0-9-]{0,31}$/.test(name)) throw new TypeError("a provider's name is 1 to 32 lower case letters, digits and \"-\"");
  const wrong = codesOf(capabilities).filter((code) => !isCapabilityCode(code) || !AUDIENCES.every((audience) => isEntry(supportOf(capabilities, code, audience))));
  if (wrong.length > 0) throw new TypeError(`provider "${name}": these capabilities are misspelt or lack support, reason or source: ${wrong.join(", ")}`);
  if (hidesSecrets(configSchema)) throw new TypeError(`provider "${name}": the configuration schema marks a credential behind a keyword that is not followed; use properties, additionalProperties or items`);
  const check = compileCheck(configSchema);
  return {
    specVersion: 1,
    name,
    capabilities,
    configSchema,
    ...(extensionsSchema && { extensionsSchema }),
    recipientFromVendor,
    open(config, runtime) {
      const plain = unwrapSecrets(config);
      const issues = check(plain);
      if (issues.length > 0) throw configInvalid(`The configuration of account "${runtime.account}" does not fit provider "${name}"`, issues, { provider: name, account: runtime.account });
      // The schema has just vouched for the shape: this is the checked boundary.
      const provider = open(wrapSecrets(configSchema, plain) as Config, runtime);
      const missing = OPERATIONS.filter((operation) => isDeclared(capabilities, GATES[operation]) !== (typeof provider[operation] === "function"));
      if (missing.length > 0) throw new TypeError(`provider "${name}" declares and implements different operations: ${missing.join(", ")}`);
      return provider;
    },
  };
}

const AUDIENCES = ["direct", "group"] as const satisfies readonly Audience[];

/** What the compiler asks of an entry, for authors in plain JavaScript. */
function isEntry(entry: Partial<CapabilityEntry> | undefined): boolean {
  return entry !== undefined && ["native", "emulated", "absent", "unknown"].includes(String(entry.support))
    && [entry.why, entry.source].every((words) => typeof words === "string" && words !== "");
}

function isDeclared(table: CapabilityTable, code: CapabilityCode): boolean {
  return supportOf(table, code, "direct").support !== "absent" || supportOf(table, code, "group").support !== "absent";
}
