import { fromEpochMs, instant, isLid, isMessagingError, isPhone, messageId, secret, type Fact, type InvitationDetails, type PollCommand } from "@event-messaging/core/driver";
import type { WahaOptions } from "@event-messaging/simulator";
import { GROUP, RITA, SESSION, startBench, to, type Bench } from "./bench.js";
import { call } from "./support.js";

/** What an account's user sees of one server, chapter by chapter, in words that two runs can be compared by. */
export type Story = Readonly<Record<string, string>>;
export type Plot = { readonly switches?: WahaOptions["switches"]; readonly config?: object };

const DIRECT = `+${RITA.phone}`;
const details: InvitationDetails = { title: "Colour appointment", description: "Please arrive early.", location: { name: "Salon North" }, startsAt: instant("2027-01-01T10:00:00Z"), endsAt: instant("2027-01-01T11:30:00Z"), extraGuestsAllowed: true };
const POLL: Omit<PollCommand, "to"> = { question: "Will you come?", options: ["Going", "Not going"] };
const CHOSEN = messageId("3EB0CAFECAFECAFECAFE01");
const BOTH = [DIRECT, GROUP];

const facts = async <T extends Fact["type"]>(bench: Bench, type: T) => {
  const seen = new Map((await bench.factsOf(type)).map((fact) => [`${fact.source} ${fact.edition ?? ""}`, fact]));
  const ms = (time: string | undefined) => Date.parse(time ?? "2000-01-01T00:00:00Z");
  return [...seen.values()].sort((a, b) => ms(a.at) - ms(b.at) || ms(a.guestAt) - ms(b.guestAt));
};
const whom = (guest: { readonly phone?: string; readonly lid?: string } | undefined) => (guest?.lid === `${RITA.lid}@lid` || guest?.phone === DIRECT ? "Rita" : "nobody");
const send = async (bench: Bench, chat: string) => {
  const receipt = await bench.session.send?.({ to: to(chat), details }, call);
  if (receipt === undefined) throw new Error("absent");
  return receipt;
};
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
const polled = async (bench: Bench) => Promise.all(BOTH.map(async (chat) => (await bench.session.sendPoll?.({ to: to(chat), ...POLL }, call))?.messageId));

const CHAPTERS: Readonly<Record<string, (bench: Bench) => Promise<string>>> = {
  "cards": async (bench) => [...(await Promise.all(BOTH.map((chat) => ending(() => send(bench, chat))))), ...bench.simulator.journal.entries({ act: "event.created" }).map(({ shown }) => Object.values(shown ?? {}).join(" | "))].join("; "),
  "echoes": async (bench) => {
    const ids = [(await send(bench, DIRECT)).messageId, (await send(bench, GROUP)).messageId];
    return (await facts(bench, "invitation.observed")).map(({ sighting, fromSelf }) => `${ids.includes(sighting.messageId) ? "it" : "another"} ${sighting.createdBy} ${String(fromSelf)} ${JSON.stringify(sighting.details) === JSON.stringify(details) ? "whole" : JSON.stringify(sighting.details)}`).join("; ");
  },
  "answers": async (bench) => {
    script(bench, [{ response: "MAYBE" }, { response: "GOING", extraGuests: 1 }]);
    const ids = [(await send(bench, DIRECT)).messageId, (await send(bench, GROUP)).messageId];
    const rsvps = await facts(bench, "rsvp");
    return ids.map((target) => rsvps.filter((fact) => fact.target === target).sort((a, b) => (a.guestAt ?? "").localeCompare(b.guestAt ?? "")).map(({ guest, response, extraGuests }) => `${whom(guest)} ${response} ${extraGuests ?? "-"}`).join(", ")).join("; ");
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
    const ids = await polled(bench);
    const votes = await facts(bench, "poll.voted");
    return ids.map((id) => votes.filter(({ target }) => target === id).map(({ labels, guest }) => `${whom(guest)} ${labels.join()}`).join(", ")).join("; ");
  },
  "a vote that is taken back": async (bench) => {
    script(bench, [{ vote: ["Going"] }, { vote: [] }]);
    await polled(bench);
    return [...(await facts(bench, "poll.voted")).map(({ labels }) => `[${labels.join()}]`), ...(await facts(bench, "rsvp.unreadable")).map(() => "unreadable")].sort().join("; ");
  },
  "a vote that cannot be decrypted": async (bench) => {
    script(bench, [{ vote: ["Going"], undecryptable: true }]);
    await polled(bench);
    return `${(await facts(bench, "rsvp.unreadable")).length} unreadable`;
  },
  "a poll sent twice under one id": async (bench) => {
    if (CHOSEN === undefined) return "";
    const ids = [];
    for (let time = 0; time < 2; time += 1) ids.push(await ending(async () => (await bench.session.sendPoll?.({ to: to(DIRECT), ...POLL, messageId: CHOSEN }, call))?.messageId === CHOSEN ? "chosen id" : "another id"));
    await bench.simulator.flush();
    return [...ids, `${bench.simulator.journal.entries({ act: "poll.created" }).length} polls`].join("; ");
  },
  "a quoting reply": async (bench) => {
    const sent = await bench.session.sendText?.({ to: to(DIRECT), text: "1, 2 or 3?" }, call);
    await bench.simulator.answer({ account: SESSION, chat: RITA.phone, guest: RITA, text: "1", target: String(sent?.messageId) });
    return (await facts(bench, "message.replied")).map(({ target, guest, text }) => `${whom(guest)} ${text} ${target === undefined ? "unquoted" : target === sent?.messageId ? "quoting it" : "elsewhere"}`).join("; ");
  },
  "how far a card came": async (bench) => {
    script(bench, [{ response: "GOING" }]);
    const ids = [(await send(bench, DIRECT)).messageId, (await send(bench, GROUP)).messageId];
    const delivered = await facts(bench, "invitation.delivered");
    const read = await facts(bench, "invitation.read");
    return ids.map((id) => [...delivered.filter(({ target }) => target === id).map(({ reached, guest }) => `${reached}${guest ? ` ${whom(guest)}` : ""}`), ...read.filter(({ target }) => target === id).map(({ guest }) => `read${guest ? ` ${whom(guest)}` : ""}`)].sort().join(", ")).join("; ");
  },
  "a card to a Brazilian number": async (bench) => {
    const receipt = await bench.session.send?.({ to: to("+5511987650001"), details }, call);
    return receipt?.recipient ?? "as written";
  },
  "who is on WhatsApp": async (bench) => JSON.stringify(await Promise.all([DIRECT, `${RITA.lid}@lid`, "+351960000999"].map(async (contact) => (isPhone(contact) || isLid(contact) ? bench.session.resolveContact?.(contact, call) : undefined)))),
  "the LID of somebody who answered": async (bench) => {
    bench.simulator.script({ account: SESSION, chat: RITA.phone, steps: [{ guest: RITA, response: "GOING", as: "lid" }] });
    await send(bench, DIRECT);
    await bench.simulator.flush();
    const lid = `${RITA.lid}@lid`;
    return isLid(lid) ? JSON.stringify(await bench.session.resolveContact?.(lid, call)) : "";
  },
  "looking for a send": async (bench) => {
    const { messageId: id } = await send(bench, DIRECT);
    await bench.simulator.flush();
    return `${((await bench.session.findSent?.({ to: to(DIRECT), details, since: fromEpochMs(Date.now() - 60_000) }, call))?.matches ?? []).filter((match) => match.messageId === id).length} found`;
  },
  "the probe": async (bench) => {
    const { status, engine, version, capabilities } = await bench.session.probe(call);
    const absent = Object.entries(capabilities).filter(([, entry]) => entry !== undefined && "support" in entry && entry.support === "absent").map(([code]) => code).sort();
    return `${status} ${engine ?? "-"} ${version ?? "-"} without ${absent.join() || "nothing"}`;
  },
  "webhook set-up": async (bench) => ending(async () => {
    const plan = await bench.session.planWebhooks?.({ url: secret(bench.hooks), types: ["rsvp", "invitation.read"] }, call);
    if (plan) await bench.session.applyWebhooks?.(plan, call);
  }),
};

/** Every chapter on a server of its own, so that none depends on another. */
export async function tell({ switches = {}, config = {} }: Plot, chapters: readonly string[] = Object.keys(CHAPTERS)): Promise<Story> {
  const entries: [string, string][] = [];
  const wire: string[] = [];
  for (const name of chapters) {
    const bench = await startBench({ switches }, { lids: name === "the LID of somebody who answered" ? [] : [{ lid: RITA.lid, pn: RITA.phone }], absent: ["351960000999"] }, config);
    try {
      entries.push([name, (await CHAPTERS[name]?.(bench)) ?? ""]);
    } catch (error) {
      entries.push([name, isMessagingError(error) ? `${error.code} ${error.outcome}` : String(error)]);
    } finally {
      await bench.stop();
      wire.push(bench.wire());
    }
  }
  return { ...Object.fromEntries(entries), [WIRE]: wire.join("\n") };
}

/** Under this name a story keeps what the server said, word for word but for ids and times. */
export const WIRE = "wire";

/** The chapters that two stories tell differently. */
export function differences(one: Story, other: Story): readonly string[] {
  return Object.keys(one).filter((name) => name !== WIRE && one[name] !== other[name]);
}
