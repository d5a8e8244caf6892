/*
 * What each error code means and what to do, for docs/errors.md. Every code of ERROR_CODES has to be here, and every
 * combination of code, outcome and persistence that the sources write down in one place.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ERROR_CODES } from "../../packages/core/dist/esm/index.js";

const row = (when, outcome, persistence, todo) => ({ when, outcome, persistence, todo });

const GUIDE = {
  INVALID_ARGUMENT: [row("The input is wrong. `issues` lists every problem by path.", "not-sent", "permanent", "Correct the input. The same call will fail again.")],
  UNSUPPORTED: [row("The vendor, the account or its engine cannot do it for this audience. `plan.lost` says what and why.", "not-sent", "permanent", "Leave the field out, allow the loss with `policy`, or move the tenant.")],
  CONFIG_INVALID: [
    row("Options, an account's configuration or an axios instance do not fit; or the account's provider is not loaded.", "not-sent", "permanent", "Correct the configuration; `issues` lists every problem."),
    row("An interceptor of your axios instance answered in place of the HTTP client, or tried to send the request again after it was written.", "unknown", "permanent", "Remove what retries, caches or reroutes; look whether the message is out."),
  ],
  CONFLICT: [
    row("Another call stands under the same key and revision, or the handle is stale.", "not-sent", "permanent", "Use `update()`, a higher `revision`, or `find(key)` for the newest handle."),
    row("The account now belongs to another provider than the handle, or the webhooks changed since the plan.", "not-sent", "permanent", "Keep old accounts under their ids; plan the webhooks anew."),
    row("The same text is on its way to the same recipient under another key; or the account changed its provider during the call; or a queued message was taken back and could not go elsewhere.", "not-sent", "transient", "Wait for that one; or make the call again."),
    row("The same call is under way in another process.", "unknown", "transient", "Wait, then ask again: the book will say how it ended."),
  ],
  STOPPED: [
    row("The messaging object or its HTTP client is closed.", "not-sent", "permanent", "Create a new one. During a shutdown: nothing."),
    row("A kill switch stopped it, or the account's circuit breaker is open.", "not-sent", "transient", "Call again after `resume`; for a breaker after `retryAfterMs`, and look at the account."),
  ],
  UNAUTHENTICATED: [
    row("The vendor does not accept the credentials, in words that it documents.", "not-sent", "permanent", "Correct the account's credentials."),
    row("A 401 that is not in the vendor's own words: a proxy, or something undocumented.", "unknown", "permanent", "Check address and credentials; look whether the message is out."),
  ],
  PERMISSION_DENIED: [
    row("The key may not do this, the address is blocked, or the edition lacks it; or `recipientCheck` found a group where the account may not write.", "not-sent", "permanent", "Give the key its scope, allow the address, or make the account an admin of the group."),
    row("A 403 that is not in the vendor's own words.", "unknown", "permanent", "Check the account and what stands in front of it."),
  ],
  NOT_FOUND: [
    row("No such tenant or account in the directory; no such session or route at the vendor; or `recipientCheck` found nobody under that number.", "not-sent", "permanent", "Correct the record, `session`, `baseUrl` or `to`."),
    row("A 404 that does not say what is missing.", "unknown", "permanent", "Check the recipient and the account; look whether the message is out."),
  ],
  ACCOUNT_NOT_READY: [
    row("The probe or the vendor says that the account cannot send now. The message has the reason; of a probe that can also be wrong credentials.", "not-sent", "transient", "Do what the message says; try again when `account.status` says `ready`."),
    row("The vendor's answer to the request says that it needs a person: not paired, stopped, failed, unpaid.", "not-sent", "permanent", "Link, start or renew it in the vendor's panel."),
  ],
  REFUSED: [
    row("The vendor or WhatsApp refused it, provably before anything was sent.", "not-sent", "permanent", "Read `context.vendorCode`; correct what it names."),
    row("It was refused in a way that proves nothing.", "unknown", "permanent", "Look whether the message is out before sending under another key."),
  ],
  RATE_LIMITED: [
    row("Your own `rateLimit` layer: the turn would not come within `maxWaitMs`.", "not-sent", "exhausted", "Call again after `retryAfterMs`."),
    row("429. Neither vendor documents one, so it proves nothing.", "unknown", "transient", "Send fewer; heed `retryAfterMs`. Look before repeating."),
  ],
  UNAVAILABLE: [
    row("No connection: name, port or certificate; or the account could not be asked what it can do.", "not-sent", "transient", "Try again later; check the address."),
    row("The connection broke after bytes were written, or the vendor answered 5xx.", "unknown", "transient", "Do not repeat it; look first."),
  ],
  TIMEOUT: [
    row("No connection in time.", "not-sent", "transient", "Try again later."),
    row("The call's own deadline passed before the request was made.", "not-sent", "permanent", "Call again with more time (`deadlineMs`)."),
    row("The answer did not come in time.", "unknown", "transient", "Do not repeat it; look first."),
    row("The call ended, and the adapter did not.", "unknown", "permanent", "Look first; report it to the adapter's author."),
  ],
  CANCELED: [
    row("Your signal was aborted before anything was written.", "not-sent", "permanent", "Call again if it is still wanted."),
    row("It was aborted, or the client closed, while a request was under way.", "unknown", "permanent", "Look first."),
    row("The same call was under way in this process, and this one stopped waiting for it.", "unknown", "transient", "Make the call again: it gets the first one's answer."),
  ],
  STORE_FAILED: [row("The book or the inbox refused; nothing was kept and nothing was sent.", "not-sent", "transient", "Repair the store, call again.")],
  PROTOCOL: [
    row("The vendor no longer takes the method or content type.", "not-sent", "permanent", "Update the adapter; check proxies."),
    row("Success without a message id, a redirect, an answer that is too large or not HTTP.", "unknown", "permanent", "Check `baseUrl`; look whether the message is out."),
  ],
  UNKNOWN: [
    row("An interceptor of your axios instance failed before the request.", "not-sent", "permanent", "Correct the interceptor."),
    row("The server failed in an unknown way, or a defect of this library or of an adapter.", "unknown", "permanent", "Look first; report it."),
    row("The same call again, after an attempt whose outcome is open. The code is that attempt's, whichever it was; this one when it left none.", "unknown", "exhausted", "Look first. It is not sent again."),
  ],
};

export function errorTable(root) {
  const missing = ERROR_CODES.filter((code) => !(code in GUIDE));
  const extra = Object.keys(GUIDE).filter((code) => !ERROR_CODES.includes(code));
  if (missing.length + extra.length > 0) throw new Error(`scripts/docs/error-guide.mjs lacks ${missing.join(", ") || "nothing"}, and has ${extra.join(", ") || "nothing"} too much`);
  for (const { code, outcome, persistence } of writtenIn(join(root, "packages"))) knownOrThrow(code, outcome, persistence, "the sources");
  const lines = ERROR_CODES.flatMap((code) => GUIDE[code].map(({ when, outcome, persistence, todo }) => `| \`${code}\` | ${when} | ${outcome} | ${persistence} | ${todo} |`));
  return ["| code | when | outcome | persistence | what to do |", "|---|---|---|---|---|", ...lines].join("\n");
}

/** A combination that some code yields has to have its row. */
export function knownOrThrow(code, outcome, persistence, where) {
  if (!(GUIDE[code] ?? []).some((each) => each.outcome === outcome && each.persistence === persistence)) {
    throw new Error(`scripts/docs/error-guide.mjs has no row for ${code}, ${outcome}, ${persistence}, which ${where} can yield`);
  }
}

function writtenIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ["node_modules", "dist", "test", "memory", "simulator"].includes(entry.name) ? [] : writtenIn(path);
    if (!entry.name.endsWith(".ts") || entry.name.endsWith(".test.ts")) return [];
    const found = readFileSync(path, "utf8").matchAll(/code: ([^,\n]+),\s*outcome: "([a-z-]+)",\s*persistence: "([a-z]+)"/g);
    return [...found].flatMap(([, codes, outcome, persistence]) => [...codes.matchAll(/"([A-Z_]+)"/g)].map(([, code]) => ({ code, outcome, persistence })));
  });
}
