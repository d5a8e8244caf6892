import { isDeepStrictEqual } from "node:util";
import type { AccountId, TenantId } from "../model/ids.js";
import { compareInstants, type Instant } from "../model/time.js";
import { answerId } from "./answer-order.js";
import type { Answer, BookRecord, InvitationBook } from "./book.js";
import { changedRecord, hindrance, isOpen, openSendKey } from "./book-rules.js";
import { frozenCopy } from "./frozen.js";
import { PeopleTable } from "./people-table.js";
import { keysOf, primary, RecordTable } from "./record-table.js";

export interface MemoryBookOptions {
  /** The clock that leases are compared with. */
  readonly now?: () => Date;
}

/**
 * An invitation book in memory: for tests, demonstrations and processes that may forget. It grows with every invitation and
 * ends with the process. Every method does its work in one synchronous step, so concurrent callers cannot come between.
 * What it keeps and hands out is frozen.
 */
export function memoryBook(options: MemoryBookOptions = {}): InvitationBook {
  const now = options.now ?? (() => new Date());
  const records = new RecordTable();
  const answers = new Map<string, Map<string, Answer>>();
  const people = new Map<TenantId, PeopleTable>();
  const learned = new Map<AccountId, Readonly<Record<string, string>>>();
  const isFree = ({ leasedUntil }: BookRecord) => leasedUntil === undefined || Date.parse(leasedUntil) <= now().getTime();

  return {
    async begin(record) {
      const keys = keysOf(record);
      const standing = records.get(keys.id);
      const hindered = hindrance(record, standing, records.openSend(keys.open));
      if (hindered) return hindered;
      return { kind: "begun", record: records.put(frozenCopy({ ...record, version: (standing?.version ?? 0) + 1 }), keys) };
    },

    async change(key, version, change) {
      const id = primary(key);
      const record = records.get(id);
      if (record?.version !== version) return undefined;
      const next = changedRecord(record, change);
      const keys = { id, open: openSendKey(next) };
      const rival = records.openSend(keys.open);
      if (rival && primary(rival) !== id) return undefined;
      return records.put(frozenCopy(next), keys);
    },

    async records(tenant, key, recipient) {
      return records.of(tenant, key).filter((record) => recipient === undefined || record.recipient === recipient);
    },

    async byMessage(account, id) {
      return records.byMessage(account, id);
    },

    async questions(account, chat) {
      return records.questions(account, chat);
    },

    async open(account, recipient) {
      return records.unsettled().filter((record) => isOpen(record.state) && record.handle.account === account && record.recipient === recipient).sort(oldestFirst);
    },

    async take(state, before, leasedUntil, limit) {
      const due = records.unsettled().filter((record) => record.state === state && isFree(record) && isDue(record, before)).sort(oldestFirst);
      return due.slice(0, Math.max(0, limit)).map((record) => records.put(frozenCopy({ ...record, leasedUntil, version: record.version + 1 }), keysOf(record)));
    },

    async answer(answer, fold) {
      const { tenant, key, recipient } = answer.invitation;
      const all = answers.get(JSON.stringify([tenant, key])) ?? new Map<string, Answer>();
      const id = JSON.stringify([recipient, answerId(answer)]);
      if (all.has(id)) return undefined;
      const earlier = [...all.values()].filter(({ invitation }) => invitation.recipient === recipient);
      const added = frozenCopy(answer);
      // Both folds run before anything is kept: a fold that throws leaves nothing behind.
      const before = fold(Object.freeze([...earlier]));
      const after = fold(Object.freeze([...earlier, added]));
      answers.set(JSON.stringify([tenant, key]), all.set(id, added));
      if (isDeepStrictEqual(before, after)) return undefined;
      return earlier.length === 0 ? { after } : { before, after };
    },

    async answers(tenant, key) {
      return Object.freeze([...(answers.get(JSON.stringify([tenant, key]))?.values() ?? [])]);
    },

    async meet(tenant, person) {
      const known = people.get(tenant) ?? new PeopleTable();
      people.set(tenant, known);
      known.meet(frozenCopy(person));
    },

    async people(tenant, ids) {
      return people.get(tenant)?.whose(ids) ?? [];
    },

    async learned(account) {
      return learned.get(account) ?? Object.freeze({});
    },

    async remember(account, facts) {
      learned.set(account, frozenCopy({ ...learned.get(account), ...facts }));
    },
  };
}

/** The time that work waits for: of an outbox record its due time, else when it was begun. */
function workTime({ state, due, begunAt }: BookRecord): Instant | undefined {
  return state === "not-sent" ? due : begunAt;
}

function isDue(record: BookRecord, before: Instant): boolean {
  const time = workTime(record);
  return time !== undefined && compareInstants(time, before) <= 0;
}

function oldestFirst(a: BookRecord, b: BookRecord): number {
  return compareInstants(workTime(a) ?? a.begunAt, workTime(b) ?? b.begunAt);
}
