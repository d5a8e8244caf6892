import { toEpochMs, type InvitationDetails, type SentMessage } from "@event-messaging/core/driver";
import { BRAZIL_OFFSET_MS } from "./encode.js";

/**
 * What an account can teach, kept by core.
 *
 * - `newEvents: "in-time"`: the zero offset of new events is honoured. It says nothing about edits.
 * - `dateTime`: how digits without a honoured zone are read, which is what edits need.
 * - `createTimeZone`: with a default of Brazil, right from now on, whether the zero offset was ignored or the echo was an
 *   edit's.
 */
export type Learned =
  | { readonly newEvents: "in-time" }
  | { readonly dateTime: "wallclock-default-utc" }
  | { readonly dateTime: "wallclock-default-br"; readonly createTimeZone: "UTC-3" };

/**
 * The own echo against what was sent. `scheduleTime` in an echo is absolute, so the difference shows how the digits were
 * read: three hours late is Brazilian wall-clock time, and no difference in an edit or a cancellation, which have no zone, is
 * UTC. `role` is `update` or `cancel` only for an echo under the edit's own id; an echo under the event's id may be of
 * somebody who moved the event on a phone. So once a new event was seen in time, a shift under that id teaches nothing. Where
 * edits name their zone (`zoned`), one that is seen in time says nothing about edits that do not.
 */
export function learnReading(known: Readonly<Record<string, string>>, sent: InvitationDetails, shown: InvitationDetails, role?: SentMessage["role"], zoned = false): Learned | undefined {
  if (sent.title !== shown.title) return undefined;
  const shift = toEpochMs(shown.startsAt) - toEpochMs(sent.startsAt);
  const isEdit = role === "update" || role === "cancel";
  if (shift === BRAZIL_OFFSET_MS && (isEdit || known.newEvents === undefined)) return { dateTime: "wallclock-default-br", createTimeZone: "UTC-3" };
  if (shift !== 0) return undefined;
  if (isEdit) return zoned ? undefined : { dateTime: "wallclock-default-utc" };
  return { newEvents: "in-time" };
}
