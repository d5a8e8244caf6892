import { readFileSync } from "node:fs";
import { isMessagingError, type AccountReport } from "@event-messaging/core";
import { check, IN_ORDER, PROVOKED, reportOn } from "./account/provoked.js";
import { runCheck } from "./report.js";

/**
 * `npm run -s check:account -- --account FILE`: does a live account meet what the guarantees need? FILE is JSON:
 * `{ "provider": "waha", "config": { … } }`. Reads only. `--json` leaves the table out. Without a file only the check itself is
 * tried, on simulated accounts with one defect each.
 */
const args = process.argv.slice(2);

function accountIn(file: string): { readonly provider: string; readonly config: object } {
  const given: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (typeof given === "object" && given !== null && "provider" in given && "config" in given && typeof given.provider === "string" && typeof given.config === "object" && given.config !== null) return { provider: given.provider, config: given.config };
  throw new TypeError(`${file} must hold {"provider": "waha" or "zapi", "config": {…}}, as an account record does`);
}

function table({ account, provider, status, engine, version, findings }: AccountReport): string {
  const head = `${provider} ${[engine, version].filter((each) => each !== undefined).join(" ")} (${account}): ${status}`;
  const rows = findings.flatMap(({ severity, code, message, remedy }) => [`${severity.toUpperCase().padEnd(6)}${code}`, `      ${message}`, ...(remedy === "" ? [] : [`      To do: ${remedy}`])]);
  return [head, ...(rows.length === 0 ? ["Nothing to complain of."] : rows), ""].join("\n");
}

/** A configuration that does not fit is a finding too: with every problem, by path, and no value. */
async function reported(provider: string, config: object): Promise<AccountReport | { readonly ok: false; readonly error: string; readonly issues: unknown }> {
  try {
    return await check(provider, config);
  } catch (error) {
    if (isMessagingError(error)) return { ok: false, error: error.message, issues: error.issues };
    throw error;
  }
}

await runCheck("account", async ({ progress }) => {
  const at = args.indexOf("--account");
  const file = at < 0 ? undefined : args[at + 1];
  const given = file === undefined ? undefined : accountIn(file);
  const live = given && (await reported(given.provider, given.config));
  if (live !== undefined && !args.includes("--json")) progress("findings" in live ? table(live) : `${live.error}\n`);

  const missed: string[] = [];
  for (const { code, severity, ...stage } of PROVOKED) {
    const { findings } = await reportOn(stage);
    if (!findings.some((each) => each.code === code && each.severity === severity)) missed.push(`${stage.waha ? "waha" : "zapi"} ${code}`);
  }
  const alarms = (await Promise.all(IN_ORDER.map(reportOn))).flatMap(({ provider, findings }) => findings.filter(({ severity }) => severity !== "note").map(({ code }) => `${provider} ${code}`));
  return {
    ok: alarms.length === 0 && live?.ok !== false,
    live: live ?? "no account given: --account FILE",
    accountsInOrder: IN_ORDER.length, falseAlarms: alarms,
    planted: { tried: PROVOKED.length, caught: PROVOKED.length - missed.length }, missed,
  };
});
