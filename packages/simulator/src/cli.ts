#!/usr/bin/env node
import { parseCommand, USAGE, type Command } from "./command-line.js";
import { lineOf } from "./journal-line.js";
import type { Journal } from "./journal.js";

interface Running {
  readonly url: string;
  readonly journal: Journal;
  readonly account: string;
  readonly credentials: readonly string[];
  stop(): Promise<void>;
}

const startWahaAlone = async (command: Command): Promise<Running> => {
  const { startWaha, wahaDefaults } = await import("./waha/start.js");
  const { withSwitches, defaultWahaSwitches } = await import("./waha/switches.js");
  const waha = await startWaha({
    port: command.port,
    basePath: command.basePath,
    clockFactor: command.clockFactor,
    switches: withSwitches(defaultWahaSwitches, command.switches),
    globalWebhooks: command.webhooks.map((url) => ({ url, events: ["*"], hmac: { key: command.hmacKey } })),
  });
  return { ...waha, account: wahaDefaults.session, credentials: [`X-Api-Key: ${wahaDefaults.apiKey}`, ...(command.hmacKey === "" ? [] : [`webhooks signed with: ${command.hmacKey}`])] };
};

const startZapiAlone = async (command: Command): Promise<Running> => {
  const { startZapi, zapiDefaults } = await import("./zapi/start.js");
  const { areZapiSwitches, zapiSwitchProblems } = await import("./zapi/switches.js");
  if (!areZapiSwitches(command.switches)) throw new Error(zapiSwitchProblems(command.switches).join("; "));
  const [url] = command.webhooks;
  const webhooks = url === undefined ? {} : { webhooks: url, notifySentByMe: true };
  const { instanceId: id, token, clientToken } = zapiDefaults;
  const zapi = await startZapi({ port: command.port, basePath: command.basePath, clockFactor: command.clockFactor, switches: command.switches, instances: [{ id, token, ...webhooks }] });
  return { ...zapi, account: id, credentials: [`instance ${id}, token ${token}`, `Client-Token: ${clientToken}`] };
};

const main = async (): Promise<number> => {
  const command = parseCommand(process.argv.slice(2));
  if ("usage" in command) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  if ("problem" in command) {
    process.stderr.write(`${command.problem}\n\n${USAGE}\n`);
    return 2;
  }
  const running = await (command.vendor === "waha" ? startWahaAlone(command) : startZapiAlone(command));
  process.stdout.write(`${command.vendor} at ${running.url}, account ${running.account}\n${running.credentials.join("\n")}\nopen ${running.url}/ to see the chats and to answer; controls under ${running.url}/__sim/\n`);
  running.journal.listen((entry) => process.stdout.write(`${lineOf(entry)}\n`));
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  await running.stop();
  return 0;
};

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : "failed"}\n`);
    process.exitCode = 1;
  },
);
