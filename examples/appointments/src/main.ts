import { readFile } from "node:fs/promises";
import { readAccountFile } from "./account-file.js";
import { runAccount } from "./account-mode.js";
import { HELP, readArguments, type Command } from "./arguments.js";
import { runDemo } from "./demo.js";

const now = () => new Date();
const out = (line: string) => console.log(line);
const progress = (line: string) => console.error(line);

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
    case "demo": {
      const result = await runDemo({ now, write: command.json ? progress : out });
      if (command.json) out(JSON.stringify(result, undefined, 2));
      return result.ok ? 0 : 1;
    }
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
