import type { CapabilityCode } from "../capability/codes.js";
import { isCapabilityCode } from "../capability/codes.js";
import type { InvitationDetails } from "../model/details.js";

/** One thing that an invitation asks of a vendor. */
export interface Requirement {
  readonly code: CapabilityCode;
  /** The field of the input that asks for it. */
  readonly path: string;
}

/** What these details need beyond title, description and start. Pure. */
export function requirementsOf(details: InvitationDetails, replyTo?: string): readonly Requirement[] {
  const needs: Requirement[] = [];
  if (details.location) needs.push({ code: "field.location", path: "location" });
  if (details.endsAt) needs.push({ code: "field.end-time", path: "endsAt" });
  if (details.callLink) needs.push({ code: details.callLink === "voice" || details.callLink === "video" ? "field.call-link" : "field.call-url", path: "callLink" });
  if (details.extraGuestsAllowed === true) needs.push({ code: "field.extra-guests", path: "extraGuestsAllowed" });
  if (replyTo !== undefined) needs.push({ code: "field.reply-to", path: "replyTo" });
  for (const name of Object.keys(details.extensions ?? {})) {
    if (isCapabilityCode(name)) needs.push({ code: name, path: `extensions.${name}` });
  }
  return needs;
}

/** What a card loses from one edition to the next. `field`: what the account must be able to show for there to be anything to take away. */
export interface Clearing extends Requirement {
  readonly field?: CapabilityCode;
}

/** The fields that an edit takes away. Pure. */
export function clearingsOf(before: InvitationDetails, after: InvitationDetails): readonly Clearing[] {
  const kept = new Set(requirementsOf(after).map(({ path }) => path));
  return [
    ...(before.description !== undefined && after.description === undefined ? [{ code: "field.clear", path: "description" } as const] : []),
    ...requirementsOf(before).flatMap(({ code, path }) => (kept.has(path) ? [] : [{ code: "field.clear", path, field: code } as const])),
  ];
}

/** The same details without what the given codes stand for. */
export function withoutFields(details: InvitationDetails, codes: ReadonlySet<CapabilityCode>): InvitationDetails {
  const { location, endsAt, callLink, extraGuestsAllowed, extensions, ...rest } = details;
  const kept = Object.entries(extensions ?? {}).filter(([name]) => !(isCapabilityCode(name) && codes.has(name)));
  const call = callLink === "voice" || callLink === "video" ? "field.call-link" : "field.call-url";
  return {
    ...rest,
    ...(location && !codes.has("field.location") && { location }),
    ...(endsAt && !codes.has("field.end-time") && { endsAt }),
    ...(callLink && !codes.has(call) && { callLink }),
    ...(extraGuestsAllowed !== undefined && !(extraGuestsAllowed && codes.has("field.extra-guests")) && { extraGuestsAllowed }),
    ...(kept.length > 0 && { extensions: Object.fromEntries(kept) }),
  };
}
