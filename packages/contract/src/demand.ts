import assert from "node:assert/strict";
import { inspect, isDeepStrictEqual } from "node:util";
import { isMessagingError, isSecret, type MessagingError, type Outcome } from "@event-messaging/core/driver";

/** Fails the case with what was seen, in words. */
export function demand(holds: boolean, seen: string): asserts holds {
  if (!holds) assert.fail(seen);
}

/** Fails unless both are equal all the way down. */
export function demandEqual(actual: unknown, expected: unknown, what: string): void {
  // Copied first: values of another realm (a test runner's sandbox) have other prototypes and are equal all the same.
  demand(isDeepStrictEqual(copyOf(actual), copyOf(expected)), `${what}: ${show(actual)} instead of ${show(expected)}`);
}

/** A copy of plain data. */
export function copyOf<T>(value: T): T;
export function copyOf(value: unknown): unknown {
  if (Array.isArray(value)) return Array.from(value, (item: unknown) => copyOf(item));
  if (typeof value !== "object" || value === null || isSecret(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, copyOf(item)]));
}

/** A value in one line. Never given a configuration. */
export function show(value: unknown): string {
  const text = inspect(value, { depth: 6, breakLength: Infinity, compact: true });
  return text.length > 400 ? `${text.slice(0, 400)}…` : text;
}

/** The only item of a list. */
export function only<T>(items: readonly T[], what: string): T {
  const [first] = items;
  demand(first !== undefined && items.length === 1, `${what}: ${items.length} instead of one`);
  return first;
}

/** How a call ended. A foreign error counts as `unknown`, as core counts it; that it is foreign is a case of its own. */
export type Ending<T> =
  | { readonly resolved: true; readonly value: T }
  | { readonly resolved: false; readonly error: unknown; readonly outcome: Outcome; readonly ours?: MessagingError };

export async function endingOf<T>(promise: Promise<T>): Promise<Ending<T>> {
  try {
    return { resolved: true, value: await promise };
  } catch (error) {
    return isMessagingError(error) ? { resolved: false, error, outcome: error.outcome, ours: error } : { resolved: false, error, outcome: "unknown" };
  }
}

/** The error that a call must end with. */
export async function rejected(promise: Promise<unknown>, what: string): Promise<MessagingError> {
  const ending = await endingOf(promise);
  demand(!ending.resolved, `${what} resolved`);
  demand(ending.ours !== undefined, `${what} rejected with ${nameOf(ending.error)}, which is no MessagingError`);
  return ending.ours;
}

/** The error that a synchronous call must throw. */
export function thrown(work: () => unknown, what: string): MessagingError {
  try {
    work();
  } catch (error) {
    demand(isMessagingError(error), `${what} threw ${nameOf(error)}, which is no MessagingError`);
    return error;
  }
  return assert.fail(`${what} did not throw`);
}

/** A foreign error by its kind only: its text may hold anything. */
export function nameOf(error: unknown): string {
  return error instanceof Error ? `a ${error.name}` : `a ${typeof error}`;
}

const PENDING = Symbol("pending");

/** Fails unless the promise settles in time; gives how it settled. */
export async function settledWithin<T>(ms: number, promise: Promise<T>, what: string): Promise<Ending<T>> {
  const ending = await raced(ms, endingOf(promise));
  demand(ending !== PENDING, `${what} had not ended after ${ms} ms`);
  return ending;
}

/** Has the promise settled after a while? */
export async function isPending(ms: number, promise: Promise<unknown>): Promise<boolean> {
  return (await raced(ms, endingOf(promise))) === PENDING;
}

// Taken early: one case watches the timers that are started while it runs, and these are not the provider's.
const { setTimeout: startTimer, clearTimeout: endTimer } = globalThis;

function raced<T>(ms: number, promise: Promise<T>): Promise<T | typeof PENDING> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<typeof PENDING>((resolve) => {
    timer = startTimer(() => resolve(PENDING), ms);
  });
  return Promise.race([promise, late]).finally(() => endTimer(timer));
}
