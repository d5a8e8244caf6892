import type { InvitationBook } from "./book.js";
import type { Inbox } from "./inbox.js";
import { BOOK_RECORD_CASES } from "./store-suite/book-record-cases.js";
import { BOOK_PEOPLE_CASES } from "./store-suite/book-people-cases.js";
import { BOOK_WORK_CASES } from "./store-suite/book-work-cases.js";
import { INBOX_CASES } from "./store-suite/inbox-cases.js";
import { suiteClock } from "./store-suite/suite-data.js";

/** The test runner, handed in: `{ describe, it }` of jest, vitest or `node:test`. */
export interface StoreSuiteRunner {
  describe(name: string, body: () => void): void;
  it(name: string, body: () => Promise<void>): void;
}

/** How the suite gets an empty store. Leases and due times are compared with the given clock, never with the machine's. */
export interface StoreUnderTest {
  readonly openBook?: (now: () => Date) => Promise<InvitationBook>;
  readonly openInbox?: (now: () => Date) => Promise<Inbox>;
  /** Called after every case. */
  readonly close?: () => Promise<void>;
}

/**
 * What every implementation of the invitation book and of the inbox must do, one case for each promise of the ports. Run it
 * in the implementation's own tests; it asserts with `node:assert`.
 *
 * @example
 * describeStore("sqlite", { openBook: async (now) => sqliteBook({ now }), openInbox: async (now) => sqliteInbox({ now }) }, { describe, it });
 */
export function describeStore(name: string, store: StoreUnderTest, runner: StoreSuiteRunner): void {
  const { openBook, openInbox, close = async () => undefined } = store;
  if (openBook) {
    runner.describe(`${name}: invitation book`, () => {
      for (const [title, run] of [...BOOK_RECORD_CASES, ...BOOK_WORK_CASES, ...BOOK_PEOPLE_CASES]) {
        runner.it(title, async () => {
          const clock = suiteClock();
          try {
            await run({ book: await openBook(clock.now), clock });
          } finally {
            await close();
          }
        });
      }
    });
  }
  if (openInbox) {
    runner.describe(`${name}: inbox`, () => {
      for (const [title, run] of INBOX_CASES) {
        runner.it(title, async () => {
          const clock = suiteClock();
          try {
            await run({ inbox: await openInbox(clock.now), clock });
          } finally {
            await close();
          }
        });
      }
    });
  }
}
