import type { InvitationBook } from "../book.js";
import type { Inbox } from "../inbox.js";
import type { SuiteClock } from "./suite-data.js";

/** A promise of the port in one sentence, and how to tell that it is kept. Every case gets an empty store. */
export type BookCase = readonly [title: string, run: (given: { readonly book: InvitationBook; readonly clock: SuiteClock }) => Promise<void>];
export type InboxCase = readonly [title: string, run: (given: { readonly inbox: Inbox; readonly clock: SuiteClock }) => Promise<void>];
