import type { GivenResponse, Guest } from "../model/guest.js";
import type { InvitationDetails } from "../model/details.js";
import { toEpochMs } from "../model/time.js";

/** What a guest is asked whose answer nobody could read. */
export interface RecoveryQuestion {
  /** Before the choices; of a poll the question, up to 250 characters. */
  readonly text: string;
  /** 2 to 12, all different, each 1 to 100 characters and none of them a number. A text numbers them in this order. */
  readonly choices: readonly { readonly label: string; readonly response: GivenResponse }[];
}

/** What the words may depend on. */
export interface AskedAbout {
  readonly details: InvitationDetails;
  readonly guest: Guest;
  readonly by: "text" | "poll";
}

const CHOICES = [{ label: "Going", response: "GOING" }, { label: "Not going", response: "NOT_GOING" }, { label: "Maybe", response: "MAYBE" }] as const;

/** The words unless the application gives its own: English, with the date in the event's zone, or in UTC. */
export function defaultQuestion({ details, by }: AskedAbout): RecoveryQuestion {
  const zone = details.timeZone ?? "UTC";
  const when = `${new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short", timeZone: zone }).format(toEpochMs(details.startsAt))} (${zone})`;
  const title = details.title.length > 100 ? `${[...details.title].slice(0, 99).join("")}…` : details.title;
  const lost = `Your answer to "${title}", ${when}, could not be read.`;
  return { text: by === "poll" ? `${lost} Will you come?` : `${lost} Please reply to this message with a number:`, choices: CHOICES };
}

/** The text that is sent: the words, then one numbered line for each choice. */
export function numberedText({ text, choices }: RecoveryQuestion): string {
  return [text, ...choices.map(({ label }, index) => `${index + 1}. ${label}`)].join("\n");
}

/** The question as it goes out (trimmed, composed characters); `undefined` when it could not be answered without doubt. */
export function readQuestion({ text, choices }: RecoveryQuestion, by: "text" | "poll"): RecoveryQuestion | undefined {
  const clean = { text: text.normalize("NFC").trim(), choices: choices.map(({ label, response }) => ({ label: label.normalize("NFC").trim(), response })) };
  const labels = clean.choices.map(({ label }) => label.normalize("NFKC").toLowerCase());
  const fits = labels.length >= 2 && labels.length <= 12 && new Set(labels).size === labels.length && labels.every((label) => label !== "" && [...label].length <= 100 && !/^\P{L}*$/u.test(label));
  const asks = clean.text !== "" && (by === "text" || [...clean.text].length <= 250);
  const means = clean.choices.every(({ response }) => response === "GOING" || response === "NOT_GOING" || response === "MAYBE");
  return fits && asks && means ? clean : undefined;
}
