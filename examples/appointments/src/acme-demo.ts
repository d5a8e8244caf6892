import { playAcmeStory, type AcmeStory } from "./acme-story.js";
import { nameOf, PEOPLE } from "./cast.js";
import { difference } from "./compare.js";
import type { DemoOptions } from "./demo.js";
import type { Meddle, Relayed, Verdict } from "./relay.js";
import { silent, table, timeline } from "./timeline.js";

/** Meddles with the first request that fits. */
function once(fits: (request: Relayed) => boolean, verdict: Verdict): Meddle {
  let done = false;
  return (request) => {
    if (done || !fits(request)) return "pass";
    done = true;
    return verdict;
  };
}

const PLANTS: readonly { readonly name: string; readonly place: "calls" | "webhooks"; readonly meddle: () => Meddle; readonly caughtBy: RegExp }[] = [
  { name: "an answer is dropped on its way", place: "webhooks", meddle: () => once(({ body }) => body.includes('"guest.replied"') && body.includes(PEOPLE.ana.phone), { status: 200, json: {} }), caughtBy: /^answer: "Check-up" \+351910000001 GOING .* the backend 0 times/ },
  { name: "a card is sent twice", place: "calls", meddle: () => once(({ body }) => body.includes('"card.issue"') && body.includes("Physiotherapy"), "twice"), caughtBy: /^card: "Physiotherapy" .* the backend 0 times/ },
  {
    name: "an edit is confirmed and not made", place: "calls",
    meddle: () => once(({ body }) => body.includes('"card.revise"'), { status: 200, json: { done: true, result: { stanza: "wa.3EB0F00D", card: 7, parked: false } } }),
    caughtBy: /^edit: "Check-up" .* the vendor has it 0 times/,
  },
];

/** Plays the story on Acme for people, then again with planted defects. Resolves with the figures that `--json` prints. */
export async function runAcmeDemo({ now, write }: DemoOptions) {
  const begun = now().getTime();
  const story = await playAcmeStory({ timeline: timeline(write, () => now().getTime()), now });
  const title = (appointment: string) => story.sent.find((row) => row.appointment === appointment)?.title ?? appointment;
  write("\nWho comes\n");
  for (const line of table(["appointment", "guest", "answer", "brings"], story.rsvps.map((row) => [title(row.appointment), nameOf(row.guest), row.response, row.extraGuests > 0 ? `+${row.extraGuests}` : ""]))) write(line);

  const planted = await Promise.all(PLANTS.map(async ({ name, place, meddle, caughtBy }) => {
    const problems = await playAcmeStory({ timeline: silent, now, defect: { place, meddle: meddle() } }).then(differences);
    return { name, caught: problems.some((problem) => caughtBy.test(problem)) };
  }));
  const problems = [...differences(story), ...tooLittle(story), ...planted.flatMap(({ name, caught }) => (caught ? [] : [`a planted defect was not noticed: ${name}`]))];
  const count = (did: string) => story.deeds.filter((deed) => deed.did === did).length;
  const result = {
    check: "demo" as const, provider: "acme", ok: problems.length === 0, problems, seconds: Math.round((now().getTime() - begun) / 10) / 100,
    sent: story.sent.map(({ tenant, provider, appointment, stage }) => ({ tenant, provider, appointment, stage })),
    rsvps: story.rsvps, unreadable: story.unread.length, responded: story.responded.length, edited: story.edited.length, canceled: story.canceled.length, unsupported: story.unsupported,
    journal: { cardsAtAcme: count("card.issue"), edited: count("card.revise"), canceled: count("card.strike"), responded: count("card.reply"), replies: story.replies.length },
    planted: { tried: planted.length, caught: planted.filter(({ caught }) => caught).length },
  };
  for (const line of ["", `${story.sent.length} invitations sent; Acme's journal shows ${result.journal.cardsAtAcme} cards.`, `The same story with a defect planted in it: ${result.planted.caught} of ${result.planted.tried} noticed.`, ...problems.map((problem) => `NOT OK: ${problem}`), result.ok ? `Everything agrees (${result.seconds.toFixed(1)} s).` : "Something does not agree."]) write(line);
  return result;
}

const RESPONSES = new Map([["in", "GOING"], ["out", "NOT_GOING"], ["perhaps", "MAYBE"]]);

/** What the backend believes against what Acme knows, figure by figure. */
export function differences({ sent, rsvps, unread, edited, canceled, responded, deeds, replies }: AcmeStory): readonly string[] {
  const titles = new Map(deeds.flatMap(({ stanza, did, face }) => (did === "card.issue" && face ? [[stanza, face.heading] as const] : [])));
  const title = (appointment: string) => sent.find((row) => row.appointment === appointment)?.title ?? appointment;
  const last = new Map(replies.map((reply) => [`${reply.about} ${reply.from.tel ?? reply.from.anon}`, reply]));
  const guest = ({ tel, anon }: { readonly tel?: string; readonly anon?: string }) => (tel === undefined ? `${anon ?? ""}@lid` : `+${tel}`);
  const changed = (kind: string) => deeds.flatMap(({ did, about = "", face }) => (did === kind && face ? [`"${face.heading}" (${about.slice(3)}) at ${face.begins}, ${face.venue ?? ""}`] : []));
  const change = (row: AcmeStory["edited"][number]) => `"${row.title}" (${row.messageId}) at ${new Date(row.startsAt).toISOString()}, ${row.location}`;
  return [
    ...difference("card", sent.map((row) => `"${row.title}" (${row.messageId})`), [...titles].map(([stanza, heading]) => `"${heading}" (${stanza.slice(3)})`)),
    ...difference("answer", rsvps.map((row) => `"${title(row.appointment)}" ${row.guest} ${row.response} +${row.extraGuests}`),
      [...last.values()].flatMap(({ about, from, word = "", companions = 0, sealed }) => (sealed === undefined ? [`"${titles.get(about) ?? ""}" ${guest(from)} ${RESPONSES.get(word) ?? word} +${companions}`] : []))),
    ...difference("unreadable answer", unread.map((row) => `"${title(row.appointment)}" ${row.guest}`), [...last.values()].flatMap(({ about, from, sealed }) => (sealed === undefined ? [] : [`"${titles.get(about) ?? ""}" ${guest(from)}`]))),
    ...difference("edit", edited.map(change), changed("card.revise")),
    ...difference("cancellation", canceled.map(change), changed("card.strike")),
    ...difference("answer to a member's event", responded.map((id) => `${id} GOING`), deeds.flatMap(({ did, about = "", word = "" }) => (did === "card.reply" ? [`${about.slice(3)} ${RESPONSES.get(word) ?? word}`] : []))),
  ];
}

/** A run in which too little happened proves nothing. */
function tooLittle({ sent, rsvps, unread, responded, unsupported }: AcmeStory): readonly string[] {
  const fine = sent.length >= 4 && unread.length === 1 && responded.length === 1 && unsupported.some(({ code }) => code === "UNSUPPORTED") && ["GOING", "NOT_GOING", "MAYBE"].every((response) => rsvps.some((row) => row.response === response));
  return fine ? [] : ["too little happened to prove anything"];
}
