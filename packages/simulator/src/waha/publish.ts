import type { JsonObject } from "../json.js";
import type { EventName } from "./events.js";
import type { WahaSession, World } from "./state.js";
import { emit, type About } from "./webhooks.js";

/** Reports something the engine saw: at once when the session is WORKING, otherwise when it is again. A session that is gone reports nothing. */
export const report = async (world: World, session: WahaSession, what: () => Promise<void>): Promise<void> => {
  if (world.sessions.get(session.name) !== session) return;
  if (session.status === "WORKING") await what();
  else session.backlog.push(what);
};

/** Reports an answer (RSVP or vote) in the order and number that the switches say. */
export const publishAnswer = (world: World, session: WahaSession, event: EventName, payload: JsonObject, about: About & { readonly twice: boolean }): Promise<void> =>
  report(world, session, async () => {
    const times = about.twice || world.switches.duplicateAnswers === "every" ? 2 : 1;
    const post = async (): Promise<void> => {
      for (let i = 0; i < times; i += 1) await emit(world, session, event, payload, about);
    };
    if (world.switches.answerOrder === "at-once") void world.timers.track(post());
    else if (world.switches.answerOrder === "in-order") await post();
    else if (world.held === undefined) world.held = post;
    else {
      const first = world.held;
      world.held = undefined;
      await post();
      await first();
    }
  });

/** Lets go of an answer that the switch `answerOrder` keeps back. True when there was one. */
export const releaseHeld = async (world: World): Promise<boolean> => {
  const held = world.held;
  world.held = undefined;
  await held?.();
  return held !== undefined;
};
