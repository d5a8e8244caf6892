import type { InvitationHandle, InvitationInput } from "@event-messaging/core";
import { acme } from "acme-provider";
import { startAcme, type Deed, type GuestStep, type Reply } from "acme-provider/simulator";
import { idOf } from "./appointments.js";
import { startBackend, WEBHOOKS } from "./backend.js";
import { GROUPS, nameOf, PEOPLE, recipientOf } from "./cast.js";
import { changeRow, refusalOf, type ChangeRow, type Refusal, type RsvpRow, type SentRow } from "./report.js";
import { startRelay, type Meddle } from "./relay.js";
import type { Timeline } from "./timeline.js";

export interface AcmeStoryOptions {
  readonly timeline: Timeline;
  readonly now: () => Date;
  /** A planted defect, on the way to the vendor or back. */
  readonly defect?: { readonly place: "calls" | "webhooks"; readonly meddle: Meddle };
}

/** What the backend was told, and what the vendor knows. */
export interface AcmeStory {
  readonly sent: readonly SentRow[];
  readonly rsvps: readonly RsvpRow[];
  readonly unread: readonly { readonly appointment: string; readonly guest: string }[];
  readonly edited: readonly ChangeRow[];
  readonly canceled: readonly ChangeRow[];
  readonly responded: readonly string[];
  readonly unsupported: readonly Refusal[];
  readonly deeds: readonly Deed[];
  readonly replies: readonly Reply[];
}

const LINES = {
  clinic: { name: "clinic-line", key: "acme-key-of-the-clinic", self: { tel: "351210000001", anon: "880000000001" } },
  choir: { name: "choir-line", key: "acme-key-of-the-choir", self: { tel: "351210000002", anon: "880000000002" } },
} as const;
type Tenant = keyof typeof LINES;

const step = (person: keyof typeof PEOPLE, word: string, afterMs: number, more: Partial<GuestStep> = {}): GuestStep => {
  const guest: { readonly phone: string; readonly lid?: string; readonly name: string } = PEOPLE[person];
  return { from: { ...(guest.lid === undefined ? { tel: guest.phone } : { anon: guest.lid }), shows: guest.name }, word, afterMs, ...more };
};
const chatOf = (to: string) => (to.startsWith("+") ? `tel.${to.slice(1)}` : `room.${to.replace("@g.us", "")}`);

/** Sending, answering, moving, cancelling: two tenants of the same backend, on a vendor that it has never heard of. */
export async function playAcmeStory({ timeline, now, defect }: AcmeStoryOptions): Promise<AcmeStory> {
  const vendor = await startAcme({ lines: Object.values(LINES) });
  const relay = async (place: "calls" | "webhooks", target: string) => (defect?.place === place ? startRelay(target, defect.meddle) : undefined);
  const calls = await relay("calls", vendor.url);
  const accountOf = ({ name, key }: (typeof LINES)[Tenant]) => ({ provider: "acme", config: { baseUrl: calls?.url ?? vendor.url, line: name, key, deliveryKeys: [vendor.deliveryKey(name)] } });
  const backend = await startBackend({
    vendors: [acme],
    accounts: { "clinic-acme": accountOf(LINES.clinic), "choir-acme": accountOf(LINES.choir) },
    tenants: { clinic: "clinic-acme", choir: "choir-acme" },
  });
  const webhooks = await relay("webhooks", backend.url);
  try {
    for (const tenant of ["clinic", "choir"] as const) vendor.connect(LINES[tenant].name, `${webhooks?.url ?? backend.url}${WEBHOOKS}/${tenant}-acme`);
    const { messaging, appointments } = backend;
    messaging.on("rsvp", ({ tenant, handle, guest, response, extraGuests = 0 }) =>
      timeline.say(tenant, "Acme", `← ${nameOf(idOf(guest))} answers ${response}${extraGuests > 0 ? ` and brings ${extraGuests} more` : ""} to "${handle.details.title}"`));
    messaging.on("rsvp.unreadable", ({ tenant, handle, guest }) => timeline.say(tenant, "Acme", `← ${nameOf(idOf(guest))} answers "${handle.details.title}", and it cannot be decrypted: ask again`));

    const sent: SentRow[] = [];
    const settle = async () => {
      await vendor.settle();
      await messaging.idle();
    };
    const invite = async (tenant: Tenant, input: InvitationInput, steps: readonly GuestStep[]): Promise<InvitationHandle> => {
      vendor.script(LINES[tenant].name, chatOf(input.to), steps);
      const { handle, stage } = await messaging.forTenant(tenant).send(input);
      sent.push({ tenant, provider: handle.provider, appointment: input.key, title: handle.details.title, messageId: handle.messages[0]?.id ?? "", stage });
      timeline.say(tenant, "Acme", `→ invites ${nameOf(input.to)} to "${handle.details.title}" (${stage})`);
      await settle();
      return handle;
    };
    const at = (days: number, hour: number): Date => {
      const day = new Date(now().getTime() + days * 24 * 3_600_000);
      return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), hour));
    };

    timeline.heading("Two tenants invite through a vendor that a stranger added. The backend is the same.");
    const checkUp = await invite("clinic", { key: "check-up-ana", to: recipientOf("ana"), title: "Check-up", location: "Clinic North", startsAt: at(7, 9), endsAt: at(7, 10) }, [step("ana", "in", 20)]);
    const physio = await invite("clinic", { key: "physio-bruno", to: recipientOf("bruno"), title: "Physiotherapy", location: "Clinic North", startsAt: at(7, 11) }, [step("bruno", "perhaps", 20), step("bruno", "out", 60)]);
    await invite("clinic", { key: "dentist-carla", to: recipientOf("carla"), title: "Dentist", location: "Clinic South", startsAt: at(7, 14) }, [step("carla", "in", 20, { sealed: "lost" })]);
    const rehearsal = await invite("choir", { key: "rehearsal", to: GROUPS.choir, title: "Open rehearsal", location: "Town hall", startsAt: at(8, 19), endsAt: at(8, 21), extraGuestsAllowed: true },
      [step("dora", "in", 20, { companions: 2 }), step("emil", "perhaps", 40)]);

    timeline.heading("One appointment moves, one is cancelled, and a member's event is answered.");
    const clinic = messaging.forTenant("clinic");
    const moved = await clinic.update(checkUp, { location: "Clinic South", startsAt: at(7, 15), endsAt: at(7, 16) });
    timeline.say("clinic", "Acme", `→ moves "${moved.handle.details.title}" to 15:00 at ${moved.handle.details.location?.name ?? ""} (${moved.stage})`);
    const canceled = await clinic.cancel(physio);
    timeline.say("clinic", "Acme", `→ cancels "${canceled.handle.details.title}" (${canceled.stage})`);
    await vendor.happen(LINES.choir.name, { what: "member.card", chat: chatOf(GROUPS.choir), from: { tel: PEOPLE.dora.phone, shows: "Dora" }, card: { heading: "Dora's birthday", begins: at(9, 22).toUTCString().replace("GMT", "+0000"), companions: 0 } });
    await settle();
    const [birthday] = appointments.memberEvents("choir-acme");
    const choir = messaging.forTenant("choir");
    if (birthday !== undefined) {
      await choir.respond(await choir.adopt({ ...birthday, key: "birthday" }), "GOING");
      timeline.say("choir", "Acme", `→ answers GOING to "${birthday.details.title}"`);
    }

    timeline.heading("What Acme cannot do is refused before anything is sent.");
    const unsupported = [await refusalOf("send", "acme", () => choir.send({ key: "call", to: rehearsal.recipient, title: "Rehearsal by video", startsAt: at(9, 19), callLink: "video" }))];
    for (const { code, reason } of unsupported) timeline.say("choir", "Acme", `✗ a video call that Acme would have to make: ${code}. ${reason}`);

    const row = ({ appointment, guest, provider }: { readonly appointment: string; readonly guest: Parameters<typeof idOf>[0]; readonly provider: string }) => ({ appointment, guest: idOf(guest), provider });
    return {
      sent, unsupported,
      rsvps: appointments.answers().map((answer) => ({ ...row(answer), response: answer.response, extraGuests: answer.extraGuests })),
      unread: appointments.unread().map(row),
      edited: [changeRow(moved)], canceled: [changeRow(canceled)], responded: birthday === undefined ? [] : [birthday.messageId],
      deeds: vendor.deeds(), replies: vendor.replies(),
    };
  } finally {
    await vendor.stop();
    await backend.stop();
    await calls?.stop();
    await webhooks?.stop();
  }
}
