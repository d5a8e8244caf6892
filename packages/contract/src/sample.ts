import { instant, isCallUrl, type CallUrl, type CapabilityCode, type Audience, type InvitationDetails } from "@event-messaging/core/driver";
import type { Bench } from "./bench.js";
import type { Shown } from "./vendor-under-test.js";

/** Title and start, and nothing that needs a capability. */
export function plain(title = "Safety briefing"): InvitationDetails {
  return { title, startsAt: instant("2027-05-03T14:30:00Z") };
}

export function callUrl(): CallUrl {
  const url = "https://call.whatsapp.com/video/AbCd-Ef_1234567890";
  if (!isCallUrl(url)) throw new TypeError("not a call link any more");
  return url;
}

/** One value for each field that needs a capability. */
export const FIELDS = {
  "field.location": { location: { name: "Warehouse 7, gate B" } },
  "field.end-time": { endsAt: instant("2027-05-03T16:00:00Z") },
  "field.call-link": { callLink: "video" },
  "field.call-url": { callLink: callUrl() },
  "field.extra-guests": { extraGuestsAllowed: true },
} as const satisfies Partial<Record<CapabilityCode, Partial<InvitationDetails>>>;
export type FieldCode = keyof typeof FIELDS;
export const FIELD_CODES = ["field.location", "field.end-time", "field.call-link", "field.call-url", "field.extra-guests"] as const satisfies readonly FieldCode[];

/** Everything at once that the account can show: of the two kinds of call, the one that it can. */
export function full(bench: Bench, audience: Audience): InvitationDetails {
  const held = FIELD_CODES.filter((code) => bench.supports(code, audience));
  return Object.assign({ ...plain("Everything at once"), description: "One line of text" }, ...[...held].reverse().map((code) => FIELDS[code]));
}

/** In what the vendor shows something else than was sent, in words; empty when it shows exactly that. */
export function differences(sent: InvitationDetails, shown: Shown): readonly string[] {
  const found: string[] = [];
  const compare = (name: string, was: unknown, is: unknown) => {
    if (was !== is) found.push(`${name} was ${was === undefined ? "not given" : JSON.stringify(was)} and is shown as ${is === undefined ? "nothing" : JSON.stringify(is)}`);
  };
  compare("title", sent.title, shown.title);
  compare("description", sent.description, shown.description);
  compare("location", sent.location?.name, shown.location);
  compare("startsAt", sent.startsAt, shown.startsAt);
  compare("endsAt", sent.endsAt, shown.endsAt);
  compare("callLink", sent.callLink, shown.callLink);
  compare("extraGuestsAllowed", sent.extraGuestsAllowed === true, shown.extraGuestsAllowed === true);
  return found;
}
