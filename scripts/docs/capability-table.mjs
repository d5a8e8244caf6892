/*
 * The capability table of the README, out of the adapters' definitions, met with what a fresh account with default options
 * says of itself (against the simulators of this repository). `option`: the definition allows more than the defaults do.
 */
import { createMessaging, CAPABILITIES } from "../../packages/core/dist/esm/index.js";
import { startWaha, startZapi, wahaDefaults, zapiDefaults } from "../../packages/simulator/dist/esm/index.js";
import { waha } from "../../packages/waha/dist/esm/index.js";
import { zapi } from "../../packages/zapi/dist/esm/index.js";

/** What decides between vendors, in plain words. All codes are in docs/capabilities.md. */
const ROWS = {
  "invitation.send": "Send an invitation",
  "invitation.update": "Change it",
  "invitation.cancel": "Cancel it",
  "invitation.respond": "Answer a member's event",
  "field.location": "Place, by name",
  "field.end-time": "End",
  "field.extra-guests": "Let guests bring others",
  "field.call-link": "Call that the vendor makes",
  "rsvp.receive": "Receive answers",
  "rsvp.maybe": "… `MAYBE` among them",
  "rsvp.unreadable": "… told of one that cannot be decrypted",
  "poll.send": "Ask by a poll about an unreadable answer",
  "text.send": "Ask by a text about one",
  "track.delivered": "Told of delivery",
  "webhook.signed": "Signed webhooks",
  "message.find": "Look for a send of unknown outcome",
  "contact.resolve": "Check a person before sending",
  "group.list": "List groups, and see who may write there",
};

export async function capabilityTable() {
  const unknown = Object.keys(ROWS).filter((code) => !CAPABILITIES.includes(code));
  if (unknown.length > 0) throw new Error(`scripts/docs/capability-table.mjs: no such codes: ${unknown.join(", ")}`);
  const [wahaNow, zapiNow] = await probes();
  const columns = [[zapi, zapiNow, "direct"], [zapi, zapiNow, "group"], [waha, wahaNow, "direct"], [waha, wahaNow, "group"]];
  const lines = Object.entries(ROWS).map(([code, words]) => `| ${words} | \`${code}\` | ${columns.map(([definition, now, audience]) => cell(entry(definition.capabilities, code, audience), entry(now, code, audience))).join(" | ")} |`);
  return ["| | code | Z-API direct | Z-API group | WAHA direct | WAHA group |", "|---|---|:-:|:-:|:-:|:-:|", ...lines].join("\n");
}

function cell(bound, now) {
  if (now.support === "native") return "yes";
  if (now.support === "emulated") return "emulated";
  if (bound.support === "native" || bound.support === "emulated") return "option";
  return bound.support === "unknown" ? "unproved" : "–";
}

function entry(table, code, audience) {
  const found = table[code];
  if (found === undefined) return { support: "absent" };
  return "support" in found ? found : found[audience];
}

async function probes() {
  const [wahaServer, zapiServer] = await Promise.all([startWaha({ clockFactor: 0 }), startZapi({ clockFactor: 0 })]);
  const messaging = createMessaging({
    providers: [waha, zapi],
    accounts: {
      w: { provider: "waha", config: { baseUrl: wahaServer.url, session: wahaDefaults.session, apiKey: wahaDefaults.apiKey, hmacKey: "a-key" } },
      z: { provider: "zapi", config: { baseUrl: zapiServer.url, instance: zapiDefaults.instanceId, token: zapiDefaults.token, clientToken: zapiDefaults.clientToken } },
    },
    tenants: {},
  });
  try {
    const found = await Promise.all(["w", "z"].map((id) => messaging.account(id).probe()));
    const unready = found.find(({ status }) => status !== "ready");
    if (unready) throw new Error(`a simulated account is not ready: ${unready.reason}`);
    return found.map(({ capabilities }) => capabilities);
  } finally {
    await messaging.close();
    await Promise.all([wahaServer.stop(), zapiServer.stop()]);
  }
}
