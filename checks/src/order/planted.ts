import { toAnswer } from "./answers.js";
import { TENANTS } from "./names.js";
import { groupIds, standings, standingsOf, type Quirk } from "./oracle.js";
import type { Subject } from "./laws.js";
import { memoryBook, mergePeople, rsvpFold, type Person } from "./store.js";

/** The library's own. */
export const OURS: Subject = {
  fold: (receipts) => standingsOf(rsvpFold()(receipts.map((receipt) => toAnswer(receipt)))),
  merge: mergePeople,
  async book(fed) {
    const book = memoryBook();
    for (const { tenant, receipt } of fed) await book.answer(toAnswer(receipt, tenant), rsvpFold());
    const state = async (tenant: keyof typeof TENANTS) => standingsOf(rsvpFold()(await book.answers(TENANTS[tenant], "apt_1")));
    return { clinic: await state("clinic"), club: await state("club") };
  },
};

const FOLD_QUIRKS: readonly Quirk[] = ["arrival-order", "ties-by-arrival", "guest-clock-first", "no-dedupe", "no-variants", "unreadable-overwrites", "unreadable-twin-stays", "cleared-is-dropped", "own-counts"];

const asPeople = (groups: readonly (readonly string[])[]): readonly Person[] => groups.map((ids) => ({ key: ids[0] ?? "", ids }));
const flat = (groups: readonly (readonly Person[])[]) => groups.flat().map(({ ids }) => ids);

/** Deliberate defects, one law broken by each. */
export const PLANTED: readonly (readonly [name: string, subject: Subject])[] = [
  ...FOLD_QUIRKS.map((quirk) => [`fold: ${quirk}`, { ...OURS, fold: (receipts) => standings(receipts, quirk) }] as const satisfies readonly [string, Subject]),
  ["identity: no-variants", { ...OURS, merge: (...groups) => asPeople(groupIds(flat(groups), "no-variants")) }],
  ["identity: one-pass-merge", { ...OURS, merge: (...groups) => asPeople(groupIds(flat(groups), "one-pass-merge")) }],
  ["identity: key of the first sighting", { ...OURS, merge: (...groups) => mergePeople(...groups).map((person) => ({ ...person, key: groups.flat().find(({ ids }) => ids.some((id) => person.ids.includes(id)))?.key ?? person.key })) }],
  ["identity: landlines taken for mobiles", { ...OURS, merge: (...groups) => asPeople(groupIds(flat(groups).map((ids) => [...ids, ...ids.filter((id) => id.startsWith("+55119345")).map((id) => `+5511${id.slice(6)}`)]))) }],
  ["book: tenants mixed", { ...OURS, book: async (fed) => {
    const all = standings(fed.map(({ receipt }) => receipt));
    return { clinic: all, club: all };
  } }],
];
