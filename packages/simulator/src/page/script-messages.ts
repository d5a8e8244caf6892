/** Part of the page's script: elements, names and times. Text gets into the page as text nodes and attributes only, never as HTML. */
const BASICS = String.raw`
"use strict";
const byId = (id) => document.getElementById(id);
const el = (tag, attributes, ...children) => {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  for (const child of children.flat(Infinity)) if (child !== undefined && child !== "") node.append(child);
  return node;
};
const shownNumber = (id) => (/^\d+(@c\.us)?$/.test(id) ? "+" + id.replace("@c.us", "") : id);
const guestName = (guest) => guest.name || shownNumber(guest.phone);
const personOf = (chat, by) => chat.people.find(({ ids }) => ids.includes(by));
const nameOf = (chat, by) => {
  if (by === undefined) return chat.accountName;
  const person = personOf(chat, by);
  return person === undefined ? shownNumber(by) : guestName(person.guest);
};
const dateOf = (iso) => { const date = new Date(iso); return Number.isNaN(date.getTime()) ? undefined : date; };
const clock = (iso) => { const date = dateOf(iso); return date === undefined ? String(iso) : date.toLocaleTimeString(undefined, { hour: "2-digit", minute: "2-digit" }); };
const dayOf = (iso) => { const date = dateOf(iso); return date === undefined ? String(iso) : date.toLocaleDateString(undefined, { weekday: "short", day: "numeric", month: "short", year: "numeric" }); };
const zoneOf = (iso) => new Intl.DateTimeFormat(undefined, { timeZoneName: "short" }).formatToParts(dateOf(iso)).find(({ type }) => type === "timeZoneName").value;
const period = ({ startsAt, endsAt }) => {
  if (startsAt === undefined) return "No time";
  if (dateOf(startsAt) === undefined) return "Start " + startsAt;
  const end = endsAt === undefined ? "" : " – " + (dayOf(endsAt) === dayOf(startsAt) ? "" : dayOf(endsAt) + ", ") + clock(endsAt);
  return dayOf(startsAt) + ", " + clock(startsAt) + end + " " + zoneOf(startsAt);
};
const WORDS = { GOING: "Going", MAYBE: "Maybe", NOT_GOING: "Not going", UNKNOWN: "No answer" };
/** The answer of each person that counts: his last one. */
const latest = (chat, message) => {
  const answers = new Map();
  for (const answer of message.answers) {
    const person = answer.by === undefined ? undefined : personOf(chat, answer.by);
    answers.set(person === undefined ? String(answer.by) : person.guest.phone, answer);
  }
  return answers;
};
const namesOf = (chat, answers) => answers.map((answer) => nameOf(chat, answer.by) + (answer.extraGuests ? " +" + answer.extraGuests : "")).join(", ");
const summaryOf = (message) => message.shown.title ?? message.shown.question ?? message.shown.text ?? message.kind;
`;

/** Part of the page's script: how each kind of message looks. */
const CARDS = String.raw`
const answersOf = (chat, message) => {
  const all = [...latest(chat, message).values()];
  if (all.length === 0) return undefined;
  const words = [...new Set(["GOING", "MAYBE", "NOT_GOING", ...all.map(({ response }) => response)])];
  const rows = words.flatMap((word) => {
    const those = all.filter(({ response }) => response === word);
    return those.length === 0 ? [] : [el("div", {}, el("dt", {}, (WORDS[word] ?? word) + " (" + those.length + ")"), el("dd", {}, namesOf(chat, those)))];
  });
  const unread = all.filter(({ unreadable }) => unreadable).length;
  return [el("dl", { class: "answers" }, rows), unread > 0 ? el("p", { class: "soft" }, unread + " of them could not be decrypted by the account") : undefined];
};
const eventBody = (chat, message, me) => {
  const { shown } = message;
  const start = dateOf(shown.startsAt);
  const mine = latest(chat, message).get(me?.phone);
  const extra = shown.extraGuestsAllowed ? el("label", { class: "extra" }, "Extra guests", el("input", { type: "number", min: "0", max: "20", value: mine?.extraGuests ?? 0, "data-key": message.messageId + " extra", onchange: (event) => mine && act(chat, { response: mine.response, extraGuests: Number(event.target.value), target: message.messageId }) })) : undefined;
  const choose = (response) => act(chat, { response, target: message.messageId, ...(extra ? { extraGuests: Number(extra.querySelector("input").value) } : {}) });
  const choices = ["GOING", "MAYBE", "NOT_GOING"].map((word) => el("button", { type: "button", "aria-pressed": String(mine?.response === word), "data-answer": word, "data-key": message.messageId + word, onclick: () => choose(word) }, WORDS[word]));
  const open = me !== undefined && !message.canceled && !(message.by !== undefined && personOf(chat, message.by)?.guest.phone === me.phone);
  return [
    el("div", { class: "top" },
      start && el("div", { class: "tile", "aria-hidden": "true" }, el("span", {}, start.toLocaleDateString(undefined, { month: "short" })), el("b", {}, String(start.getDate()))),
      el("div", {},
        message.canceled ? el("span", { class: "label bad" }, "Cancelled") : undefined,
        message.earlier.length > 0 && !message.canceled ? el("span", { class: "label" }, "Edited") : undefined,
        el("p", { class: "title" }, shown.title || "(no title)"),
        el("p", { class: "when", title: shown.startsAt }, period(shown)),
        shown.location ? el("p", { class: "soft" }, "At " + shown.location) : undefined,
        shown.joinLink ? el("p", { class: "soft" }, (shown.call === "voice" ? "Voice call: " : "Video call: ") + shown.joinLink) : undefined)),
    shown.description ? el("p", { class: "description" }, shown.description) : undefined,
    message.earlier.length > 0 ? el("details", {}, el("summary", { "data-key": message.messageId + " earlier" }, "What it said before"), message.earlier.map((before) => el("p", {}, before.title + ", " + period(before) + (before.location ? ", at " + before.location : "")))) : undefined,
    answersOf(chat, message),
    open ? el("fieldset", { class: "do" }, el("legend", { class: "hidden" }, "Answer " + shown.title + " as " + guestName(me)), choices, extra) : undefined,
  ];
};
const pollBody = (chat, message, me) => {
  const { shown } = message;
  const votes = [...latest(chat, message).entries()].map(([who, answer]) => ({ who, answer, options: answer.options ?? [answer.response] }));
  const mine = votes.find(({ who }) => who === me?.phone)?.options ?? [];
  const voters = votes.filter(({ options }) => options.length > 0).length;
  const vote = (label) => act(chat, { vote: mine.includes(label) ? mine.filter((one) => one !== label) : shown.severalAnswers ? [...mine, label] : [label], target: message.messageId });
  const options = (shown.options ?? []).map((label) => {
    const those = votes.filter((each) => each.options.includes(label)).map(({ answer }) => answer);
    return el("li", {}, el("button", { type: "button", disabled: me === undefined, "aria-pressed": String(mine.includes(label)), "data-vote": label, "data-key": message.messageId + " vote " + label, onclick: () => vote(label) },
      el("span", {}, label || "(empty)"), el("b", {}, String(those.length)), el("meter", { min: 0, max: Math.max(1, voters), value: those.length, "aria-hidden": "true" }), those.length > 0 ? el("small", {}, namesOf(chat, those)) : undefined));
  });
  return [el("p", { class: "title" }, shown.question || "(no question)"), el("p", { class: "soft" }, shown.severalAnswers ? "Select one or more" : "Select one"), el("ul", { class: "options" }, options)];
};
const textBody = (_chat, message) => [message.earlier.length > 0 ? el("span", { class: "label" }, "Edited") : undefined, el("p", { class: "text" }, message.shown.text || "(empty message)")];
const BODIES = { event: eventBody, poll: pollBody, text: textBody };
const messageNode = (chat, message, me) => {
  const mine = message.by !== undefined && me !== undefined && personOf(chat, message.by)?.guest.phone === me.phone;
  const quoted = message.shown.replyTo === undefined ? undefined : chat.messages.find(({ messageId }) => messageId === message.shown.replyTo);
  const from = nameOf(chat, message.by);
  return el("li", { class: "message " + message.kind + (mine ? " mine" : "") + (message.canceled ? " canceled" : ""), "data-id": message.messageId, "data-kind": message.kind },
    el("p", { class: mine ? "hidden" : "from" }, from),
    message.revoked
      ? el("p", { class: "revoked" }, "This message was deleted")
      : [message.shown.replyTo === undefined ? undefined : el("p", { class: "quote" }, quoted === undefined ? "A message that is not here" : nameOf(chat, quoted.by) + ": " + summaryOf(quoted)), BODIES[message.kind](chat, message, me)],
    el("div", { class: "foot" }, message.revoked || me === undefined ? undefined : el("button", { type: "button", class: "reply", "aria-label": "Reply to " + summaryOf(message), "data-key": message.messageId + " reply", onclick: () => quote(chat, message.messageId) }, "Reply"),
      el("p", { class: "meta" }, clock(message.at), message.by === undefined ? (message.delivered ? " · delivered" : " · sent") : undefined)));
};
`;

/** What draws messages, in the page's script. */
export const SCRIPT_MESSAGES = BASICS + CARDS;
