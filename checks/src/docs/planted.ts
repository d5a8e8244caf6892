import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Block, Page } from "./pages.js";

const block = (page: string, code: string): Block => ({ page, line: 1, code });
const WHEN = 'startsAt: "2026-12-01T15:00:00Z"';

/** Code that must not compile. */
export const BAD_BLOCKS: readonly Block[] = [
  block("planted: a wrong field", `await clinic.send({ key: "a", to: "+351960000123", titel: "Check-up", ${WHEN} });`),
  block("planted: a field left out", `await clinic.send({ key: "a", to: "+351960000123", ${WHEN} });`),
  block("planted: an import left out", 'createMessaging({ providers: [], accounts: {}, tenants: {} });'),
  block("planted: an import that does not exist", 'import { createMessagings } from "@event-messaging/core"; createMessagings();'),
  block("planted: a subpath that is not exported", 'import { memoryBook } from "@event-messaging/core/layers"; memoryBook();'),
  block("planted: an event of no such type", 'messaging.on("rsvps", () => undefined);'),
  block("planted: an outcome of no such name", 'import { isMessagingError } from "@event-messaging/core"; const e: unknown = 1; if (isMessagingError(e) && e.outcome === "sent") throw e;'),
];

/** Turns the first code of the README into code that compiles, runs, and records no answer. */
export const deafened = (code: string): string => code.replace('messaging.on("rsvp"', 'messaging.on("poll.voted"').replace("{ key, guest, response }", "{ key }").replace("appointments.record(key, guest, response)", "log(key)");

/** A page that says something untrue in each of its lines. */
export const BAD_PAGE: Page = {
  path: "docs/planted.md",
  text: [
    "[nowhere](no-such-page.md)",
    "[no heading](errors.md#no-such-heading)",
    "`packages/core/src/no-such-file.ts`",
    "`packages/no-such-package/`",
    "`npm run -s no-such-script`",
    "```typescript",
    "```",
  ].join("\n"),
};
export const BAD_LINES = 6;

/** Generated text that somebody changed by hand: the page, what stands there, what is put in its place. */
export const STALE: readonly (readonly [page: string, from: string, to: string])[] = [
  ["README.md", "| Cancel it | `invitation.cancel` | option |", "| Cancel it | `invitation.cancel` | – |"],
  ["docs/errors.md", "| `CONFLICT` |", "| `CLASH` |"],
  ["docs/decisions/outcomes.md", "| `TIMEOUT` | unknown |", "| `TIMEOUT` | **not-sent** |"],
];

/** Gives a copy of the pages with the stale parts in it, for as long as the call lasts. */
export function withStalePages<T>(root: string, pages: readonly Page[], look: (folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), "docs-"));
  try {
    for (const { path } of pages) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      cpSync(join(root, path), join(folder, path));
    }
    for (const [page, from, to] of STALE) {
      const text = readFileSync(join(folder, page), "utf8");
      if (!text.includes(from)) throw new Error(`${page} has no "${from}": nothing could be planted`);
      writeFileSync(join(folder, page), text.replace(from, to));
    }
    return look(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
