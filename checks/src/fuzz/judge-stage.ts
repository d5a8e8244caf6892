import { tenantId } from "@event-messaging/core/driver";
import type { GuestAnswer } from "../inbound/answers.js";
import type { Line } from "../inbound/lines.js";
import type { Stage } from "../inbound/stage.js";
import { CANARY } from "./private-chat.js";
import type { Problems } from "./problems.js";

/** What a stage was given that may rightly be told and filed. */
export interface Rightful {
  readonly lines: { readonly ours: Line; readonly other: Line };
  readonly keys: readonly string[];
  /** Genuine answers by source: each must have been told once. */
  readonly due: ReadonlyMap<string, GuestAnswer>;
  /** Sources of the RSVPs in hostile bodies that the bodies do say. */
  readonly rightful: ReadonlySet<string>;
}

/** Looks at what handlers were told and at what the book and the counters hold. Gives how many genuine answers were told exactly once. */
export async function judgeStage(problems: Problems, { messaging, book, kept, told }: Stage, { lines: { ours, other }, keys, due, rightful }: Rightful): Promise<number> {
  const times = new Map<string, number>();
  for (const event of told) {
    if ("tenant" in event && event.tenant === other.tenant) problems.add("another tenant's book changed", JSON.stringify(event));
    if (event.type !== "rsvp" && event.type !== "rsvp.unreadable" && event.type !== "rsvp.unrecognized") continue;
    times.set(event.source, (times.get(event.source) ?? 0) + 1);
    if (event.tenant !== ours.tenant || event.account !== ours.account) problems.add("an answer reached another tenant", event.source);
    if (event.handle.messages.every(({ id }) => id !== event.target)) problems.add("an answer was joined to another invitation", event.target);
    if (event.fromSelf) problems.add("an own answer was told as a guest's", event.source);
    const answer = due.get(event.source);
    if (answer === undefined && event.type === "rsvp" && !rightful.has(event.source)) problems.add("an RSVP was told that nobody gave", JSON.stringify(event));
    if (answer && event.key !== answer.invitation.key) problems.add("an answer was told under another key", event.key);
  }
  for (const [source, answer] of due) if (times.get(source) !== 1) problems.add("a genuine answer was not told exactly once", `${times.get(source) ?? 0} times: ${JSON.stringify(answer)}`);

  const filed = (await Promise.all(keys.map((key) => book.answers(tenantId(ours.tenant), key)))).flat();
  const sources = new Set<string>(filed.map(({ fact }) => fact.source));
  for (const source of due.keys()) if (!sources.has(source)) problems.add("a genuine answer is not in the book", source);
  const counts = messaging.counts();
  // Core takes what an adapter throws for a malformed delivery; here it counts as a crash.
  for (const [word, count] of Object.entries(counts)) if (word.includes("adapter-threw")) problems.add("an adapter threw", `${word}: ${count}`);
  if (JSON.stringify([kept, filed, counts]).includes(CANARY)) problems.add("text of a private chat was kept", "");
  if (Object.keys(counts).length > 60) problems.add("the words that deliveries are counted under are not a fixed set", Object.keys(counts).slice(0, 5).join());
  return [...due.keys()].filter((source) => times.get(source) === 1).length;
}
