import { idOf } from "./appointments.js";
import { startBackend, WEBHOOKS } from "./backend.js";
import { compare, type Comparison } from "./compare.js";
import { recipientOf } from "./cast.js";
import type { StoryReport } from "./report.js";
import { Scene } from "./scene.js";
import { inviteEverybody } from "./scene-invite.js";
import { changeAndCancel } from "./scene-change.js";
import { answerMembersEvents } from "./scene-respond.js";
import { moveTheChoir, tryToMoveTheClinic } from "./scene-move.js";
import { startStage, type StageOptions } from "./stage.js";
import type { Timeline } from "./timeline.js";

export interface StoryOptions extends StageOptions {
  readonly timeline: Timeline;
  readonly now: () => Date;
}

export interface Story {
  readonly report: StoryReport;
  readonly comparison: Comparison;
}

/** The whole demonstration, from two fresh vendors to the comparison with their journals. */
export async function playStory({ timeline, now, ...options }: StoryOptions): Promise<Story> {
  const stage = await startStage(options);
  const tenants: Record<string, string> = { clinic: "clinic-waha", club: "club-zapi", choir: "choir-waha" };
  const backend = await startBackend({ accounts: stage.accounts, tenants });
  try {
    await stage.connect(`${backend.url}${WEBHOOKS}`);
    const scene = new Scene(backend, stage, tenants, timeline, now);
    const cards = await inviteEverybody(scene);
    await changeAndCancel(scene, cards);
    await answerMembersEvents(scene, cards);
    const swapped = await moveTheChoir(scene);
    await tryToMoveTheClinic(scene);

    const { appointments } = backend;
    const row = ({ appointment, guest, provider }: { readonly appointment: string; readonly guest: Parameters<typeof idOf>[0]; readonly provider: string }) => ({ appointment, guest: idOf(guest), provider });
    const report: StoryReport = {
      sent: scene.sent,
      rsvps: appointments.answers().map((answer) => ({ ...row(answer), response: answer.response, extraGuests: answer.extraGuests })),
      unread: appointments.unread().map(row),
      edited: scene.edited,
      canceled: scene.canceled,
      responded: scene.responded,
      unsupported: scene.unsupported,
      swapped,
      late: { appointment: "rehearsal", guest: recipientOf("fay") },
      zapiJournalAtMove: scene.zapiJournalAtMove,
    };
    return { report, comparison: compare(report, { waha: await stage.waha.journal(), zapi: await stage.zapi.journal() }) };
  } finally {
    await stage.stop();
    await backend.stop();
  }
}
