import { parseArgs } from "node:util";

export const USAGE = `Usage: simulate waha|zapi [options]

Starts one vendor as an HTTP server on 127.0.0.1 and prints a line for everything it does.

  --port N            default 4000
  --base-path PATH    put everything under a path, as a reverse proxy does, for example /whatsapp
  --webhook URL       where webhooks go (WAHA: may be repeated; Z-API: the first one, for every callback)
  --hmac KEY          sign WAHA's webhooks with this key
  --set switch=value  one of the vendor's switches; may be repeated; GET /__sim/switches lists them
  --clock FACTOR      1 = the vendor's own waits (default), 0 = none
  --help

Open the address in a browser to see the chats and to answer.
Controls: GET /__sim/journal, GET|PATCH /__sim/switches, POST /__sim/faults, GET|PUT /__sim/accounts/{id},
POST /__sim/guests, POST /__sim/answers, POST /__sim/events, POST /__sim/polls, GET /__sim/chats, POST /__sim/flush`;

export interface Command {
  readonly vendor: "waha" | "zapi";
  readonly port: number;
  /** Empty: none. */
  readonly basePath: string;
  readonly webhooks: readonly string[];
  /** Empty: unsigned. */
  readonly hmacKey: string;
  readonly switches: Readonly<Record<string, string>>;
  readonly clockFactor: number;
}

/** Understands the arguments of the command; says what is wrong with them in one sentence. */
export const parseCommand = (args: readonly string[]): Command | { readonly usage: true } | { readonly problem: string } => {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: "string", default: "4000" },
        "base-path": { type: "string", default: "" },
        webhook: { type: "string", multiple: true, default: [] },
        hmac: { type: "string", default: "" },
        set: { type: "string", multiple: true, default: [] },
        clock: { type: "string", default: "1" },
        help: { type: "boolean", default: false },
      },
    });
    if (values.help) return { usage: true };
    const [vendor, ...more] = positionals;
    if ((vendor !== "waha" && vendor !== "zapi") || more.length > 0) return { problem: "Which vendor: waha or zapi?" };
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535) return { problem: "--port: a number from 0 to 65535" };
    const basePath = values["base-path"];
    if (!/^(?:\/[\w.~-]+)*\/?$/.test(basePath)) return { problem: "--base-path: a path such as /whatsapp" };
    const clockFactor = Number(values.clock);
    if (!(clockFactor >= 0)) return { problem: "--clock: a number from 0" };
    const switches = values.set.map((setting) => setting.split("="));
    const unset = switches.find((parts) => parts.length !== 2);
    if (unset !== undefined) return { problem: `--set ${unset.join("=")}: write switch=value` };
    const wrongUrl = values.webhook.find((url) => !/^https?:\/\//.test(url) || !URL.canParse(url));
    if (wrongUrl !== undefined) return { problem: `--webhook ${wrongUrl}: an http or https URL` };
    return { vendor, port, basePath, webhooks: values.webhook, hmacKey: values.hmac, switches: Object.fromEntries(switches.map(([name = "", value = ""]) => [name, value])), clockFactor };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : "The arguments were not understood." };
  }
};
