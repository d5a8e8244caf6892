import { fixturesOf } from "../inbound/fixtures.js";
import { bodyOf, type GuestAnswer, type Invitation } from "../inbound/answers.js";
import { delivery, LINES, VENDORS, type Vendor } from "../inbound/lines.js";
import { NOW } from "../inbound/stage.js";
import { FORGERIES } from "../fuzz/forgeries.js";
import { mutated } from "../fuzz/mutate.js";
import type { Random } from "../order/random.js";
import type { RawWebhook } from "@event-messaging/core";

/** One thing that the vendor posts, and posts again if its policy says so. */
export interface Posting {
  readonly vendor: Vendor;
  readonly kind: "genuine" | "duplicate" | "garbage";
  readonly raw: RawWebhook;
  /** Source of the answer in it. */
  readonly source?: string;
}

/** Everything that will be posted, in this order, and what the book knows from the start and what only later. */
export interface Plan {
  readonly postings: readonly Posting[];
  readonly answers: ReadonlyMap<string, GuestAnswer>;
  readonly invitations: readonly Invitation[];
  readonly lateInvitations: readonly Invitation[];
  readonly made: { readonly postings: number; readonly genuine: number; readonly duplicates: number; readonly garbage: number; readonly moved: number };
}

/** 20 % duplicates under fresh delivery ids, 10 % moved back by up to fifty places, 2 % garbage. A guest answers one to four times. */
export function makePlan(random: Random, size: number): Plan {
  const all: Invitation[] = Array.from({ length: Math.max(20, Math.floor(size / 60)) }, (_, index) => ({
    line: LINES[VENDORS[index % 5 < 3 ? 0 : 1]].ours, key: `apt_${index}`, messageId: `3EB0EE${String(index).padStart(8, "0")}`, recipient: "120363041234567890@g.us",
  }));
  const isLate = (index: number) => index % 20 === 7;
  const answers = new Map<string, GuestAnswer>();
  const texts = { waha: fixturesOf("waha").map(({ text }) => text), zapi: fixturesOf("zapi").map(({ text }) => text) };
  const postings: Posting[] = [];
  const made = { postings: size, genuine: 0, duplicates: 0, garbage: 0, moved: 0 };
  for (let index = 0; index < size; index += 1) {
    const dice = random.next(100);
    const earlier = dice < 20 ? postings[Math.max(0, postings.length - 1 - random.next(200))] : undefined;
    const answered = earlier?.source === undefined ? undefined : answers.get(earlier.source);
    if (answered) {
      made.duplicates += 1;
      postings.push({ ...posting(answered, index), kind: "duplicate" });
    } else if (dice < 22 && dice >= 20) {
      made.garbage += 1;
      const vendor = random.pick(VENDORS);
      const body = mutated(texts[vendor], random).subarray(0, 20_000);
      const [forge] = random.shuffled(Object.values(FORGERIES[vendor]));
      postings.push({ vendor, kind: "garbage", raw: random.chance(50) && forge ? forge(body, random) : delivery(LINES[vendor].other, body) });
    } else {
      made.genuine += 1;
      const invitation = all[random.next(all.length)];
      if (invitation === undefined) continue;
      const guest = random.next(20);
      const answer: GuestAnswer = {
        invitation, phone: `+3519600${String(guest).padStart(5, "0")}`, lid: `27100000${String(guest).padStart(5, "0")}@lid`, source: `3A${String(index).padStart(8, "0")}`,
        response: random.pick(["GOING", "NOT_GOING", "MAYBE"]), extraGuests: random.next(3), at: NOW - 3_000_000 + index * 10,
      };
      answers.set(answer.source, answer);
      postings.push(posting(answer, index));
    }
  }
  for (let index = 0; index < postings.length; index += 1) {
    if (!random.chance(10)) continue;
    const [moved] = postings.splice(index, 1);
    if (moved) postings.splice(Math.min(postings.length, index + 1 + random.next(50)), 0, moved);
    made.moved += 1;
  }
  return { postings, answers, invitations: all.filter((_, index) => !isLate(index)), lateInvitations: all.filter((_, index) => isLate(index)), made };
}

function posting(answer: GuestAnswer, index: number): Posting {
  const { line } = answer.invitation;
  const body = bodyOf(answer);
  if (line.vendor === "waha") Object.assign(body, { id: `evt_${index}`, timestamp: answer.at + 500 + index });
  return { vendor: line.vendor, kind: "genuine", source: answer.source, raw: delivery(line, Buffer.from(JSON.stringify(body))) };
}
