import { isCaught, PLANTS } from "./plants.js";
import { nameOf } from "./cast.js";
import { playStory, type Story } from "./story.js";
import { table, timeline } from "./timeline.js";

export interface DemoOptions {
  readonly now: () => Date;
  /** Progress, line by line. */
  readonly write: (line: string) => void;
}

/**
 * Plays the story for people, then again with planted defects, and says whether everything is as it should be. Resolves with
 * the figures that `--json` prints.
 */
export async function runDemo({ now, write }: DemoOptions) {
  const begun = now().getTime();
  const story = await playStory({ clockFactor: 0.1, timeline: timeline(write, () => now().getTime()), now });
  const { report, comparison } = story;
  for (const line of finalTable(story)) write(line);

  const planted = await Promise.all(PLANTS.map(async (plant) => ({ name: plant.name, caught: await isCaught(plant, now) })));
  const problems = [
    ...comparison.problems,
    ...tooLittle(story),
    ...planted.flatMap(({ name, caught }) => (caught ? [] : [`a planted defect was not noticed: ${name}`])),
  ];
  const result = {
    check: "demo" as const,
    ok: problems.length === 0,
    problems,
    seconds: Math.round((now().getTime() - begun) / 10) / 100,
    sent: report.sent.map(({ tenant, provider, appointment, stage }) => ({ tenant, provider, appointment, stage })),
    rsvps: report.rsvps,
    unreadable: report.unread.length,
    responded: report.responded.length,
    edited: report.edited.length,
    canceled: report.canceled.length,
    swapped: { ...report.swapped, lateRsvpCounted: comparison.lateRsvpCounted },
    unsupported: report.unsupported,
    journal: comparison.journal,
    planted: { tried: planted.length, caught: planted.filter(({ caught }) => caught).length },
  };
  for (const line of verdict(result)) write(line);
  return result;
}

/** A run in which too little happened proves nothing. */
export function tooLittle({ report: { sent, rsvps, unread, responded, unsupported } }: Pick<Story, "report">): readonly string[] {
  const wanted: readonly (readonly [string, boolean])[] = [
    ["fewer than 6 invitations", sent.length >= 6],
    ...["waha", "zapi"].map((provider) => [`nothing was sent through ${provider}`, sent.some((row) => row.provider === provider)] as const),
    ...["GOING", "NOT_GOING", "MAYBE"].map((response) => [`nobody answered ${response}`, rsvps.some((row) => row.response === response)] as const),
    ["no unreadable answer", unread.length >= 1],
    ["no member's event was answered", responded.length >= 1],
    ["moving the clinic was not refused", unsupported.some(({ operation, provider, code }) => operation === "send" && provider === "zapi" && code === "UNSUPPORTED")],
  ];
  return wanted.flatMap(([problem, fine]) => (fine ? [] : [problem]));
}

function finalTable({ report: { sent, rsvps, unread, canceled } }: Story): readonly string[] {
  const title = (appointment: string) => {
    const name = sent.find((row) => row.appointment === appointment)?.title ?? appointment;
    return canceled.some((row) => row.title === name) ? `${name} (cancelled)` : name;
  };
  const order = (appointment: string) => sent.findIndex((row) => row.appointment === appointment);
  const rows = [
    ...rsvps.map((row) => ({ ...row, answer: row.response, guests: row.extraGuests > 0 ? `+${row.extraGuests}` : "" })),
    ...unread.map((row) => ({ ...row, answer: "cannot be read: ask again", guests: "" })),
  ].sort((a, b) => order(a.appointment) - order(b.appointment));
  return [
    "", "Who comes", "",
    ...table(["appointment", "guest", "answer", "brings", "through"], rows.map((row) => [title(row.appointment), nameOf(row.guest), row.answer, row.guests, row.provider])),
  ];
}

function verdict({ ok, problems, sent, rsvps, journal, planted, seconds }: { readonly ok: boolean; readonly problems: readonly string[]; readonly sent: readonly unknown[]; readonly rsvps: readonly unknown[]; readonly journal: Readonly<Record<string, number>>; readonly planted: { readonly tried: number; readonly caught: number }; readonly seconds: number }): readonly string[] {
  return [
    "",
    `${sent.length} invitations sent; the vendors' journals show ${(journal["cardsAtWaha"] ?? 0) + (journal["cardsAtZapi"] ?? 0)} cards.`,
    `${rsvps.length} answers counted; the journals show ${journal["answersThatCount"] ?? 0}, and ${journal["unreadable"] ?? 0} that cannot be read.`,
    `The same story with a defect planted in it: ${planted.caught} of ${planted.tried} noticed.`,
    ...problems.map((problem) => `NOT OK: ${problem}`),
    ok ? `Everything agrees (${seconds.toFixed(1)} s).` : "Something does not agree.",
  ];
}
