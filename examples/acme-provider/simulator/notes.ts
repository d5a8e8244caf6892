import { record, type Somebody, type Wire, type World } from "./world.js";

/** Something that happens in a line's chats and that Acme tells of. */
export type Happening =
  | { readonly what: "guest.replied"; readonly about: string; readonly from: Somebody; readonly word?: string; readonly companions?: number | undefined; readonly sealed?: "waiting" | "lost" }
  | { readonly what: "guest.picked"; readonly about: string; readonly from: Somebody; readonly labels: readonly string[] }
  | { readonly what: "guest.wrote"; readonly chat: string; readonly from: Somebody; readonly text: string; readonly quoting?: string }
  | { readonly what: "card.seen"; readonly about: string }
  | { readonly what: "member.card"; readonly chat: string; readonly from: Somebody; readonly card: Wire }
  | { readonly what: "card.landed" | "card.opened" | "card.bounced"; readonly about: string; readonly from: Somebody }
  | { readonly what: "line.changed"; readonly state: "up" | "down" }
  | { readonly what: "weather.report" };

/** What Acme posts about it: always a list, and a pulse of the line comes first. */
export function notesOf(world: World, line: string, happening: Happening): readonly Wire[] {
  const nowMs = world.nowMs();
  const note = (what: string, more: Wire): Wire => ({ line, what, when: (nowMs / 1000).toFixed(3), ...more });
  return [note("line.pulse", { beat: world.deeds.length }), told(world, line, happening, note)];
}

function told(world: World, line: string, happening: Happening, note: (what: string, more: Wire) => Wire): Wire {
  const { what } = happening;
  switch (what) {
    case "guest.replied": return note(what, { stanza: world.nextStanza(), about: happening.about, from: happening.from, word: happening.word, companions: happening.companions, sealed: happening.sealed });
    case "guest.picked": {
      const choices = world.messages.get(happening.about)?.choices;
      const picked = (Array.isArray(choices) ? choices : []).map(record).filter(({ label }) => happening.labels.some((each) => each === label)).map(({ no }) => no);
      return note(what, { stanza: world.nextStanza(), about: happening.about, from: happening.from, choices, picked });
    }
    case "guest.wrote": return note(what, { stanza: world.nextStanza(), chat: happening.chat, from: happening.from, text: happening.text, quoting: happening.quoting });
    case "card.seen": {
      const message = world.messages.get(happening.about);
      return note(what, { stanza: happening.about, about: happening.about, chat: message?.chat, card: message?.card, mine: message?.mine, struck: message?.struck });
    }
    case "member.card": {
      const { stanza, chat, card } = world.add(line, happening.chat, false, { card: happening.card });
      return note("card.seen", { stanza, about: stanza, chat, card, mine: false, from: happening.from });
    }
    case "card.landed":
    case "card.opened": return note(what, { stanza: happening.about, about: happening.about, from: happening.from });
    case "card.bounced": return note(what, { stanza: happening.about, about: happening.about, left: true });
    case "line.changed": {
      const found = world.lines.get(line);
      if (found !== undefined) found.state = happening.state;
      return note(what, { state: happening.state });
    }
    case "weather.report": return note(what, { sky: "grey" });
  }
}
