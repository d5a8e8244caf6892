import { ControlError } from "../control-error.js";
import type { Answer, GuestStep } from "../guest.js";
import { acknowledge, amend, write } from "./incoming.js";
import { isGroup } from "./jids.js";
import { lidId, phoneId, spelled } from "./people.js";
import { changeOnPhone, showPresence } from "./phone-acts.js";
import { respond } from "./responses.js";
import type { Content, StoredMessage, WahaSession, World } from "./state.js";
import { vote } from "./votes.js";

/** Runs the chat's script for a card of the account: steps in order, those with a delay on their own. */
export const react = async (world: World, session: WahaSession, card: StoredMessage): Promise<void> => {
  for (const step of world.guests.stepsFor(session.name, card.chat)) {
    if (kindOf(step) !== card.content.kind) continue;
    const act = async (): Promise<void> => {
      await perform(world, session, card, step, false);
    };
    if (step.afterMs === undefined) await act();
    else world.timers.after(step.afterMs, act);
  }
};

const kindOf = (step: GuestStep): Content["kind"] | undefined => (step.response !== undefined ? "event" : step.vote !== undefined ? "poll" : step.text !== undefined ? "text" : undefined);

const perform = (world: World, session: WahaSession, card: StoredMessage, step: GuestStep, own: boolean): Promise<string> => {
  if (step.response !== undefined) {
    if (card.content.kind !== "event") throw new ControlError("response: the target is no event");
    return respond(world, session, card, step, own);
  }
  if (step.vote !== undefined) {
    if (card.content.kind !== "poll") throw new ControlError("vote: the target is no poll");
    return vote(world, session, card, card.content, step, own);
  }
  if (step.text === undefined) throw new ControlError("one of response, vote, text, ack, revokeOf is needed");
  return write(world, session, card.chat, step, step.text, card);
};

/** A guest, or the owner on his phone, acts now. Resolves with the bare id of what he sent. */
export const answerNow = async (world: World, session: WahaSession, answer: Answer): Promise<string> => {
  const chats = chatsOf(answer);
  if (answer.presence !== undefined) return showPresence(world, session, answer, answer.presence);
  const amended = answer.editOf ?? answer.revokeOf;
  if (amended !== undefined) return amend(world, session, known(session, amended), answer);
  const quoting = answer.text !== undefined && (answer.unquoted === true || (answer.target === undefined && newest(session, chats, undefined) === undefined));
  if (quoting) return write(world, session, spelled(answer.chat), answer, answer.text ?? "", undefined);
  const card = answer.target === undefined ? newest(session, chats, answer.change !== undefined ? "event" : answer.text === undefined ? kindOf(answer) : undefined) : known(session, answer.target);
  if (card === undefined) throw new ControlError("nothing in this chat to answer", 404);
  if (answer.change !== undefined) return changeOnPhone(world, session, card, answer, answer.change);
  if (answer.ack === undefined) return perform(world, session, card, answer, answer.own === true);
  world.journal.add({
    account: session.name,
    act: answer.ack < 0 ? "message.failed" : "message.delivered",
    chat: card.chat,
    messageId: card.id,
    ...(isGroup(card.chat) ? { by: phoneId(answer.guest) } : {}),
    detail: `ack ${answer.ack}`,
  });
  await acknowledge(world, session, card, answer.ack, answer);
  return card.id;
};

/** A direct chat may be stored under either identity of its guest. */
const chatsOf = (answer: Answer): readonly string[] => {
  const chat = spelled(answer.chat);
  if (isGroup(chat) || answer.own === true) return [chat];
  return [chat, phoneId(answer.guest), lidId(answer.guest) ?? chat];
};

const known = (session: WahaSession, id: string): StoredMessage => {
  const message = session.messages.get(id);
  if (message === undefined) throw new ControlError(`no message ${id} in session ${session.name}`, 404);
  return message;
};

/** The newest own card of that kind; without a kind, the newest own message of any. Only then what others sent. */
const newest = (session: WahaSession, chats: readonly string[], kind: Content["kind"] | undefined): StoredMessage | undefined => {
  const fitting = [...session.messages.values()].filter((message) => chats.includes(message.chat) && (kind === undefined ? message.fromMe : message.content.kind === kind));
  return fitting.filter((message) => message.fromMe).at(-1) ?? fitting.at(-1);
};
