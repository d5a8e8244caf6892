import { configInvalid } from "../error/invalid.js";
import { FORMS } from "../model/handle.js";
import { isAccountId, isTenantId } from "../model/ids.js";
import type { Issue } from "../model/json.js";
import { isCapabilityCode } from "../capability/codes.js";
import { checkLayers } from "../layers/compose.js";
import type { MessagingOptions } from "./messaging-types.js";
import { UNREADABLE_POLICIES } from "./unreadable-options.js";
import { RECIPIENT_CHECKS } from "./call-options.js";

const NAMES: ReadonlySet<string> = new Set([
  "providers", "directory", "accounts", "tenants", "book", "inbox", "http", "pool", "policy", "recipientCheck", "limits", "unreadable", "newDate", "silence", "minimumAuthenticity", "layers", "killSwitch", "failover", "telemetry", "fallbacks", "retries", "maxBodyBytes", "bodyDeadlineMs", "now", "random",
] as const);
/** The figures among the options: names, and what each must be at least. */
const FIGURES = {
  "": { maxBodyBytes: 1, bodyDeadlineMs: 1 },
  "limits.": { titleLength: 1, textLength: 1 },
  "retries.": { attempts: 1, firstDelayMs: 0, maxDelayMs: 0, deadlineMs: 1 },
} as const;
const LONGEST_TIMER_MS = 2_147_483_647;
const ID_WORDS = "must be 1 to 256 characters without spaces or control characters";

type Report = (path: string, message: string) => void;

/** Everything about the options that can be known without a request. @throws MessagingError `CONFIG_INVALID` with every problem. */
export function checkOptions(options: MessagingOptions): void {
  if (!isRecord(options)) throw configInvalid("The messaging options cannot be read", [{ path: "", message: "must be an object" }]);
  const issues: Issue[] = Object.keys(options).filter((name) => !NAMES.has(name)).map((name) => ({ path: name, message: "is not a known option" }));
  const problem: Report = (path, message) => void issues.push({ path, message });

  const names = providerNames(options.providers, problem);
  const { directory, accounts, tenants } = options;
  if (directory !== undefined && (accounts !== undefined || tenants !== undefined)) problem("directory", "excludes accounts and tenants");
  if (directory === undefined) {
    if (!isRecord(accounts) || !isRecord(tenants)) problem("accounts", "and tenants are needed where there is no directory");
    checkStatic(accounts ?? {}, tenants ?? {}, names, problem);
    checkFallbacks(options.fallbacks, accounts ?? {}, problem);
  } else if (typeof directory.forTenant !== "function" || typeof directory.byId !== "function") problem("directory", "must have forTenant and byId");

  checkPolicy(options.policy, problem);
  if (options.recipientCheck !== undefined && !RECIPIENT_CHECKS.includes(options.recipientCheck)) problem("recipientCheck", 'must be "off", "warn", "refuse" or "correct"');
  if (options.minimumAuthenticity !== undefined && !["signature", "url-secret", "none"].includes(options.minimumAuthenticity)) problem("minimumAuthenticity", 'must be "signature", "url-secret" or "none"');
  checkUnreadable(options.unreadable, problem);
  checkSilence(options.silence, problem);
  if (options.newDate !== undefined && options.newDate !== "mark" && options.newDate !== "keep") problem("newDate", 'must be "mark" or "keep"');
  figures(options, "", problem);
  figures(options.limits, "limits.", problem);
  figures(options.retries, "retries.", problem);
  if (issues.length > 0) throw configInvalid("The messaging options do not fit together", issues);
  checkLayers(options.layers ?? []);
}

/** The names of the definitions; `undefined`: they are found by a function. An import that went wrong shows here. */
function providerNames(providers: unknown, problem: Report): readonly unknown[] | undefined {
  if (typeof providers === "function") return undefined;
  if (!Array.isArray(providers)) {
    problem("providers", "must be a list of definitions, or a function that finds one by name");
    return undefined;
  }
  const given: readonly unknown[] = providers;
  const names = given.map((definition) => (isRecord(definition) && typeof definition.open === "function" && typeof definition.name === "string" ? definition.name : undefined));
  names.forEach((name, index) => {
    if (name === undefined) problem(`providers.${index}`, "is no definition: pass what an adapter package exports");
    else if (names.indexOf(name) < index) problem(`providers.${index}`, `is the second definition named "${name}"`);
  });
  return names;
}

function checkStatic(accounts: unknown, tenants: unknown, names: readonly unknown[] | undefined, problem: Report): void {
  for (const [id, account] of Object.entries(isRecord(accounts) ? accounts : {})) {
    if (!isAccountId(id)) problem(`accounts.${id}`, ID_WORDS);
    if (!isRecord(account)) problem(`accounts.${id}`, "must be { provider, config }");
    else if (names && !names.includes(account.provider)) problem(`accounts.${id}.provider`, `"${String(account.provider)}" is not among the providers`);
  }
  for (const [tenant, account] of Object.entries(isRecord(tenants) ? tenants : {})) {
    if (!isTenantId(tenant)) problem(`tenants.${tenant}`, ID_WORDS);
    if (isRecord(accounts) && !Object.hasOwn(accounts, String(account))) problem(`tenants.${tenant}`, `"${String(account)}" is not among the accounts`);
  }
}

function checkFallbacks(fallbacks: unknown, accounts: object, problem: Report): void {
  for (const [tenant, ids] of Object.entries(isRecord(fallbacks) ? fallbacks : {})) {
    if (!Array.isArray(ids)) problem(`fallbacks.${tenant}`, "must be a list of account ids");
    else for (const id of ids) if (!Object.hasOwn(accounts, String(id))) problem(`fallbacks.${tenant}`, `"${String(id)}" is not among the accounts`);
  }
}

function checkPolicy(policy: MessagingOptions["policy"], problem: Report): void {
  for (const [index, form] of (policy?.forms ?? []).entries()) if (!FORMS.some((known) => known === form)) problem(`policy.forms.${index}`, "is no form");
  for (const code of [...(policy?.allowLoss ?? []), ...(policy?.allowUnknown ?? [])]) if (!isCapabilityCode(code)) problem("policy", `"${String(code)}" is no capability`);
}

function checkSilence(silence: MessagingOptions["silence"], problem: Report): void {
  if (silence === undefined) return;
  if (!isRecord(silence)) return problem("silence", "must be { afterMs, onSilence }");
  for (const name of Object.keys(silence)) if (!["afterMs", "everyMs", "accounts", "onSilence"].includes(name)) problem(`silence.${name}`, "is not a known option");
  for (const name of ["afterMs", "everyMs"] as const) {
    const value = silence[name];
    if ((name === "afterMs" || value !== undefined) && !(typeof value === "number" && value >= 1 && value <= LONGEST_TIMER_MS)) problem(`silence.${name}`, "must be a number of milliseconds of at least 1");
  }
  if (typeof silence.onSilence !== "function") problem("silence.onSilence", "must be a function");
  if (silence.accounts !== undefined && !(Array.isArray(silence.accounts) && silence.accounts.every(isAccountId))) problem("silence.accounts", "must be a list of account ids");
}

function checkUnreadable(unreadable: MessagingOptions["unreadable"], problem: Report): void {
  if (unreadable === undefined) return;
  if (!isRecord(unreadable)) return problem("unreadable", "must be { policy }");
  for (const name of Object.keys(unreadable)) if (!["policy", "afterMs", "question"].includes(name)) problem(`unreadable.${name}`, "is not a known option");
  if (!UNREADABLE_POLICIES.some((policy) => policy === unreadable.policy)) problem("unreadable.policy", `must be ${UNREADABLE_POLICIES.map((policy) => `"${policy}"`).join(", ")}`);
  if (unreadable.afterMs !== undefined && !(typeof unreadable.afterMs === "number" && unreadable.afterMs >= 0)) problem("unreadable.afterMs", "must be a number of at least 0");
  if (unreadable.question !== undefined && typeof unreadable.question !== "function") problem("unreadable.question", "must be a function");
}

function figures(given: unknown, under: keyof typeof FIGURES, problem: Report): void {
  if (given === undefined) return;
  if (!isRecord(given)) return problem(under.slice(0, -1), "must be an object");
  const known: Readonly<Record<string, number>> = FIGURES[under];
  for (const [name, value] of Object.entries(given)) {
    const least = Object.hasOwn(known, name) ? known[name] : undefined;
    if (least === undefined) {
      if (under !== "") problem(`${under}${name}`, "is not a known option");
    } else if (value !== undefined && !(typeof value === "number" && value >= least && (value <= LONGEST_TIMER_MS || !name.endsWith("Ms")))) problem(`${under}${name}`, `must be a number of at least ${least}`);
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
