import { parseArgs } from "node:util";
import { isRecipient } from "@event-messaging/core";

/** What the command line asks for. */
export type Command =
  | { readonly mode: "demo"; readonly json: boolean }
  | { readonly mode: "provider"; readonly provider: "acme"; readonly json: boolean }
  | { readonly mode: "help" }
  | { readonly mode: "account"; readonly file: string; readonly to: string; readonly publicUrl?: string; readonly configureWebhooks: boolean; readonly host: string; readonly port: number }
  | { readonly mode: "bad"; readonly sentence: string };

export const HELP = `npm start                 the demonstration: two simulated vendors, three tenants, eight invitations
npm start -- --json       the same; prints one JSON document, and its progress to standard error

npm start -- --provider acme
                          the same backend on a third vendor, which a stranger added (examples/acme-provider)

npm start -- --account FILE --to RECIPIENT [options]
                          sends one invitation through a real account and prints what comes back

  --account FILE          JSON: {"id": "…", "provider": "waha" or "zapi", "config": {…}}
  --to RECIPIENT          +<number with country code>, <id>@g.us (a group) or <id>@lid
  --public-url URL        where the vendor reaches this program, such as the address of a tunnel
  --configure-webhooks    shows what would change in the account's webhooks, changes it, and puts it back at exit
  --listen [HOST:]PORT    where this program listens; 127.0.0.1:8080 unless given
  --help                  this text
`;

/** Reads the command line. What is wrong with it comes back as one plain sentence. Pure. */
export function readArguments(given: readonly string[]): Command {
  const bad = (sentence: string): Command => ({ mode: "bad", sentence: `${sentence} (npm start -- --help tells more.)` });
  const args = given[0] === "--" ? given.slice(1) : [...given];
  let values: ReturnType<typeof parse>["values"];
  try {
    ({ values } = parse(args));
  } catch (error) {
    const [first = "the arguments cannot be read"] = messageOf(error).split(/\.\s/);
    return bad(`${first}.`.replace("..", "."));
  }
  const { help, json = false, provider, account: file, to, "public-url": publicUrl, "configure-webhooks": configureWebhooks = false, listen = "127.0.0.1:8080" } = values;
  if (help === true) return { mode: "help" };
  if (provider !== undefined && provider !== "acme") return bad("--provider must be acme: the vendor of the example.");
  if (provider !== undefined && file !== undefined) return bad("--provider belongs to the demonstration and does not go with --account.");
  if (file === undefined) {
    const others = (["to", "public-url", "configure-webhooks", "listen"] as const).filter((name) => values[name] !== undefined);
    return others.length > 0 ? bad(`--${others.join(", --")} goes with --account FILE, which is missing.`) : provider === undefined ? { mode: "demo", json } : { mode: "provider", provider, json };
  }
  if (json) return bad("--json belongs to the demonstration and does not go with --account.");
  if (to === undefined) return bad("--account needs --to RECIPIENT: whom to invite.");
  if (!isRecipient(to)) return bad(`--to must be "+<number with country code>", "<id>@g.us" or "<id>@lid", without spaces.`);
  if (publicUrl !== undefined && !isHttpUrl(publicUrl)) return bad("--public-url must be an http or https URL, without user name, query or fragment.");
  if (configureWebhooks && publicUrl === undefined) return bad("--configure-webhooks needs --public-url URL: where the vendor reaches this program.");
  const [, host = "127.0.0.1", digits] = /^(?:(.+):)?([0-9]{1,5})$/.exec(listen) ?? [];
  const port = Number(digits ?? "none");
  if (!(port <= 65_535)) return bad("--listen must be a port from 0 to 65535, or HOST:PORT.");
  return { mode: "account", file, to, ...(publicUrl !== undefined && { publicUrl }), configureWebhooks, host, port };
}

function parse(args: string[]) {
  return parseArgs({
    args,
    options: {
      help: { type: "boolean", short: "h" }, json: { type: "boolean" }, provider: { type: "string" }, account: { type: "string" }, to: { type: "string" },
      "public-url": { type: "string" }, "configure-webhooks": { type: "boolean" }, listen: { type: "string" },
    },
  });
}

function messageOf(error: unknown): string {
  return typeof error === "object" && error !== null && "message" in error ? String(error.message) : "";
}

function isHttpUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, search, hash } = new URL(text);
  return (protocol === "http:" || protocol === "https:") && username + password + search + hash === "";
}
