import type { InvitationHandle } from "@event-messaging/core";
import { answers, GROUPS, recipientOf } from "./cast.js";
import type { Scene } from "./scene.js";
import { INSTANCE_OF } from "./stage.js";

/** The invitations that later scenes change or cancel. */
export interface Cards {
  readonly checkUp: InvitationHandle;
  readonly rehearsal: InvitationHandle;
  readonly match: InvitationHandle;
  readonly training: InvitationHandle;
}

/** Three tenants invite, through two vendors, and the guests answer. */
export async function inviteEverybody(scene: Scene): Promise<Cards> {
  const { stage, timeline } = scene;

  timeline.heading("The clinic invites its patients, each in their own chat.");
  const checkUp = await clinicInvites(scene);

  timeline.heading("The choir invites its group. Singers may bring guests, and one shows no number.");
  await stage.waha.script("choir", GROUPS.choir, [answers("dora", "GOING", 500, { extraGuests: 2 }), answers("emil", "MAYBE", 1_000)]);
  const rehearsal = await scene.invite("choir", {
    key: "rehearsal", to: GROUPS.choir, title: "Open rehearsal", location: "Town hall",
    startsAt: scene.at(8, 19), endsAt: scene.at(8, 21), extraGuestsAllowed: true,
  });
  await scene.settle();

  timeline.heading("The sports club invites through the other vendor, with the same code. One answer comes twice.");
  await stage.zapi.script(INSTANCE_OF["club-zapi"], groupAtZapi("club"), [answers("gil", "GOING", 500, { twice: true }), answers("hana", "NOT_GOING", 1_000), answers("ivo", "GOING", 1_500)]);
  const match = await scene.invite("club", { key: "match", to: GROUPS.club, title: "Match against Riverside", location: "Riverside", startsAt: scene.at(9, 18) });
  await scene.settle();
  await stage.zapi.script(INSTANCE_OF["club-zapi"], groupAtZapi("club"), [answers("gil", "NOT_GOING", 500)]);
  const training = await scene.invite("club", { key: "training", to: GROUPS.club, title: "Extra training", location: "Pitch 2", startsAt: scene.at(10, 18) });
  await scene.settle();

  return { checkUp, rehearsal: rehearsal.handle, match: match.handle, training: training.handle };
}

/** One says yes, one changes their mind, and one answer arrives that nobody can decrypt. */
async function clinicInvites(scene: Scene): Promise<InvitationHandle> {
  const { stage } = scene;
  await stage.waha.script("clinic", recipientOf("ana").slice(1), [answers("ana", "GOING", 500)]);
  await stage.waha.script("clinic", recipientOf("bruno").slice(1), [answers("bruno", "MAYBE", 500), answers("bruno", "NOT_GOING", 1_500)]);
  await stage.waha.script("clinic", recipientOf("carla").slice(1), [answers("carla", "GOING", 500, { undecryptable: true })]);
  const ana = await scene.invite("clinic", {
    key: "check-up-ana", to: recipientOf("ana"), title: "Check-up", location: "Clinic North",
    startsAt: scene.at(7, 9), endsAt: scene.at(7, 10), timeZone: "Europe/Lisbon",
  });
  await scene.invite("clinic", { key: "physio-bruno", to: recipientOf("bruno"), title: "Physiotherapy", location: "Clinic North", startsAt: scene.at(7, 11) });
  await scene.invite("clinic", { key: "dentist-carla", to: recipientOf("carla"), title: "Dentist", location: "Clinic South", startsAt: scene.at(7, 14) });
  await scene.settle();
  return ana.handle;
}

/** A group as Z-API spells it. Only the stage needs it: the backend says `…@g.us` to every vendor. */
export function groupAtZapi(group: keyof typeof GROUPS): string {
  return GROUPS[group].replace("@g.us", "-group");
}
