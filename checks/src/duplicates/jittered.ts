import { setImmediate as turn } from "node:timers/promises";
import type { Inbox, InvitationBook } from "@event-messaging/core";
import type { Random } from "../order/random.js";

/** Waits nought to three turns of the event loop, so that callers of a store in memory can come between each other. */
export async function pause(random: Random): Promise<void> {
  for (let turns = random.next(4); turns > 0; turns -= 1) await turn();
}

/** The inbox as one behind a network: every call takes a while on its way there and back. */
export function jitteredInbox(inbox: Inbox, random: Random): Inbox {
  const slowly = async <T>(call: () => Promise<T>): Promise<T> => {
    await pause(random);
    const result = await call();
    await pause(random);
    return result;
  };
  return {
    put: (entries) => slowly(() => inbox.put(entries)),
    take: (leasedUntil, limit) => slowly(() => inbox.take(leasedUntil, limit)),
    settle: (id, lease, settlement) => slowly(() => inbox.settle(id, lease, settlement)),
    wake: (account, target) => slowly(() => inbox.wake(account, target)),
    nextDue: () => slowly(() => inbox.nextDue()),
    dead: (limit) => slowly(() => inbox.dead(limit)),
    revive: (id) => slowly(() => inbox.revive(id)),
  };
}

/** The same for what answers touch in the book. */
export function jitteredBook(book: InvitationBook, random: Random): InvitationBook {
  return {
    ...book,
    byMessage: async (account, id) => pause(random).then(() => book.byMessage(account, id)),
    answer: async (answer, fold) => pause(random).then(() => book.answer(answer, fold)),
    records: async (tenant, key, recipient) => pause(random).then(() => book.records(tenant, key, recipient)),
  };
}
