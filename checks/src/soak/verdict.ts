import type { GuestAnswer } from "../inbound/answers.js";
import { Problems } from "../fuzz/problems.js";
import type { Driven } from "./drive.js";
import type { Plan } from "./plan.js";
import type { Standing } from "./site.js";
import { wasAccepted } from "./vendor.js";

/** What went in must have come out: nothing that was accepted is missing, nothing came that was not sent, and the newest answer counts. */
export function verdict({ answers, postings, made }: Plan, { outcomes, state }: Driven) {
  const problems = new Problems();
  const accepted = new Set(outcomes.filter(wasAccepted).map(({ posting }) => posting.source).filter((source) => source !== undefined));
  const filed = new Set(state.filed);
  const told = new Map<string, number>();
  for (const source of state.told) told.set(source, (told.get(source) ?? 0) + 1);

  if (outcomes.length !== postings.length) problems.add("not everything was posted", `${outcomes.length}`);
  for (const source of accepted) if (!filed.has(source)) problems.add("accepted and missing", source);
  for (const source of filed) if (!answers.has(source)) problems.add("filed, and nobody gave it", source);
  for (const source of filed) if (!accepted.has(source)) problems.add("filed and not accepted", source);
  if (state.filed.length !== filed.size) problems.add("filed twice", `${state.filed.length - filed.size}`);

  let lostByZapi = 0;
  for (const [source, { invitation }] of answers) {
    if (accepted.has(source)) continue;
    if (invitation.line.vendor === "zapi") lostByZapi += 1;
    else problems.add("lost, in spite of the vendor's repeats", source);
  }

  const expected = standings([...answers.values()].filter(({ source }) => accepted.has(source)));
  let overtaken = 0;
  for (const [key, list] of expected) {
    if (JSON.stringify(state.standings[key] ?? []) !== JSON.stringify(list)) problems.add("another state than the oracle's", `${key}: ${JSON.stringify(state.standings[key])} and not ${JSON.stringify(list)}`);
    for (const [, , , source] of list) if (!told.has(source)) problems.add("the answer that counts was never told", source);
  }
  for (const source of told.keys()) if (!filed.has(source)) problems.add("told and not filed", source);
  const twice = [...told.values()].filter((times) => times > 1).length;
  // At least once: only what was told while the store could not be told so may be told again.
  if (twice > state.refused.settles) problems.add("told twice without need", `${twice}, and ${state.refused.settles} times the store could not be told`);
  for (const { posting, statuses } of outcomes) {
    if (statuses.some((status) => ![200, 400, 404, 503].includes(status))) problems.add("an answer that no delivery may get", `${posting.kind}: ${statuses.join()}`);
  }
  const order = postings.map(({ source }) => (source === undefined ? 0 : answers.get(source)?.at ?? 0)).filter((at) => at > 0);
  for (const [index, at] of order.entries()) if (at < (order[index - 1] ?? 0)) overtaken += 1;

  const refusedFirst = outcomes.filter(({ statuses }) => statuses[0] === 503).length;
  const lateAnswers = [...answers.values()].filter(({ invitation }) => Number(invitation.key.slice(4)) % 20 === 7).length;
  return {
    problems,
    figures: {
      ...made, overtaken, accepted: accepted.size, filed: filed.size, told: state.told.length, toldTwice: twice, guests: [...expected.values()].flat().length, lateAnswers,
      refusedAtFirst: refusedFirst, repeated: outcomes.reduce((sum, { statuses }) => sum + statuses.length - 1, 0), refusedByStore: state.refused, handlerFailures: state.handlerFailures,
      acceptedButMissing: problems.counts()["accepted and missing"] ?? 0, lostInSpiteOfRepeats: problems.counts()["lost, in spite of the vendor's repeats"] ?? 0, refusedAndNeverRepeatedByZapi: lostByZapi,
    },
    /** Did what was to be survived take place? */
    thorough: made.duplicates > made.postings * 0.12 && made.moved > made.postings * 0.05 && made.garbage > made.postings * 0.005 && overtaken > made.postings * 0.02
      && refusedFirst > made.postings * 0.03 && state.handlerFailures > 5 && lateAnswers > 3 && lostByZapi > 0,
  };
}

/** Of every guest the newest answer, said once more without the library. */
function standings(answers: readonly GuestAnswer[]): ReadonlyMap<string, readonly Standing[]> {
  const newest = new Map<string, Map<string, GuestAnswer>>();
  for (const answer of answers) {
    const guests = newest.get(answer.invitation.key) ?? new Map<string, GuestAnswer>();
    newest.set(answer.invitation.key, guests);
    const before = guests.get(answer.phone);
    if (before === undefined || before.at < answer.at) guests.set(answer.phone, answer);
  }
  return new Map([...newest].map(([key, guests]) => [key, [...guests.values()].map(({ phone, response, extraGuests, source, invitation }): Standing =>
    [phone, response, invitation.line.vendor === "waha" ? extraGuests : 0, source]).sort(([a], [b]) => (a < b ? -1 : 1))]));
}
