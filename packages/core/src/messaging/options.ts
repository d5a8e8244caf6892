import { configInvalid } from "../error/invalid.js";
import { FORMS } from "../model/handle.js";
import type { Issue } from "../model/json.js";
import { isCapabilityCode } from "../capability/codes.js";
import { checkLayers } from "../layers/compose.js";
import type { MessagingOptions } from "./messaging-types.js";

const NAMES: ReadonlySet<string> = new Set([
  "providers", "directory", "accounts", "tenants", "book", "inbox", "http", "pool", "policy", "limits", "minimumAuthenticity", "layers", "retries", "maxBodyBytes", "bodyDeadlineMs", "now", "random",
] as const);

/** Everything about the options that can be known without a request. @throws MessagingError `CONFIG_INVALID` with every problem. */
export function checkOptions(options: MessagingOptions): void {
  const issues: Issue[] = Object.keys(options).filter((name) => !NAMES.has(name)).map((name) => ({ path: name, message: "is not a known option" }));
  const problem = (path: string, message: string) => void issues.push({ path, message });

  const { providers, directory, accounts, tenants } = options;
  if (typeof providers !== "function") {
    if (!Array.isArray(providers)) problem("providers", "must be a list of definitions, or a function that finds one by name");
    else providers.forEach(({ name }, index) => {
      if (providers.findIndex((other) => other.name === name) < index) problem(`providers.${index}`, `is the second definition named "${name}"`);
    });
  }
  if (directory !== undefined && (accounts !== undefined || tenants !== undefined)) problem("directory", "excludes accounts and tenants");
  if (directory === undefined) {
    if (accounts === undefined || tenants === undefined) problem("accounts", "and tenants are needed where there is no directory");
    for (const [id, { provider }] of Object.entries(accounts ?? {})) {
      if (Array.isArray(providers) && !providers.some(({ name }) => name === provider)) problem(`accounts.${id}.provider`, `"${provider}" is not among the providers`);
    }
    for (const [tenant, account] of Object.entries(tenants ?? {})) {
      if (accounts !== undefined && !Object.hasOwn(accounts, account)) problem(`tenants.${tenant}`, `"${account}" is not among the accounts`);
    }
  }
  for (const [index, form] of (options.policy?.forms ?? []).entries()) if (!FORMS.some((known) => known === form)) problem(`policy.forms.${index}`, "is no form");
  for (const code of [...(options.policy?.allowLoss ?? []), ...(options.policy?.allowUnknown ?? [])]) if (!isCapabilityCode(code)) problem("policy", `"${String(code)}" is no capability`);
  if (options.minimumAuthenticity !== undefined && !["signature", "url-secret", "none"].includes(options.minimumAuthenticity)) problem("minimumAuthenticity", 'must be "signature", "url-secret" or "none"');
  if (issues.length > 0) throw configInvalid("The messaging options do not fit together", issues);
  checkLayers(options.layers ?? []);
}
