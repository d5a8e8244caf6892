import { GROUPS, PEOPLE } from "./cast.js";
import { vendorName, type Scene } from "./scene.js";
import { groupAtZapi, type Cards } from "./scene-invite.js";
import { INSTANCE_OF } from "./stage.js";

/** A member of a group invites everybody; the account itself says whether it comes. */
export async function answerMembersEvents(scene: Scene, cards: Cards): Promise<void> {
  const { backend, stage, timeline } = scene;
  const club = backend.messaging.forTenant("club");
  const choir = backend.messaging.forTenant("choir");
  const startsAtMs = scene.at(9, 22).getTime();

  timeline.heading("Members create events of their own, and the accounts answer them.");
  await stage.zapi.memberEvent({ account: INSTANCE_OF["club-zapi"], chat: groupAtZapi("club"), guest: PEOPLE.gil, title: "Barbecue after the match", startsAtMs });
  await stage.waha.memberEvent({ account: "choir", chat: GROUPS.choir, guest: PEOPLE.dora, title: "Dora's birthday", startsAtMs, as: "phone" });
  await scene.settle();

  const [barbecue] = backend.appointments.memberEvents("club-zapi");
  if (barbecue === undefined) throw new Error("the member's event was not seen");
  const invited = await club.adopt({ ...barbecue, key: "barbecue" });
  const answered = await club.respond(invited, "GOING");
  scene.responded.push(barbecue.messageId);
  timeline.say("club", vendorName(answered.handle.provider), `→ answers GOING to "${barbecue.details.title}" (${answered.stage})`);
  await scene.settle();

  await scene.refused("club", "respond", "zapi", 'answering its own "Match against Riverside"', () => club.respond(cards.match, "GOING"));
  const [birthday] = backend.appointments.memberEvents("choir-waha");
  if (birthday === undefined) throw new Error("the member's event was not seen");
  const known = await choir.adopt({ ...birthday, key: "birthday" });
  await scene.refused("choir", "respond", "waha", 'answering "Dora\'s birthday"', () => choir.respond(known, "GOING"));
}
