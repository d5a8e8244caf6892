import { fromEpochMs, type Recipient } from "@event-messaging/core/driver";
import type { JournalEntry, Shown as SimShown } from "@event-messaging/simulator";
import type { Act, Shown } from "../../src/index.js";

const OPERATIONS = {
  "event.created": "send", "event.edited": "update", "event.canceled": "cancel", "event.responded": "respond", "poll.created": "sendPoll", "text.sent": "sendText",
} as const;
const isActing = (act: string): act is keyof typeof OPERATIONS => Object.hasOwn(OPERATIONS, act);

/** What a simulated vendor's journal says that it did for its accounts. */
export function actsIn(entries: readonly JournalEntry[], accountOf: (id: string) => Act["account"], chatOf: (chat: string) => Recipient | undefined): readonly Act[] {
  return entries.map((entry) => actOf(entry, accountOf(entry.account), chatOf)).filter((act) => act !== undefined);
}

function actOf(entry: JournalEntry, account: Act["account"], chatOf: (chat: string) => Recipient | undefined): Act | undefined {
  const { act, by, messageId, target, shown, response } = entry;
  const recipient = chatOf(entry.chat ?? "");
  if (!isActing(act) || by !== undefined || messageId === undefined || recipient === undefined) return undefined;
  return {
    account, operation: OPERATIONS[act], messageId, recipient, ...(target !== undefined && { target }),
    shown: { ...(shown && shownOf(shown)), ...(act === "event.responded" && response !== undefined && { response }) },
  };
}

function shownOf({ startsAt, endsAt, call, joinLink: _made, ...same }: SimShown): Shown {
  return {
    ...same,
    ...(startsAt !== undefined && { startsAt: fromEpochMs(Date.parse(startsAt)) }),
    ...(endsAt !== undefined && { endsAt: fromEpochMs(Date.parse(endsAt)) }),
    ...(call !== undefined && { callLink: call }),
  };
}
