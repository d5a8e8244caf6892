/** Replaces one piece of the page, and fails when it is not there: a plant that plants nothing would prove nothing. */
const instead = (piece, other) => (html) => {
  if (html.split(piece).length !== 2) throw new Error(`the page does not hold exactly once: ${piece}`);
  return html.replace(piece, () => other);
};

/** Defects of the page, each with the simulator on which, and the step at which, it must be noticed; `small` ones are tried in every run. */
export const PLANTS = [
  { name: "texts are put in as HTML", small: true, at: "an event appears by itself", on: "waha", plant: instead("node.append(child);", 'typeof child === "string" ? node.insertAdjacentHTML("beforeend", child) : node.append(child);') },
  { name: "a click does nothing", small: true, at: "Going with two extra guests: the click reaches the journal and the card", on: "waha", plant: instead('await post("__sim/answers", ', "await Promise.resolve(") },
  { name: "nothing is updated live", at: "the page is live", on: "waha", plant: instead('new EventSource("__sim/live")', "{}") },
  { name: "extra guests are not sent", at: "Going with two extra guests: the click reaches the journal and the card", on: "waha", plant: instead("extraGuests: Number(extra.querySelector", "none: Number(extra.querySelector") },
  { name: "the answers are no buttons", at: "Going with two extra guests: the click reaches the journal and the card", on: "waha", plant: instead('.map((word) => el("button", {', '.map((word) => el("div", {') },
  { name: "a reply quotes nothing", at: "a text is answered with a quote", on: "waha", plant: instead("target === undefined ? { text, unquoted: true } : { text, target }", "{ text, unquoted: true }") },
  { name: "too wide for a phone", at: "every button has a name, everything fits, and can be read", on: "zapi", plant: instead("#empty {", "#messages { min-width: 1300px; } #empty {") },
  { name: "a cancellation is not shown", at: "a cancellation crosses the card out and takes the buttons away", on: "zapi", plant: instead('message.canceled ? el("span", { class: "label bad" }, "Cancelled") : undefined', "undefined") },
  { name: "an edit is not shown", at: "an edit shows the new card and keeps the old one to look up", on: "zapi", plant: instead('el("p", { class: "title" }, shown.title || "(no title)")', 'el("p", { class: "title" }, (message.earlier[0] ?? shown).title)') },
  { name: "the first guest answers for everybody", at: "three guests answer, each on his own phone", on: "zapi", plant: instead("chat.people.find(({ guest }) => guest.phone === state.phones.get(keyOf(chat))) ?? chat.people[0]", "chat.people[0]") },
  { name: "text too pale to read", at: "every button has a name, everything fits, and can be read", on: "zapi", plant: instead("--text: #14191c;", "--text: #b9b9b9;") },
];
