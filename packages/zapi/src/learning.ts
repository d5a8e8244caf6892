import { toEpochMs, type InvitationDetails, type SentMessage } from "@event-messaging/core/driver";
import { BRAZIL_OFFSET_MS } from "./encode.js";

/**
 * What an account can teach, kept by core. `createTimeZone` comes with a default of Brazil: whether the zero offset was
 * ignored or the echo was an edit's, `UTC-3` is right from now on.
 */
export type Learned = { readonly dateTime: "wallclock-default-utc" } | { readonly dateTime: "wallclock-default-br"; readonly createTimeZone: "UTC-3" };

/**
 * The own echo against what was sent. `scheduleTime` in an echo is absolute, so the difference shows how digits without a
 * honoured zone were read:
 *
 * - three hours late: as Brazilian wall-clock time;
 * - no difference in an edit or cancellation (which has no zone): as UTC. In a new event it proves nothing, because there
 *   the zero offset is right in every reading;
 * - anything else: somebody changed the event.
 *
 * `role` says which message the echo is of; without it only the first conclusion is drawn.
 */
export function learnReading(sent: InvitationDetails, shown: InvitationDetails, role?: SentMessage["role"]): Learned | undefined {
  if (sent.title !== shown.title) return undefined;
  const shift = toEpochMs(shown.startsAt) - toEpochMs(sent.startsAt);
  if (shift === BRAZIL_OFFSET_MS) return { dateTime: "wallclock-default-br", createTimeZone: "UTC-3" };
  return shift === 0 && (role === "update" || role === "cancel") ? { dateTime: "wallclock-default-utc" } : undefined;
}
