import { createHash } from "node:crypto";
import type { GuestStep } from "../guest.js";
import type { JsonObject } from "../json.js";
import { isGroup, serialised } from "./jids.js";
import { chatShown, deviceTime, identityOf, infoOf, lidId, meet, personId, type Identity } from "./people.js";
import { publishAnswer } from "./publish.js";
import { destination } from "./responses.js";
import type { PollContent, StoredMessage, WahaSession, World } from "./state.js";

interface Vote {
  readonly id: string;
  /** The chat as it is spelled while this voter acts. */
  readonly chat: string;
  readonly who: string;
  readonly own: boolean;
  readonly as: Identity;
  readonly lid: string | undefined;
  readonly selected: readonly string[];
  readonly timestampMs: number;
  readonly unreadable: boolean;
}

/** A guest votes. Each vote replaces the guest's vote before; an empty one takes it back. Resolves with the bare id of the vote. */
export const vote = async (world: World, session: WahaSession, poll: StoredMessage, content: PollContent, step: GuestStep, own: boolean): Promise<string> => {
  if (!own) meet(world, session, step.guest);
  const as = own ? "phone" : identityOf(world, poll.chat, step);
  const made: Vote = {
    id: world.ids.phone(),
    chat: own ? poll.chat : chatShown(poll.chat, step.guest, as),
    who: own ? session.me.id : personId(step.guest, as),
    own,
    as,
    lid: lidId(step.guest),
    selected: matching(content.options, step.vote ?? []),
    timestampMs: deviceTime(world, session, own ? session.me.id : step.guest.phone, step.timestampMs),
    unreadable: step.undecryptable === true,
  };
  world.journal.add({
    account: session.name,
    act: "poll.voted",
    chat: poll.chat,
    messageId: made.id,
    target: poll.id,
    ...(own ? {} : { by: made.who }),
    response: made.selected.join(", "),
    shown: { options: made.selected },
    ...(made.unreadable ? { unreadable: true } : {}),
  });
  const selectedOptions = selection(world, made);
  if (selectedOptions !== undefined) {
    const failed = made.unreadable || selectedOptions === null;
    const payload: JsonObject = {
      poll: pollKey(world, session, poll, made),
      vote: SHAPES[world.switches.engine](world, session, poll, made, selectedOptions),
      _data: world.switches.engine === "GOWS" ? { Info: infoOf(world, session, { ...made, guest: step.guest }), Message: { pollUpdateMessage: {} }, Votes: selectedOptions } : {},
    };
    await publishAnswer(world, session, failed ? "poll.vote.failed" : "poll.vote", payload, { chat: made.chat, messageId: made.id, twice: step.twice === true });
  }
  if (made.unreadable && step.thenReadable === true) return vote(world, session, poll, content, { ...step, undecryptable: false }, own);
  return made.id;
};

/** Votes carry hashes of labels: only a label that is byte for byte one of the poll's comes back. */
const matching = (labels: readonly string[], chosen: readonly string[]): readonly string[] => {
  const hash = (label: string): string => createHash("sha256").update(label, "utf8").digest("hex");
  const hashes = new Set(chosen.map(hash));
  return labels.filter((label) => hashes.has(hash(label)));
};

/** `selectedOptions`; undefined when the engine reports nothing at all: NOWEB when it has the poll but cannot decrypt, the browser engines always. */
const selection = (world: World, made: Vote): readonly string[] | null | undefined => {
  const { engine, nowebStore, clearedVote } = world.switches;
  if (made.unreadable) return engine === "GOWS" ? null : engine === "NOWEB" && nowebStore === "lacks-poll" ? [] : undefined;
  return engine === "GOWS" && clearedVote === "null" && made.selected.length === 0 ? null : made.selected;
};

const timeOf = (world: World, made: Vote): { readonly timestamp?: number } => {
  const { voteTimestamp, engine } = world.switches;
  if (voteTimestamp === "missing") return {};
  const seconds = voteTimestamp === "seconds" || (engine === "NOWEB" && made.unreadable);
  return { timestamp: seconds ? Math.floor(made.timestampMs / 1000) : made.timestampMs };
};

/** The poll's key. GOWS rewrites it into the account's own view, unless it does not recognise its own LID. */
const pollKey = (world: World, session: WahaSession, poll: StoredMessage, made: Vote): JsonObject => {
  const group = isGroup(made.chat);
  const { engine, pollId } = world.switches;
  if (engine === "WPP") {
    const participant = group ? made.who : null;
    return { id: serialised({ fromMe: true, chat: made.chat, id: poll.id }), from: group ? made.who : made.chat, fromMe: made.own, to: made.chat, participant };
  }
  if (engine !== "GOWS") {
    return { id: serialised({ fromMe: poll.fromMe, chat: made.chat, id: poll.id }), to: made.chat, from: session.me.id, fromMe: poll.fromMe };
  }
  const self = session.ownId("lid");
  switch (pollId) {
    case "own-view":
      return destination({ fromMe: true, chat: made.chat, id: poll.id, participant: group ? session.me.id : undefined });
    case "lid-chat":
      return destination({ fromMe: true, chat: group ? made.chat : (made.lid ?? made.chat), id: poll.id, participant: group ? self : undefined });
    case "guest-view-lid":
      return destination({ fromMe: false, chat: group ? made.chat : self, id: poll.id, participant: group ? self : undefined });
    case "group-three-parts":
      return { ...destination({ fromMe: true, chat: made.chat, id: poll.id }), from: group ? session.me.id : "me" };
  }
};

type Shape = (world: World, session: WahaSession, poll: StoredMessage, made: Vote, selectedOptions: readonly string[] | null) => JsonObject;

/** The voter sits in different fields on each engine, and only GOWS and NOWEB give a vote an id of its own. */
const SHAPES: Readonly<Record<World["switches"]["engine"], Shape>> = {
  GOWS: (world, _session, _poll, made, selectedOptions) => {
    const participant = isGroup(made.chat) ? made.who : null;
    const id = serialised({ fromMe: made.own, chat: made.chat, id: made.id, participant: participant ?? undefined });
    return { id, from: made.chat, fromMe: made.own, to: participant, participant, selectedOptions, ...timeOf(world, made) };
  },
  NOWEB: (world, _session, _poll, made, selectedOptions) => {
    const group = isGroup(made.chat);
    const id = serialised({ fromMe: made.own, chat: made.chat, id: made.id, participant: group ? made.who : undefined });
    return { id, to: group || made.own ? made.chat : "me", from: made.own ? "me" : made.who, fromMe: made.own, selectedOptions, ...timeOf(world, made) };
  },
  WEBJS: (world, session, poll, made, selectedOptions) => {
    const group = isGroup(made.chat);
    const id = serialised({ fromMe: made.own, chat: made.chat, id: poll.id, participant: group ? made.who : undefined });
    return { id, to: group || made.own ? made.chat : session.me.id, from: made.who, fromMe: made.own, selectedOptions, ...timeOf(world, made) };
  },
  WPP: (world, _session, poll, made, selectedOptions) => {
    const id = serialised({ fromMe: true, chat: made.chat, id: poll.id });
    return { id, from: made.who, fromMe: made.own, to: made.chat, participant: isGroup(made.chat) ? made.who : null, selectedOptions, ...timeOf(world, made) };
  },
};
