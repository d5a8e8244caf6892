import { PEOPLE } from "./cast.js";
import type { Meddle, Relayed, Verdict } from "./relay.js";
import type { Place } from "./stage.js";
import { playStory } from "./story.js";
import { silent } from "./timeline.js";

/** A defect that is planted on purpose: the demonstration must notice it, and for the right reason. */
interface Plant {
  readonly name: string;
  readonly place: Place;
  readonly meddle: () => Meddle;
  /** What one of the differences must say. */
  readonly caughtBy: RegExp;
}

/** Meddles with the first request that fits, and lets all others pass. */
function once(fits: (request: Relayed) => boolean, verdict: (request: Relayed) => Verdict): () => Meddle {
  return () => {
    let done = false;
    return (request) => {
      if (done || !fits(request)) return "pass";
      done = true;
      return verdict(request);
    };
  };
}

export const PLANTS: readonly Plant[] = [
  {
    name: "an answer is dropped on its way",
    place: "waha-webhooks",
    meddle: once(({ body }) => body.includes('"event":"event.response"') && body.includes(PEOPLE.ana.phone), () => ({ status: 200, json: {} })),
    caughtBy: /^answer: waha: "Check-up" \+351910000001 GOING .* the backend 0 times/,
  },
  {
    name: "an answer is altered on its way",
    place: "zapi-webhooks",
    meddle: once(({ body }) => body.includes('"eventResponse"') && body.includes(PEOPLE.hana.phone), ({ body }) => ({ body: body.replace('"NOT_GOING"', '"GOING"') })),
    caughtBy: /^answer: zapi: "Match against Riverside" \+5511910000008 GOING .* the vendor has it 0 times/,
  },
  {
    name: "a card is sent twice",
    place: "waha-calls",
    meddle: once(({ method, path, body }) => method === "POST" && path.endsWith("/events") && body.includes("Physiotherapy"), () => "twice"),
    caughtBy: /^card: waha: "Physiotherapy" .* the backend 0 times/,
  },
  {
    name: "an edit is confirmed and not made",
    place: "zapi-calls",
    meddle: once(({ path }) => path.endsWith("/send-edit-event"), () => ({ status: 200, json: { zaapId: "3999", messageId: "3EB0F00D", id: "3EB0F00D" } })),
    caughtBy: /^edit: zapi: "Match against Riverside" .* the vendor has it 0 times/,
  },
];

/** Plays the story with a defect in it. True when the comparison names the defect. */
export async function isCaught(plant: Plant, now: () => Date): Promise<boolean> {
  const { comparison } = await playStory({ clockFactor: 0.01, timeline: silent, now, defect: { place: plant.place, meddle: plant.meddle() } });
  return comparison.problems.some((problem) => plant.caughtBy.test(problem));
}
