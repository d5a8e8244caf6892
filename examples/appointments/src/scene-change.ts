import { answers } from "./cast.js";
import { changeRow } from "./report.js";
import type { Scene } from "./scene.js";
import { groupAtZapi, type Cards } from "./scene-invite.js";
import { INSTANCE_OF } from "./stage.js";

/** Edits and cancels where that exists, and is refused where it does not. */
export async function changeAndCancel(scene: Scene, cards: Cards): Promise<void> {
  const { backend, stage, timeline } = scene;
  const club = backend.messaging.forTenant("club");
  const clinic = backend.messaging.forTenant("clinic");

  timeline.heading("The club moves its match and cancels the training. Z-API can do both.");
  const moved = await club.update(cards.match, { location: "Home ground", startsAt: scene.at(9, 20) });
  scene.edited.push(changeRow(moved));
  timeline.say("club", "Z-API", `→ moves "${moved.handle.details.title}" to 20:00 at ${moved.handle.details.location?.name ?? ""} (${moved.stage})`);
  const canceled = await club.cancel(cards.training);
  scene.canceled.push(changeRow(canceled));
  timeline.say("club", "Z-API", `→ cancels "${canceled.handle.details.title}" (${canceled.stage})`);
  await scene.settle();
  const late = answers("ivo", "NOT_GOING", 0);
  await stage.zapi.answer({ ...late, account: INSTANCE_OF["club-zapi"], chat: groupAtZapi("club"), target: cards.match.messages[0]?.id ?? "" });
  await scene.settle();

  timeline.heading("The clinic would like to do the same. WAHA cannot, so it is told before anything is sent.");
  await scene.refused("clinic", "update", "waha", 'moving "Check-up"', () => clinic.update(cards.checkUp, { startsAt: scene.at(8, 9), endsAt: scene.at(8, 10) }));
  await scene.refused("clinic", "cancel", "waha", 'cancelling "Check-up"', () => clinic.cancel(cards.checkUp));
}
