import { readFile } from "node:fs/promises";
import { readAccountFile } from "./account-file.js";
import { runAccount } from "./account-mode.js";
import { runAcmeDemo } from "./acme-demo.js";
import { HELP, readArguments, type Command } from "./arguments.js";
import { runDemo } from "./demo.js";

const now = () => new Date();
const out = (line: string) => console.log(line);
const progress = (line: string) => console.error(line);

const DEADLINE_MS = 60_000;

process.exitCode = await run(readArguments(process.argv.slice(2)));

async function run(command: Command): Promise<number> {
  switch (command.mode) {
    case "help":
      out(HELP);
      return 0;
    case "bad":
      progress(command.sentence);
      return 2;
    case "account":
      return tryAccount(command);
    case "demo":
      return demonstrate(command.json, (write) => runDemo({ now, write }));
    case "provider":
      return demonstrate(command.json, (write) => runAcmeDemo({ now, write }));
  }
}

/** One JSON document comes out in any case, also when the story breaks off or stands still. */
async function demonstrate(json: boolean, play: (write: (line: string) => void) => Promise<{ readonly ok: boolean }>): Promise<number> {
  const write = json ? progress : out;
  const tooLong = new Promise<never>((_resolve, reject) => setTimeout(() => reject(new Error(`it took longer than ${DEADLINE_MS / 1000} s`)), DEADLINE_MS).unref());
  try {
    const result = await Promise.race([play(write), tooLong]);
    if (json) out(JSON.stringify(result, undefined, 2));
    return result.ok ? 0 : 1;
  } catch (error) {
    const problem = `The demonstration broke off: ${error instanceof Error ? error.message : "for a reason that is not known"}`;
    write(problem);
    if (json) out(JSON.stringify({ check: "demo", ok: false, problems: [problem], planted: { tried: 0, caught: 0 } }, undefined, 2));
    // What is left running would keep the process alive. A pipe may not have been read yet.
    setTimeout(() => process.exit(1), 200);
    return 1;
  }
}

async function tryAccount({ file, ...options }: Extract<Command, { readonly mode: "account" }>): Promise<number> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  const account = text === undefined ? `The account file ${file} cannot be read.` : readAccountFile(text);
  if (typeof account === "string") {
    progress(account);
    return 2;
  }
  const end = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => end.abort());
  return runAccount({ ...options, account, now, write: out, signal: end.signal });
}
