import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Output } from "./scenarios.js";

const EXAMPLES = new URL("../../../examples/", import.meta.url).pathname;
/** Examples that run to their end by themselves, with credentials of their own. */
const RUN: readonly (readonly [name: string, args: readonly string[]])[] = [["appointments", ["--json"]], ["appointments", []], ["telemetry", []]];

/** The credentials that an example's own code holds: texts under a name, or with an end, that says so. */
function credentialsOf(name: string): readonly string[] {
  const folder = join(EXAMPLES, name, "dist");
  const code = readdirSync(folder).filter((file) => file.endsWith(".js") && !file.endsWith(".test.js")).map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
  const named = code.matchAll(/\b\w*(?:token|secret|api_?key|hmac_?key)\w*\s*[:=]\s*"([\w-]{12,})"/gi);
  return [...new Set([...named, ...code.matchAll(/"([\w-]{4,}-(?:key|secret))"/g)].flatMap(([, text]) => text ?? []))];
}

/** What our own executables print, and which of their own credentials stand in it. The simulator's command is left out: it prints its own, because a person has to type them. */
export async function executables(): Promise<{ readonly outputs: readonly Output[]; readonly shown: readonly string[]; readonly credentials: number; readonly ran: number }> {
  const runs = await Promise.all(RUN.map(async ([name, args]) => {
    const { ended, text } = await printed([join(EXAMPLES, name, "dist", "main.js"), ...args]);
    const credentials = credentialsOf(name);
    return { where: [name, ...args].join(" "), text, credentials, ended, shown: credentials.filter((credential) => text.includes(credential)) };
  }));
  return {
    outputs: runs.map(({ where, text }) => ({ where: `output of ${where}`, value: text })),
    shown: runs.flatMap(({ where, shown }) => shown.map((credential) => `${where} shows ${credential.slice(0, 4)}…`)),
    credentials: new Set(runs.flatMap(({ credentials }) => credentials)).size, ran: runs.filter(({ ended, text }) => ended && text.length > 200).length,
  };
}

function printed(args: readonly string[]): Promise<{ readonly ended: boolean; readonly text: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, args, { encoding: "utf8", timeout: 30_000, env: { PATH: process.env["PATH"] ?? "" } }, (error, stdout, stderr) => resolve({ ended: error === null, text: `${stdout}${stderr}` }));
  });
}
