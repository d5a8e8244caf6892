import { createMessaging } from "@event-messaging/core";
import {
  fromEpochMs, instant, intersect, isLid, isMessagingError, isPhone, isSupported, messageId, secret, supportOf,
  type Fact, type InvitationDetails, type MessageId, type PollCommand,
} from "@event-messaging/core/driver";
import { waha } from "../src/index.js";
import { GROUP, RITA, SESSION, startBench, to, type Bench } from "./bench.js";
import { keptBy, type Planted } from "./house.js";
import { call } from "./support.js";
import type { WahaSwitches } from "@event-messaging/simulator";

const DIRECT = `+${RITA.phone}`;
const LID = `${RITA.lid}@lid`;
const STRANGER = "351960000999";
const BOTH = [DIRECT, GROUP];
const details: InvitationDetails = { title: "Colour appointment", description: "Please arrive early.", location: { name: "Salon North" }, startsAt: instant("2027-01-01T10:00:00Z"), endsAt: instant("2027-01-01T11:30:00Z"), extraGuestsAllowed: true };
const POLL: Omit<PollCommand, "to"> = { question: "Will you come?", options: ["Going", "Not going"] };
const CHOSEN = messageId("3EB0CAFECAFECAFECAFE01");

/** The facts of one type, as the house keeps them. */
const facts = async <T extends Fact["type"]>(bench: Bench, type: T) => keptBy(bench.planted.keeps ?? "right", await bench.factsOf(type));
const whom = (guest: { readonly phone?: string; readonly lid?: string } | undefined) => (guest?.lid === LID || guest?.phone === DIRECT ? "Rita" : "nobody");
const known = <R extends { readonly messageId: MessageId }>(bench: Bench, receipt: R | undefined): R => {
  if (receipt === undefined) throw new Error("absent");
  bench.knows(receipt.messageId);
  return receipt;
};
const send = async (bench: Bench, chat: string, sent = details) => known(bench, await bench.session.send?.({ to: to(chat), details: sent }, call));
/** One after the other, so that the chats come in one order. */
const sendBoth = async (bench: Bench) => [(await send(bench, DIRECT)).messageId, (await send(bench, GROUP)).messageId];
const poll = async (bench: Bench, chat: string, more: object = {}) => known(bench, await bench.session.sendPoll?.({ to: to(chat), ...POLL, ...more }, call));
const pollBoth = async (bench: Bench) => [(await poll(bench, DIRECT)).messageId, (await poll(bench, GROUP)).messageId];
const script = (bench: Bench, steps: readonly object[]) => {
  for (const chat of BOTH) bench.simulator.script({ account: SESSION, chat: chat.replace("+", ""), steps: steps.map((step) => ({ guest: RITA, ...step })) });
};
const ending = async (work: () => Promise<unknown> | undefined): Promise<string> => {
  try {
    const value = await work();
    return typeof value === "string" ? value : "ok";
  } catch (error) {
    if (isMessagingError(error)) return `${error.code} ${error.outcome}`;
    throw error;
  }
};
const holds = async (bench: Bench, code: "message.chosen-id") => isSupported(supportOf(intersect(waha.capabilities, (await bench.session.probe(call)).capabilities), code, "direct"));
const count = (bench: Bench, act: "event.created" | "poll.created") => bench.simulator.journal.entries({ act }).length;

const CHAPTERS = {
  "cards": async (bench) => [await ending(() => send(bench, DIRECT)), await ending(() => send(bench, GROUP)), ...bench.simulator.journal.entries({ act: "event.created" }).map(({ shown }) => Object.values(shown ?? {}).join(" | "))].join("; "),
  "a card without a title": async (bench) => {
    const untitled = async () => {
      if (bench.planted.isUnchecked === true) return send(bench, DIRECT, { ...details, title: "" });
      const messaging = createMessaging({ providers: [waha], accounts: { salon: { provider: "waha", config: bench.settings } }, tenants: { salon: "salon" }, http: bench.http });
      try {
        return await messaging.forTenant("salon").send({ key: "apt_1", to: DIRECT, title: "", startsAt: details.startsAt });
      } finally {
        await messaging.close();
      }
    };
    return `${(await ending(untitled)).replace(/^[A-Z_]+ /, "")}; ${count(bench, "event.created")} shown`;
  },
  "echoes": async (bench) => {
    const ids = await sendBoth(bench);
    return (await facts(bench, "invitation.observed")).map(({ sighting, fromSelf }) => `${ids.includes(sighting.messageId) ? "it" : "another"} ${sighting.createdBy} ${String(fromSelf)} ${JSON.stringify(sighting.details) === JSON.stringify(details) ? "whole" : JSON.stringify(sighting.details)}`).join("; ");
  },
  "a card whose answer was lost": async (bench) => {
    bench.simulator.faults.add({ operation: "events", fault: "act-then-reset" });
    const told = await ending(() => send(bench, DIRECT));
    const echoed = (await facts(bench, "invitation.observed")).some(({ fromSelf }) => fromSelf === true);
    const found = await bench.session.findSent?.({ to: to(DIRECT), details, since: fromEpochMs(bench.now() - 60_000) }, call);
    return `${told}; ${echoed || found?.matches.length === 1 ? "found" : "lost"}`;
  },
  "answers": async (bench) => {
    script(bench, [{ response: "MAYBE" }, { response: "GOING", extraGuests: 1 }]);
    const ids = await sendBoth(bench);
    const rsvps = await facts(bench, "rsvp");
    return ids.map((target) => rsvps.filter((fact) => fact.target === target).map(({ guest, response, extraGuests }) => `${whom(guest)} ${response} ${extraGuests ?? "-"}`).join(", ")).join("; ");
  },
  "an answer that is taken back": async (bench) => {
    script(bench, [{ response: "GOING" }, { response: "UNKNOWN" }]);
    await send(bench, DIRECT);
    return [...(await facts(bench, "rsvp")).map(({ response }) => response), ...(await facts(bench, "rsvp.unrecognized")).map(({ raw }) => `unrecognised ${raw}`)].join("; ");
  },
  "an answer that cannot be decrypted": async (bench) => {
    script(bench, [{ response: "GOING", undecryptable: true }]);
    const { messageId: target } = await send(bench, GROUP);
    return (await facts(bench, "rsvp.unreadable")).map((fact) => `${whom(fact.guest)} ${fact.target === target ? "to it" : "elsewhere"}`).join("; ");
  },
  "votes": async (bench) => {
    script(bench, [{ vote: ["Not going"] }, { vote: ["Going"] }]);
    const ids = await pollBoth(bench);
    const votes = await facts(bench, "poll.voted");
    return ids.map((id) => votes.filter(({ target }) => target === id).map(({ labels, guest }) => `${whom(guest)} ${labels.join()}`).join(", ")).join("; ");
  },
  "a vote that is taken back": async (bench) => {
    script(bench, [{ vote: ["Going"] }, { vote: [] }]);
    await pollBoth(bench);
    return [...(await facts(bench, "poll.voted")).map(({ labels }) => `[${labels.join()}]`), ...(await facts(bench, "rsvp.unreadable")).map(() => "unreadable")].sort().join("; ");
  },
  "a vote that cannot be decrypted": async (bench) => {
    script(bench, [{ vote: ["Going"], undecryptable: true }]);
    await pollBoth(bench);
    return `${(await facts(bench, "rsvp.unreadable")).length} unreadable`;
  },
  // As core goes: an id is chosen, and the question repeated under it, only where the probe says that the account has it.
  "a question asked again in doubt": async (bench) => {
    bench.simulator.faults.add({ operation: "sendPoll", fault: "act-then-reset" });
    const more = (await holds(bench, "message.chosen-id")) ? { messageId: CHOSEN } : {};
    const ends = [await ending(() => poll(bench, DIRECT, more))];
    if ("messageId" in more) ends.push(await ending(async () => ((await poll(bench, DIRECT, more)).messageId === CHOSEN ? "its id" : "another id")));
    await bench.simulator.flush();
    return [...ends, `${count(bench, "poll.created")} polls`].join("; ");
  },
  "a quoting reply": async (bench) => {
    const sent = await bench.session.sendText?.({ to: to(DIRECT), text: "1, 2 or 3?" }, call);
    await bench.simulator.answer({ account: SESSION, chat: RITA.phone, guest: RITA, text: "1", target: String(sent?.messageId) });
    return (await facts(bench, "message.replied")).map(({ target, guest, text }) => `${whom(guest)} ${text} ${target === undefined ? "unquoted" : target === sent?.messageId ? "quoting it" : "elsewhere"}`).join("; ");
  },
  "how far a card came": async (bench) => {
    script(bench, [{ response: "GOING" }]);
    const ids = await sendBoth(bench);
    const came = [...(await facts(bench, "invitation.delivered")).map((fact) => ({ ...fact, far: fact.reached })), ...(await facts(bench, "invitation.read")).map((fact) => ({ ...fact, far: "read" }))];
    return ids.map((id) => came.filter(({ target }) => target === id).map(({ far, guest }) => `${far}${guest ? ` ${whom(guest)}` : ""}`).sort().join(", ")).join("; ");
  },
  "a card to a Brazilian number": async (bench) => {
    const { recipient } = await send(bench, "+5511987650001");
    return recipient ?? "as written";
  },
  "who is on WhatsApp": async (bench) => JSON.stringify(await Promise.all([DIRECT, LID, `+${STRANGER}`].map(async (contact) => (isPhone(contact) || isLid(contact) ? bench.session.resolveContact?.(contact, call) : undefined)))),
  "the LID of somebody who answered": async (bench) => {
    bench.simulator.script({ account: SESSION, chat: RITA.phone, steps: [{ guest: RITA, response: "GOING", as: "lid" }] });
    await send(bench, DIRECT);
    await bench.simulator.flush();
    return isLid(LID) ? JSON.stringify(await bench.session.resolveContact?.(LID, call)) : "";
  },
  "the probe": async (bench) => {
    const { status, engine, version, capabilities } = await bench.session.probe(call);
    const absent = Object.entries(capabilities).filter(([, entry]) => entry !== undefined && "support" in entry && entry.support === "absent").map(([code]) => code).sort();
    return `${status} ${engine ?? "-"} ${version ?? "-"} without ${absent.join() || "nothing"}`;
  },
  "the account's check": async (bench) => (await bench.session.inspect?.(call) ?? []).map(({ code }) => code).sort().join(),
  "webhook set-up": async (bench) => ending(async () => {
    const plan = await bench.session.planWebhooks?.({ url: secret(bench.hooks), types: ["rsvp", "invitation.read"] }, call);
    if (plan) await bench.session.applyWebhooks?.(plan, call);
  }),
  "waiting for the QR code": async (bench) => {
    bench.simulator.putSession({ name: SESSION, paired: false, status: "SCAN_QR_CODE" });
    return (await facts(bench, "account.status")).map(({ status, reason }) => `${status}${reason.includes("scan the QR code") ? ", to be scanned" : ""}`).join("; ");
  },
} as const satisfies Readonly<Record<string, (bench: Bench) => Promise<string>>>;

export type Chapter = keyof typeof CHAPTERS;

/** One server, one configuration, and who may stand in the adapter's way. */
export interface Plot {
  readonly switches?: Partial<WahaSwitches>;
  readonly config?: { readonly session?: string; readonly [name: string]: unknown };
  readonly planted?: Planted;
}

/** How a chapter ends for the account's user, on a server of its own: in words that two tellings can be compared by. */
export async function tell(chapter: Chapter, { switches = {}, config = {}, planted }: Plot = {}): Promise<string> {
  const lids = chapter === "the LID of somebody who answered" ? [] : [{ lid: RITA.lid, pn: RITA.phone }];
  const bench = await startBench({ switches }, { name: config.session ?? SESSION, lids, absent: [STRANGER] }, config, planted);
  try {
    return await ending(() => CHAPTERS[chapter](bench));
  } finally {
    await bench.stop();
  }
}
