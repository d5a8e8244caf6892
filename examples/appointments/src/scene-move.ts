import { answers, GROUPS, recipientOf } from "./cast.js";
import type { StoryReport } from "./report.js";
import type { Scene } from "./scene.js";
import { groupAtZapi } from "./scene-invite.js";
import { INSTANCE_OF } from "./stage.js";

/** The choir moves to the other vendor while the program runs, and an answer to an old invitation still counts. */
export async function moveTheChoir(scene: Scene): Promise<StoryReport["swapped"]> {
  const { stage, timeline, tenants } = scene;
  timeline.heading("The choir changes its vendor: one record is written, nothing is restarted.");
  const from = tenants["choir"] ?? "";
  const to = "choir-zapi";
  tenants["choir"] = to;
  timeline.say("choir", "", `· its account is now ${to}, and was ${from}`);

  await stage.zapi.script(INSTANCE_OF[to], groupAtZapi("choir"), [answers("dora", "GOING", 500), answers("emil", "NOT_GOING", 1_000)]);
  const concert = { key: "concert", to: GROUPS.choir, title: "Summer concert", location: "Town hall", startsAt: scene.at(20, 20), extraGuestsAllowed: true };
  const { plan } = await scene.invite("choir", concert, { policy: { allowLoss: ["field.extra-guests"] } });
  for (const { path, why } of plan?.lost ?? []) timeline.say("choir", "Z-API", `· left out, as the call allowed: ${path}. ${why}`);
  await scene.settle();

  timeline.say("choir", "", `· somebody answers late, to the invitation from before the change`);
  const { guest, response, as } = answers("fay", "GOING", 0);
  await stage.waha.answer({ account: "choir", chat: GROUPS.choir, guest, ...(response !== undefined && { response }), ...(as !== undefined && { as }), extraGuests: 1, target: messageOf(scene, "rehearsal") });
  await scene.settle();
  return { tenant: "choir", from, to };
}

/** The clinic cannot move, because it writes to persons: refused without a request, and the old account goes on. */
export async function tryToMoveTheClinic(scene: Scene): Promise<void> {
  const { backend, stage, timeline, tenants } = scene;
  const { messaging } = backend;
  const clinic = messaging.forTenant("clinic");
  timeline.heading("The clinic would like to follow. Its new account is looked at, then the record is written.");
  const { status } = await messaging.account("clinic-zapi").probe();
  timeline.say("clinic", "Z-API", `· account clinic-zapi is ${status}`);

  tenants["clinic"] = "clinic-zapi";
  scene.zapiJournalAtMove = (await stage.zapi.journal()).length;
  const vaccination = { key: "vaccination-ana", to: recipientOf("ana"), title: "Vaccination", location: "Clinic North", startsAt: scene.at(30, 9) };
  const { form, lost } = await clinic.plan(vaccination);
  timeline.say("clinic", "Z-API", `· plan: form "${form}" for ${lost.map(({ code }) => code).join(", ")}`);
  await scene.refused("clinic", "send", "zapi", "inviting Ana", () => clinic.send(vaccination));
  const asked = (await stage.zapi.journal()).filter(({ n, account, act }) => n > scene.zapiJournalAtMove && account === INSTANCE_OF["clinic-zapi"] && act === "request.received");
  timeline.say("clinic", "Z-API", `· the vendor's journal has ${asked.length} requests of that account since the record was written`);

  tenants["clinic"] = "clinic-waha";
  timeline.say("clinic", "", "· the record is put back, and the same call goes out as before");
  await stage.waha.script("clinic", recipientOf("ana").slice(1), [answers("ana", "MAYBE", 500)]);
  await scene.invite("clinic", vaccination);
  await scene.settle();
}

function messageOf({ sent }: Scene, appointment: string): string {
  return sent.find((row) => row.appointment === appointment)?.messageId ?? "";
}
