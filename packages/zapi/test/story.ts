import { instant, isMessagingError, secret, type Fact, type InvitationDetails, type Receipt, type Target } from "@event-messaging/core/driver";
import { zapiDefaults, type ZapiInstanceSetup, type ZapiOptions } from "@event-messaging/simulator";
import { startBench, type Bench } from "./bench.js";
import { held, id, person, recipient } from "./known.js";
import { call } from "./stub-http.js";

const CHAT = recipient("120363041234567890@g.us");
const RITA = { phone: "5511987650001", lid: "70123456789012", name: "Rita" };
const NOBODY = "351960000999";
const OLD = { phone: "551187650002", name: "Bia" };
const ID = zapiDefaults.instanceId;
const full: InvitationDetails = { title: "Safety briefing", description: "Bring your badge", location: { name: "Warehouse 7" }, startsAt: instant("2026-11-20T18:00:00Z"), callLink: "video" };
const bare: InvitationDetails = { title: "Drinks", startsAt: instant("2026-11-20T18:00:00Z") };
const moved: InvitationDetails = { title: "Safety briefing (moved)", startsAt: instant("2026-11-21T18:00:00Z"), callLink: "video" };
const targetOf = ({ messageId, vendorIds }: Receipt, createdBy: "self" | "other" = "self"): Target => ({ recipient: CHAT, createdBy, messages: [{ id: messageId, form: "native", role: "invitation", vendorIds }] });

/** What an account's user sees of one vendor, chapter by chapter, in words that two runs can be compared by. */
export type Story = Readonly<Record<string, string>>;
export type Plot = { readonly switches?: ZapiOptions["switches"]; readonly config?: object; readonly instance?: Partial<ZapiInstanceSetup> };

interface Told {
  readonly bench: Bench;
  readonly config: object;
}
type Chapter = (told: Told) => Promise<string>;

const rita = { account: ID, chat: zapiDefaults.group, guest: RITA };
const facts = <T extends Fact["type"]>({ bench }: Told, type: T) => {
  // As core does: one fact for each source and edition, placeholders apart.
  const seen = new Map(bench.facts(type).map((fact) => [fact.placeholder ? `placeholder ${fact.source}` : `${fact.source} ${fact.edition ?? ""}`, fact]));
  return [...seen.values()].sort((a, b) => a.at.localeCompare(b.at));
};
const whom = (guest: { readonly phone?: string; readonly lid?: string } | undefined) => (guest?.lid === `${RITA.lid}@lid` || ["+5511987650001", "+551187650001"].includes(guest?.phone ?? "") ? "Rita" : "nobody");
const shown = ({ bench }: Told, act: "event.created" | "event.edited" | "event.canceled") => bench.vendor.journal.entries({ act }).map(({ shown: card }) => [card?.title, card?.startsAt, card?.description ?? "-", card?.location ?? "-", card?.call ?? "-"].join(" | "));
const ending = async (work: () => Promise<unknown> | undefined): Promise<string> => {
  try {
    const value = await work();
    return typeof value === "string" ? value : "ok";
  } catch (error) {
    if (isMessagingError(error)) return `${error.code} ${error.outcome}`;
    throw error;
  }
};
const account = ({ bench, config }: Told, more: object = {}, learned: Readonly<Record<string, string>> = {}) => bench.open({ ...config, ...more }, learned);
const sent = async (told: Told, details: InvitationDetails = full) => {
  const receipt = await held(account(told).send)({ to: CHAT, details }, call());
  await told.bench.vendor.flush();
  return receipt;
};

const CHAPTERS: Readonly<Record<string, Chapter>> = {
  "a card": async (told) => [await ending(() => sent(told)), ...shown(told, "event.created")].join("; "),
  "a bare card and its echo": async (told) => {
    await sent(told, bare);
    return facts(told, "invitation.observed").map(({ fromSelf, sighting: { details, createdBy }, canceled }) => JSON.stringify([fromSelf, createdBy, canceled, details])).join("; ");
  },
  "answers": async (told) => {
    const { messageId } = await sent(told);
    for (const response of ["GOING", "NOT_GOING"]) await told.bench.vendor.answer({ ...rita, target: messageId, response });
    await told.bench.vendor.flush();
    return facts(told, "rsvp").map(({ response, target, guest }) => `${whom(guest)} ${response} ${target === messageId ? "to it" : "to another"}`).join("; ");
  },
  "an edit": async (told) => {
    const receipt = await sent(told);
    const edited = await ending(() => held(account(told).update)({ target: targetOf(receipt), details: moved }, call()));
    await told.bench.vendor.flush();
    await told.bench.vendor.answer({ ...rita, target: receipt.messageId, response: "GOING" });
    await told.bench.vendor.flush();
    return [edited, ...shown(told, "event.created").slice(1), ...shown(told, "event.edited"), ...facts(told, "rsvp").map(({ target }) => (target === receipt.messageId ? "answered" : "answered elsewhere"))].join("; ");
  },
  "an edit and its echo": async (told) => {
    const receipt = await sent(told);
    const edit = await held(account(told).update)({ target: targetOf(receipt), details: moved }, call());
    await told.bench.vendor.flush();
    return facts(told, "invitation.observed").map(({ sighting: { messageId, details } }) => `${messageId === receipt.messageId ? "the card's" : messageId === edit.messageId ? "the edit's" : "another"} id, ${details.title}`).join("; ");
  },
  "the link of a call after an edit": async (told) => {
    const receipt = await sent(told);
    await held(account(told).update)({ target: targetOf(receipt), details: moved }, call());
    await told.bench.vendor.flush();
    return `${new Set(facts(told, "invitation.observed").map(({ sighting }) => sighting.details.callLink)).size} link`;
  },
  "a cancellation": async (told) => {
    const receipt = await sent(told);
    const canceled = await ending(() => held(account(told).cancel)({ target: targetOf(receipt), details: full }, call()));
    await told.bench.vendor.flush();
    return [canceled, ...shown(told, "event.canceled").map((card) => card.split(" | ")[0])].join("; ");
  },
  "an edit of an event that is not there": async (told) => ending(() => held(account(told).update)({ target: { ...targetOf({ messageId: id("3EB0FFFFFFFFFFFFFFFFFF"), vendorIds: {}, stage: "queued" }) }, details: moved }, call())),
  "an answer to a member's event": async (told) => {
    const { messageId } = await told.bench.vendor.memberEvent({ ...rita, title: "Barbecue", startsAtMs: Date.parse("2026-11-28T18:00:00Z") });
    await told.bench.vendor.flush();
    const answered = await ending(() => held(account(told).respond)({ target: targetOf({ messageId: id(messageId), vendorIds: {}, stage: "queued" }, "other"), response: "GOING" }, call()));
    await told.bench.vendor.flush();
    return [answered, ...facts(told, "rsvp").map(({ fromSelf }) => `echoed${fromSelf ? " as own" : ""}`)].join("; ");
  },
  "an answer to one's own event, taken for a member's": async (told) => {
    const receipt = await sent(told);
    return ending(() => held(account(told).respond)({ target: targetOf(receipt, "other"), response: "GOING" }, call()));
  },
  "a card to a person": async (told) => {
    const result = await ending(() => held(account(told, { directEvents: "try" }).send)({ to: recipient("+5511987650001"), details: full }, call()));
    await told.bench.vendor.flush();
    return [result, `${facts(told, "invitation.failed").length} failed`, `${shown(told, "event.created").length} shown`].join("; ");
  },
  "a card that fails later": async (told) => {
    const receipt = await held(account(told).send)({ to: recipient("120363099999999999@g.us"), details: full }, call());
    await told.bench.vendor.flush();
    return facts(told, "invitation.failed").map(({ target, vendorIds, vendorCode }) => `${target === receipt.messageId || vendorIds?.zaapId === receipt.vendorIds.zaapId ? "it" : "another"} ${vendorCode}`).join("; ");
  },
  "a poll and its votes": async (told) => {
    const poll = await held(account(told).sendPoll)({ to: CHAT, question: "Will you come?", options: ["Going", "Not going"] }, call());
    await told.bench.vendor.flush();
    for (const vote of [["Going"], []]) await told.bench.vendor.answer({ ...rita, target: poll.messageId, vote });
    await told.bench.vendor.flush();
    return facts(told, "poll.voted").map(({ labels, target, guest }) => `${whom(guest)} [${labels.join()}] ${target === poll.messageId ? "in it" : "elsewhere"}`).join("; ");
  },
  "a poll to a person": async (told) => {
    const result = await ending(() => held(account(told, { directPolls: "try" }).sendPoll)({ to: recipient("+5511987650001"), question: "Will you come?", options: ["a", "b"] }, call()));
    await told.bench.vendor.flush();
    return [result, `${facts(told, "invitation.failed").length} failed`, `${told.bench.vendor.journal.entries({ act: "poll.created" }).length} shown`].join("; ");
  },
  "a text to a person and the reply": async (told) => {
    const text = await held(account(told).sendText)({ to: recipient("+5511987650001"), text: "1 = yes" }, call());
    await told.bench.vendor.flush();
    for (const unquoted of [false, true]) await told.bench.vendor.answer({ account: ID, chat: RITA.phone, guest: RITA, target: text.messageId, text: "1", unquoted });
    await told.bench.vendor.flush();
    return facts(told, "message.replied").map(({ target, guest }) => `${whom(guest)} ${target === text.messageId ? "quoting" : target === undefined ? "unquoted" : "elsewhere"}`).join("; ");
  },
  "a text to a number that is kept with 12 digits": async (told) => {
    await held(account(told).sendText)({ to: recipient("+5511987650002"), text: "Hello" }, call());
    await told.bench.vendor.flush();
    return `${told.bench.vendor.journal.entries({ act: "text.sent" }).length} shown`;
  },
  "a deletion": async (told) => {
    const receipt = await sent(told);
    await told.bench.vendor.answer({ ...rita, revokeOf: receipt.messageId, target: receipt.messageId });
    await told.bench.vendor.flush();
    return facts(told, "invitation.revoked").map(({ target }) => (target === receipt.messageId ? "it" : "another")).join("; ");
  },
  "how far a card came": async (told) => {
    await told.bench.vendor.answer({ account: ID, chat: zapiDefaults.group, guest: RITA, text: "hello", unquoted: true });
    const { messageId } = await sent(told);
    const reached = facts(told, "invitation.delivered").filter(({ target }) => target === messageId).map(({ reached: how, guest }) => `${how}${guest ? ` ${whom(guest)}` : ""}`);
    return [...new Set([...reached, ...facts(told, "invitation.read").filter(({ target }) => target === messageId).map(({ guest }) => `read${guest ? ` ${whom(guest)}` : ""}`)])].sort().join("; ");
  },
  "who is on WhatsApp": async (told) => JSON.stringify(await Promise.all(["+551187650002", "+5511987650002", `+${NOBODY}`].map(async (phone) => {
    const { exists, guest } = await held(account(told).resolveContact)(person(phone), call());
    return [exists, guest.phone, guest.lid !== undefined];
  }))),
  "a disconnected account": async (told) => {
    told.bench.vendor.setConnection(ID, "lost");
    const result = await ending(() => held(account(told).send)({ to: CHAT, details: full }, call()));
    const { matches } = await held(account(told).findSent)({ to: CHAT, details: full, since: instant("2026-01-01T00:00:00Z") }, call());
    return `${result}; ${matches.length} in the queue; ${(await account(told).probe(call())).status}`;
  },
  "what was missed while disconnected": async (told) => {
    const { messageId } = await sent(told);
    told.bench.vendor.setConnection(ID, "lost");
    await told.bench.vendor.answer({ ...rita, target: messageId, response: "GOING" });
    told.bench.vendor.setConnection(ID, "connected");
    await told.bench.vendor.flush();
    return facts(told, "rsvp").map(({ response }) => response).join("; ");
  },
  "connecting and disconnecting": async (told) => {
    told.bench.vendor.setConnection(ID, "lost");
    told.bench.vendor.setConnection(ID, "connected");
    await told.bench.vendor.flush();
    return facts(told, "account.status").map(({ status, at }) => `${status} ${Math.abs(Date.parse(at) - Date.now()) < 60_000 ? "now" : "at another time"}`).sort().join("; ");
  },
  "a phone that is offline": async (told) => {
    return `${await ending(() => held(account(told).send)({ to: CHAT, details: full }, call()))}; ${(await account(told).probe(call())).status}`;
  },
  "an account that is not paid for": async (told) => {
    return `${await ending(() => held(account(told).send)({ to: CHAT, details: full }, call()))}; ${(await account(told).probe(call())).status}`;
  },
  "no account security token": async (told) => `${await ending(() => held(account(told, { clientToken: undefined }).send)({ to: CHAT, details: full }, call()))}; ${(await account(told, { clientToken: undefined }).probe(call())).status}`,
  "a wrong instance": async (told) => `${await ending(() => held(account(told, { instance: "NOSUCHINSTANCE" }).send)({ to: CHAT, details: full }, call()))}; ${(await account(told, { instance: "NOSUCHINSTANCE" }).probe(call())).status}`,
  "a wrong base URL": async (told) => `${await ending(() => held(account(told, { baseUrl: `${told.bench.vendor.url}/v2` }).send)({ to: CHAT, details: full }, call()))}; ${(await account(told, { baseUrl: `${told.bench.vendor.url}/v2` }).probe(call())).status}`,
  "an edit of an account that has learned": async (told) => {
    const receipt = await sent(told);
    const first = facts(told, "invitation.observed")[0]?.sighting.details;
    const untaught = account(told, { dateTime: undefined });
    await held(untaught.cancel)({ target: targetOf(receipt), details: full }, call());
    await told.bench.vendor.flush();
    const last = facts(told, "invitation.observed").at(-1)?.sighting.details;
    const learned = { ...(first && untaught.learn?.(full, first, "invitation")), ...(last && untaught.learn?.(full, last, "cancel")) };
    const again = await held(account(told, { dateTime: undefined }, learned).send)({ to: CHAT, details: full }, call());
    await told.bench.vendor.flush();
    const edited = await ending(() => held(account(told, { dateTime: undefined }, learned).update)({ target: targetOf(again), details: moved }, call()));
    await told.bench.vendor.flush();
    return [edited, shown(told, "event.created").at(-1)?.split(" | ")[1], shown(told, "event.edited").at(-1)?.split(" | ")[1]].join("; ");
  },
  "webhook set-up": async (told) => ending(async () => {
    const plan = await held(account(told).planWebhooks)({ url: secret(told.bench.url.replace("club", "other")), types: ["rsvp", "invitation.failed"] }, call());
    await held(account(told).applyWebhooks)(plan, call());
  }),
  "a long queue": async (told) => {
    told.bench.vendor.setConnection(ID, "lost");
    for (let index = 0; index < 35; index += 1) await ending(() => held(account(told).sendText)({ to: CHAT, text: `Text ${index}` }, call()));
    await ending(() => held(account(told).send)({ to: CHAT, details: full }, call()));
    return `${(await held(account(told).findSent)({ to: CHAT, details: full, since: instant("2026-01-01T00:00:00Z") }, call())).matches.length} found`;
  },
  "an edit without any webhook": async (told) => {
    const receipt = await sent(told);
    await held(account(told).update)({ target: targetOf(receipt), details: moved }, call());
    await told.bench.vendor.flush();
    return `${shown(told, "event.created").length} cards, ${shown(told, "event.edited").length} edits`;
  },
  "an answer while the receiver is away": async (told) => {
    const { messageId } = await sent(told);
    told.bench.failNext(1);
    await told.bench.vendor.answer({ ...rita, target: messageId, response: "GOING" });
    await told.bench.vendor.flush();
    return facts(told, "rsvp").map(({ response }) => response).join("; ");
  },
  "sending while disconnected, once set up not to queue": async (told) => {
    const quiet = account(told, { queueWhileDisconnected: "disable" });
    await held(quiet.applyWebhooks)(await held(quiet.planWebhooks)({ url: secret(told.bench.url), types: ["rsvp"] }, call()), call());
    told.bench.vendor.setConnection(ID, "lost");
    return ending(() => held(quiet.send)({ to: CHAT, details: full }, call()));
  },
  "refused deliveries": async (told) => {
    await sent(told);
    return told.bench.refused() === 0 ? "none" : "some";
  },
};

/** Chapters that begin with another instance than the others. */
const INSTANCES: Readonly<Record<string, Partial<ZapiInstanceSetup>>> = {
  "a phone that is offline": { smartphoneConnected: false },
  "an account that is not paid for": { suspended: true },
  "an edit without any webhook": { webhooks: {}, notifySentByMe: false },
};

/** The configuration of the story: the reading that the simulator has by default, so that edits are possible. */
export const USUAL = { dateTime: "wallclock-default-br" } as const;

/** Under this name a story keeps what the vendor said, word for word but for ids and times. */
export const WIRE = "wire";

/** Every chapter on a vendor of its own, so that none depends on another. */
export async function tell({ switches = {}, config = {}, instance = {} }: Plot, chapters: readonly string[] = Object.keys(CHAPTERS)): Promise<Story> {
  const entries: [string, string][] = [];
  const wire: string[] = [];
  for (const name of chapters) {
    const all = { ...USUAL, ...config };
    const bench = await startBench({ switches }, { contacts: [OLD], notOnWhatsApp: [NOBODY], groups: [{ phone: zapiDefaults.group, name: "Shift B", participants: [RITA] }], ...instance, ...INSTANCES[name] }, all);
    try {
      entries.push([name, (await CHAPTERS[name]?.({ bench, config: all })) ?? ""]);
    } catch (error) {
      entries.push([name, isMessagingError(error) ? `${error.code} ${error.outcome}` : String(error)]);
    } finally {
      await bench.stop();
      wire.push(...bench.wire());
    }
  }
  return { ...Object.fromEntries(entries), [WIRE]: wire.sort().join("\n") };
}

/** The chapters that two stories tell differently. */
export function differences(one: Story, other: Story): readonly string[] {
  return Object.keys(one).filter((name) => name !== WIRE && one[name] !== other[name]);
}
