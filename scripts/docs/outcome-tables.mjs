/*
 * The tables of docs/decisions/outcomes.md: each answer is put to the code that judges it, and what the code says is written
 * down. So the page cannot say anything else than the code does. Every word that the code has for an answer must occur.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { toError } from "../../packages/core/dist/esm/http/to-error.js";
import { judge } from "../../packages/waha/dist/esm/failure.js";
import { deliveryFailure, refusal } from "../../packages/zapi/dist/esm/failure.js";
import { knownOrThrow } from "./error-guide.mjs";
import { EXCHANGES, WAHA_EVIDENCE, WAHA_OTHERS, ZAPI_ANSWERS, ZAPI_LATE } from "./vendor-answers.mjs";

const UNPROVED = "proves nothing";

export function zapiTable(root) {
  const where = { account: "a", operation: "send", urlTemplate: "/" };
  const rows = ZAPI_ANSWERS.map(([says, status, json, evidence, refusals]) => {
    const { code, outcome, persistence, context } = refusal({ status, json, headers: new Map() }, { ...where, refusals }, 0);
    return { says, status, code, outcome, persistence, word: context.vendorCode, evidence };
  });
  complete("zapi", rows, words(root, "zapi", [/word: "([a-z-]+)"/g, /unknown\("[A-Z_]+", "([a-z-]+)"/g]));
  return table(rows);
}

export function zapiLateTable() {
  const lines = ZAPI_LATE.map(([error, code, evidence]) => {
    const { vendorCode, outcome } = deliveryFailure(error, code);
    return `| ${[error && (error === "any other" ? error : `\`${error}\``), code && `code \`${code}\``].filter(Boolean).join(", ")} | ${bold(outcome)} | \`${vendorCode}\` | ${evidence} |`;
  });
  return ["| `DeliveryCallback` says | outcome | vendorCode | evidence |", "|---|---|---|---|", ...lines].join("\n");
}

export function wahaTable(root) {
  const { payload } = JSON.parse(readFileSync(join(root, "packages/waha/fixtures/error-answers.json"), "utf8"));
  const recorded = Object.values(payload).map(({ status, body }) => [saidBy(body), status, body]);
  const rows = [...recorded, ...WAHA_OTHERS].map(([says, status, json]) => {
    const { code, outcome, persistence, vendorCode: word } = judge({ status, json });
    if (outcome === "not-sent" && WAHA_EVIDENCE[word] === undefined) throw new Error(`scripts/docs/vendor-answers.mjs has no evidence for WAHA's "${word}", which counts as not-sent`);
    return { says, status, code, outcome, persistence, word, evidence: outcome === "not-sent" ? WAHA_EVIDENCE[word] : UNPROVED };
  });
  complete("waha", rows, words(root, "waha", [/(?:proven|open)\("[A-Z_]+", "([a-z0-9-]+)"/g, /notReady\("([a-z0-9-]+)"/g]));
  return table(rows);
}

export function exchangeTable(root) {
  const named = words(root, "core/src/http/to-error.ts", [/^ {2}"?([a-z-]+)"?: \{ code: /gm]);
  complete("core", EXCHANGES.map(([, word]) => ({ word })), named);
  const lines = EXCHANGES.flatMap(([what, failure, phases]) => [...phases].map((phase) => {
    const { code, outcome, persistence } = toError({ failure, phase, method: "POST", template: "/" });
    knownOrThrow(code, outcome, persistence, "the HTTP clients");
    return `| ${String(what)} | ${phase === "before-write" ? "before the first byte" : "after the first byte"} | \`${code}\` | ${bold(outcome)} | ${persistence} |`;
  }));
  return ["| what ended the exchange | when | code | outcome | persistence |", "|---|---|---|---|---|", ...lines].join("\n");
}

/** The vendor's sentence, shortened and without anything invented in it. */
function saidBy(body) {
  const { message, error, status, exception } = body;
  const text = exception?.message ?? (Array.isArray(message) ? message[0] : message) ?? error;
  const shown = String(text).split(/\n|\. /)[0].replaceAll(/salon-042/g, "…").slice(0, 72);
  return `\`${shown}\`${status ? `, \`${status}\`` : ""}`;
}

function table(rows) {
  for (const { code, outcome, persistence } of rows) knownOrThrow(code, outcome, persistence, "an adapter");
  const sorted = [...rows.filter(({ outcome }) => outcome === "not-sent"), ...rows.filter(({ outcome }) => outcome !== "not-sent")];
  const lines = sorted.map(({ says, status, code, outcome, persistence, word, evidence }) => `| ${status} | ${says} | \`${code}\` | ${bold(outcome)} | ${persistence} | \`${word}\` | ${evidence} |`);
  return ["| status | body | code | outcome | persistence | vendorCode | evidence |", "|---|---|---|---|---|---|---|", ...lines].join("\n");
}

function bold(outcome) {
  return outcome === "not-sent" ? "**not-sent**" : outcome;
}

/** The words that the source has for answers. Too few found means that the source is written differently now. */
function words(root, place, patterns) {
  const file = place.endsWith(".ts") ? join(root, "packages", place) : join(root, "packages", place, "src", "failure.ts");
  const text = readFileSync(file, "utf8").split("deliveryFailure")[0];
  const found = new Set(patterns.flatMap((pattern) => [...text.matchAll(pattern)].map(([, word]) => word)));
  if (found.size < 10) throw new Error(`scripts/docs/outcome-tables.mjs does not understand ${file} any more`);
  return found;
}

function complete(name, rows, expected) {
  const missing = [...expected].filter((word) => !rows.some((each) => each.word === word));
  if (missing.length > 0) throw new Error(`scripts/docs/vendor-answers.mjs has no answer of ${name} for ${missing.join(", ")}`);
}
