import { ControlError } from "../control-error.js";
import type { EventChange, MemberEvent, MemberPoll, SimGuest } from "../guest.js";
import { eventContent, received } from "./callbacks.js";
import { pollContent } from "./contents.js";
import { shownCard } from "./events.js";
import { chatKey, samePerson, spell } from "./people.js";
import type { EventCard, StoredMessage, ZapiInstance, ZapiPerson } from "./state.js";
import type { ZapiSwitches } from "./switches.js";
import type { ZapiWorld } from "./world.js";

const personFrom = ({ phone, lid, name }: SimGuest): ZapiPerson => ({ phone, ...(lid === undefined ? {} : { lid }), ...(name === undefined ? {} : { name }) });
const formFrom = (as: "phone" | "lid" | undefined) => (as === undefined ? undefined : as === "lid" ? ("lid" as const) : ("number" as const));

/** A member of a group (or the other side of a direct chat) creates an event of his own. */
export function createMemberEvent(world: ZapiWorld, instance: ZapiInstance, event: MemberEvent): { readonly messageId: string } {
  const chat = chatKey(instance, event.chat);
  const { guest, description, location } = event;
  const author = personFrom(guest);
  const card: EventCard = {
    name: event.title,
    startsAt: Math.floor(event.startsAtMs / 1000),
    canceled: false,
    ...(description === undefined ? {} : { description }),
    ...(location === undefined ? {} : { location }),
  };
  const form = formFrom(event.as);
  const messageId = world.ids.hex32();
  instance.messages.set(messageId, { id: messageId, chat, author, content: { kind: "event", card }, revoked: false, answers: new Map() });
  world.journal.add({ account: instance.id, act: "event.created", chat, messageId, by: spell(author, form ?? world.switches.personForm), shown: shownCard(card) });
  void world.post(instance, [received(world, instance, { chat, messageId, author, form, content: eventContent(world.switches, card) })]);
  return { messageId };
}

/** A member of a chat creates a poll of his own. */
export function createMemberPoll(world: ZapiWorld, instance: ZapiInstance, poll: MemberPoll): { readonly messageId: string } {
  const chat = chatKey(instance, poll.chat);
  const author = personFrom(poll.guest);
  const form = formFrom(poll.as);
  const content = { kind: "poll", question: poll.question, options: poll.options, maxOptions: poll.severalAnswers === true ? 0 : 1 } as const;
  const messageId = world.ids.hex32();
  instance.messages.set(messageId, { id: messageId, chat, author, content, revoked: false, answers: new Map() });
  const shown = { question: poll.question, options: poll.options, ...(poll.severalAnswers === true ? { severalAnswers: true } : {}) };
  world.journal.add({ account: instance.id, act: "poll.created", chat, messageId, by: spell(author, form ?? world.switches.personForm), shown });
  void world.post(instance, [received(world, instance, { chat, messageId, author, form, content: pollContent(content) })]);
  return { messageId };
}

/** Whoever created an event changes or cancels it on his phone: told like an edit through the API, but not `fromApi`; the account's own only when own messages are echoed. */
export function changeOnPhone(
  world: ZapiWorld,
  instance: ZapiInstance,
  event: StoredMessage | undefined,
  { author, form }: { readonly author: ZapiPerson | undefined; readonly form: ZapiSwitches["personForm"] | undefined },
  { title, startsAtMs, ...rest }: EventChange,
): { readonly messageId: string } {
  if (event?.content.kind !== "event") throw new ControlError("there is no event in this chat", 404);
  const isCreator = author === undefined || event.author === undefined ? author === event.author : samePerson(author, event.author);
  if (!isCreator) throw new ControlError("only its creator can change an event", 409);
  const card: EventCard = { ...event.content.card, ...rest, ...(title === undefined ? {} : { name: title }), ...(startsAtMs === undefined ? {} : { startsAt: Math.floor(startsAtMs / 1000) }) };
  event.content = { kind: "event", card };
  event.lastEditId = world.ids.hex32();
  const by = author === undefined ? {} : { by: spell(author, form ?? world.switches.personForm) };
  world.journal.add({ account: instance.id, act: card.canceled ? "event.canceled" : "event.edited", chat: event.chat, messageId: event.lastEditId, target: event.id, ...by, shown: shownCard(card), detail: "on the phone" });
  const messageId = world.switches.editedEventId === "original" ? event.id : event.lastEditId;
  const told = received(world, instance, { chat: event.chat, messageId, author, form, isEdit: world.switches.editedEventFlag === "is-edit", content: eventContent(world.switches, card) });
  if (author !== undefined || instance.notifySentByMe) void world.post(instance, [told]);
  return { messageId: event.lastEditId };
}
