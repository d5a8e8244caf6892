import { instant, isMessagingError, type Fact, type InvitationDetails, type MessageId, type Receipt, type Target } from "@event-messaging/core/driver";
import { zapiDefaults } from "@event-messaging/simulator";
import type { Bench } from "./bench.js";
import { held, recipient } from "./known.js";
import type { Loose, Reader } from "./reader.js";
import { call } from "./stub-http.js";

export const CHAT = recipient("120363041234567890@g.us");
export const RITA = { phone: "5511987650001", lid: "70123456789012", name: "Rita" };
export const NOBODY = "351960000999";
/** A Brazilian mobile that WhatsApp keeps without its ninth digit. */
export const OLD = { phone: "551187650002", name: "Bia" };
export const ID = zapiDefaults.instanceId;
export const full: InvitationDetails = { title: "Safety briefing", description: "Bring your badge", location: { name: "Warehouse 7" }, startsAt: instant("2026-11-20T18:00:00Z"), callLink: "video" };
export const bare: InvitationDetails = { title: "Drinks", startsAt: instant("2026-11-20T18:00:00Z") };
export const moved: InvitationDetails = { title: "Safety briefing (moved)", startsAt: instant("2026-11-21T18:00:00Z"), callLink: "video" };
export const LONG_AGO = instant("2026-01-01T00:00:00Z");

/** What a chapter has to tell with: a vendor, an account's options, and who reads. */
export interface Told {
  readonly bench: Bench;
  readonly config: object;
  readonly messaging: { readonly recipientCheck?: "off" | "warn" | "refuse" | "correct" };
  readonly reader: Reader;
}
/** How a chapter ends for the account's user, in words that two runs can be compared by. */
export type Chapter = (told: Told) => Promise<string>;
export type Chapters = Readonly<Record<string, Chapter>>;

export const rita = { account: ID, chat: zapiDefaults.group, guest: RITA };
export const targetOf = ({ messageId, vendorIds }: Receipt, createdBy: "self" | "other" = "self"): Target => ({ recipient: CHAT, createdBy, messages: [{ id: messageId, form: "native", role: "invitation", vendorIds }] });
export const account = ({ bench, config }: Told, learned: Readonly<Record<string, string>> = {}) => bench.open(config, learned);
export const application = ({ bench, config, messaging }: Told) => bench.application(config, messaging);

/** What was heard, as core has it: one fact for each source and edition, placeholders apart, in order of their times. */
export function facts<T extends Fact["type"]>({ bench, reader }: Told, type: T) {
  const heard = bench.facts(type);
  if (reader.house === "believes-arrival") return heard;
  const once = new Map(heard.map((fact) => [fact.placeholder ? `placeholder ${fact.source}` : `${fact.source} ${fact.edition ?? ""}`, fact]));
  return [...once.values()].sort((a, b) => a.at.localeCompare(b.at));
}

/** How far a message came in the end: the farthest that was heard, or the last. */
export function farthest({ bench, reader }: Told, id: MessageId): string {
  const steps = bench.parsed.flatMap((each) => (each.kind === "facts" ? each.facts : [])).flatMap((fact) => {
    if (fact.type === "invitation.read") return fact.target === id ? ["read"] : [];
    return fact.type === "invitation.delivered" && fact.target === id ? [fact.reached] : [];
  });
  const inOrder = reader.house === "believes-arrival" ? steps : ["whatsapp", "device", "read"].filter((step) => steps.some((heard) => heard === step));
  return inOrder.at(-1) ?? "nowhere";
}

/** Is a fact of the time that the callback about it says, in whatever unit? */
export const isOfItsTime = ({ bench }: Told, at: string, isAbout: (body: Loose) => boolean): boolean =>
  bench.bodies.some((body) => {
    const count = Number(body.momment ?? body.moment);
    return isAbout(body) && (count < 1e11 ? count * 1000 : count) === Date.parse(at);
  });

export const whom = (guest: { readonly phone?: string; readonly lid?: string } | undefined) => (guest?.lid === `${RITA.lid}@lid` || ["+5511987650001", "+551187650001"].includes(guest?.phone ?? "") ? "Rita" : "nobody");
export const shown = ({ bench }: Told, act: "event.created" | "event.edited" | "event.canceled") => bench.vendor.journal.entries({ act }).map(({ shown: card }) => [card?.title, card?.startsAt, card?.description ?? "-", card?.location ?? "-", card?.call ?? "-"].join(" | "));

export async function ending(work: () => Promise<unknown> | undefined): Promise<string> {
  try {
    const value = await work();
    return typeof value === "string" ? value : "ok";
  } catch (error) {
    if (isMessagingError(error)) return `${error.code} ${error.outcome}`;
    throw error;
  }
}

export async function sent(told: Told, details: InvitationDetails = full): Promise<Receipt> {
  const receipt = await held(account(told).send)({ to: CHAT, details }, call());
  await told.bench.vendor.flush();
  return receipt;
}
