/** The rest of the page's script: which chat and whose phone is shown, acting, and keeping up with the simulator. */
export const SCRIPT_LIVE = String.raw`
const state = { chats: [], chosen: undefined, phones: new Map(), added: new Map(), quoting: new Map(), drafts: new Map(), drawn: new Map() };
const keyOf = (chat) => chat.account + "\n" + chat.chat;
const current = () => state.chats.find((chat) => keyOf(chat) === state.chosen);
const meIn = (chat) => (chat.people.find(({ guest }) => guest.phone === state.phones.get(keyOf(chat))) ?? chat.people[0])?.guest;
const titleOf = (chat) => chat.name ?? (chat.direct && chat.people.length > 0 ? guestName(chat.people[0].guest) : shownNumber(chat.chat));
const say = (text, bad) => { byId("status").textContent = text; byId("status").className = bad ? "bad" : ""; };

const post = async (path, body) => {
  const response = await fetch(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.error ?? "the simulator answered " + response.status);
  return answer;
};
/** The guest whose phone this is does something. */
const act = async (chat, step) => {
  const me = meIn(chat);
  try {
    await post("__sim/answers", { account: chat.account, chat: chat.chat, guest: me, ...step });
    say(step.text !== undefined ? guestName(me) + " wrote." : step.vote !== undefined ? guestName(me) + (step.vote.length > 0 ? " voted " + step.vote.join(", ") : " took the vote back") + "." : guestName(me) + " answered " + (WORDS[step.response] ?? step.response) + ".");
  } catch (error) {
    say("Refused: " + error.message, true);
  }
  return refresh();
};
const quote = (chat, messageId) => { state.quoting.set(keyOf(chat), messageId); draw(); byId("text").focus(); };

const drawNav = () => {
  const several = new Set(state.chats.map(({ account }) => account)).size > 1;
  byId("chats").replaceChildren(...state.chats.map((chat) => {
    const last = chat.messages.at(-1);
    return el("li", {}, el("button", { type: "button", "aria-current": keyOf(chat) === state.chosen && "true", "data-key": "chat " + keyOf(chat), onclick: () => choose(chat) },
      el("b", {}, titleOf(chat)), el("small", {}, (several ? chat.account + " · " : "") + (last === undefined ? "" : summaryOf(last)))));
  }));
};
const choose = (chat) => { state.drafts.set(state.chosen, byId("text").value); state.chosen = keyOf(chat); byId("text").value = state.drafts.get(state.chosen) ?? ""; state.drawn.clear(); say(""); draw(true); };
const drawHead = (chat, me) => {
  byId("name").textContent = titleOf(chat);
  byId("about").textContent = (chat.direct ? "Direct chat" : "Group") + " " + chat.chat + " with " + chat.accountName + " (" + chat.account + ")";
  byId("who").replaceChildren(...chat.people.map(({ guest }) => el("option", { value: guest.phone, selected: guest.phone === me?.phone }, guestName(guest))), ...(chat.direct ? [] : [el("option", { value: "" }, "Somebody else…")]));
  const target = chat.messages.find(({ messageId }) => messageId === state.quoting.get(keyOf(chat)));
  byId("quoting").hidden = target === undefined;
  byId("quoted").textContent = target === undefined ? "" : "Replying to " + nameOf(chat, target.by) + ": " + summaryOf(target);
};
/** Draws anew only what has changed, and keeps the focus where it was. */
const draw = (toEnd) => {
  const focused = document.activeElement?.getAttribute("data-key");
  const chat = current();
  byId("empty").hidden = chat !== undefined;
  for (const id of ["head", "compose"]) byId(id).hidden = chat === undefined;
  drawNav();
  if (chat !== undefined) {
    const me = meIn(chat);
    drawHead(chat, me);
    const scroll = byId("scroll");
    const atEnd = toEnd || scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
    let day;
    const nodes = chat.messages.flatMap((message) => {
      const print = JSON.stringify([message, me, chat.people, chat.accountName, chat.messages.find(({ messageId }) => messageId === message.shown.replyTo)?.shown]);
      const drawn = state.drawn.get(message.messageId);
      const node = drawn?.print === print ? drawn.node : messageNode(chat, message, me);
      state.drawn.set(message.messageId, { print, node });
      const first = dayOf(message.at) !== day;
      day = dayOf(message.at);
      return first ? [el("li", { class: "day" }, day), node] : [node];
    });
    byId("messages").replaceChildren(...nodes);
    if (atEnd) scroll.scrollTop = scroll.scrollHeight;
  }
  if (focused && document.activeElement === document.body) [...document.querySelectorAll("[data-key]")].find((node) => node.getAttribute("data-key") === focused)?.focus({ preventScroll: true });
};

let asked = 0;
const refresh = async () => {
  const mine = ++asked;
  const response = await fetch("__sim/chats");
  const chats = await response.json();
  if (mine !== asked) return;
  for (const chat of chats) {
    const added = (state.added.get(keyOf(chat)) ?? []).filter((guest) => !chat.people.some((person) => person.guest.phone === guest.phone));
    chat.people.push(...added.map((guest) => ({ guest, ids: [guest.phone] })));
  }
  state.chats = chats;
  const first = current() === undefined;
  if (first) state.chosen = chats[0] === undefined ? undefined : keyOf(chats[0]);
  draw(first);
};
let waiting;
const refreshSoon = () => { waiting ??= setTimeout(() => { waiting = undefined; refresh().catch(() => {}); }, 60); };

byId("who").addEventListener("change", (event) => {
  const other = event.target.value === "";
  byId("add").hidden = !other;
  if (other) byId("phone").focus();
  else { state.phones.set(state.chosen, event.target.value); draw(); }
});
byId("add").addEventListener("submit", (event) => {
  event.preventDefault();
  const phone = byId("phone").value.replace(/\D/g, "");
  if (phone === "") return say("A phone number with country code is needed.", true);
  const name = byId("guestname").value.trim();
  state.added.set(state.chosen, [...(state.added.get(state.chosen) ?? []), name === "" ? { phone } : { phone, name }]);
  state.phones.set(state.chosen, phone);
  byId("add").reset();
  byId("add").hidden = true;
  refresh().then(() => byId("who").focus());
});
byId("compose").addEventListener("submit", (event) => {
  event.preventDefault();
  const chat = current();
  const text = byId("text").value;
  if (text.trim() === "") return;
  const target = state.quoting.get(state.chosen);
  state.quoting.delete(state.chosen);
  byId("text").value = "";
  act(chat, target === undefined ? { text, unquoted: true } : { text, target });
});
byId("unquote").addEventListener("click", () => { state.quoting.delete(state.chosen); draw(); byId("text").focus(); });
byId("log").open = matchMedia("(min-width: 65.01rem)").matches;

const live = new EventSource("__sim/live");
live.onopen = () => { byId("live").textContent = "Live"; byId("live").setAttribute("data-on", ""); };
live.onerror = () => { byId("live").textContent = "Not connected"; byId("live").removeAttribute("data-on"); };
live.onmessage = (event) => {
  const { line, bad } = JSON.parse(event.data);
  const lines = byId("lines");
  lines.prepend(el("li", { class: bad ? "bad" : undefined }, line));
  while (lines.childElementCount > 300) lines.lastElementChild.remove();
  refreshSoon();
};
refresh().catch((error) => say("The simulator does not answer: " + error.message, true));
`;
