import type { GivenResponse, RsvpResponse } from "../model/guest.js";
import type { Form, SentMessage } from "../model/handle.js";
import type { Fact } from "../model/inbound.js";

export type Choices = NonNullable<SentMessage["choices"]>;

/** A vote or a text, read as an answer to the invitation. */
export interface ChoiceAnswer {
  readonly fact: Fact<"rsvp" | "rsvp.unrecognized">;
  /** What was answered: a poll or a text. */
  readonly form: Form;
}

/**
 * Reads a vote or a text as an answer, by the labels and numbers that the invitation's messages offered. Pure.
 *
 * - A vote is the voter's whole choice: one known label is its response, none is `CLEARED`; several or an unknown one are
 *   `rsvp.unrecognized`, with the labels kept.
 * - A text answers by its number (`1`, `1.`, `1)`, `(1)`, a keycap, digits of any script) or by a label; numbers count where a
 *   text asked for them. Anything else is no answer, so nothing is guessed from "maybe 2 of us" or "1 2".
 *
 * @param fact joined to its invitation: the target is one of the messages.
 * @param messages those of the invitation. A text that quotes the card answers the newest text about it.
 * @returns `undefined` when the fact is no answer: then it is what it was.
 */
export function choiceAnswer(fact: Fact, messages: readonly SentMessage[]): ChoiceAnswer | undefined {
  if (fact.type === "poll.voted") {
    const poll = messageOf(fact.target, messages);
    if (poll?.choices === undefined) return undefined;
    const { type: _, labels, ...head } = fact;
    const response = responseToVote(labels, poll.choices);
    if (response !== undefined) return { form: poll.form, fact: { ...head, type: "rsvp", response } };
    return { form: poll.form, fact: { ...head, type: "rsvp.unrecognized", raw: [...labels.join(", ")].slice(0, 64).join("") } };
  }
  if (fact.type !== "message.replied" || fact.target === undefined) return undefined;
  const asked = questionFor(messageOf(fact.target, messages), messages);
  const response = asked && responseToText(fact.text, asked.choices, asked.form === "text");
  if (asked === undefined || response === undefined) return undefined;
  const { type: _, text: __, recipient: ___, ...head } = fact;
  return { form: asked.form, fact: { ...head, target: fact.target, type: "rsvp", response } };
}

/** What a text says by a number or a label; `undefined`: nothing that could be relied on. Pure. */
export function responseToText(text: string, choices: Choices, numbered = true): GivenResponse | undefined {
  if (text.length > 200) return undefined;
  const plain = folded(text);
  const [, bare, bracketed] = /^(?:([0-9]{1,2})[.)]?|\(([0-9]{1,2})\))$/.exec(plain) ?? [];
  const number = bare ?? bracketed;
  if (number !== undefined && numbered && !choices.some(({ label }) => folded(label) === plain)) return choices[Number(number) - 1]?.response;
  return only(choices.filter(({ label }) => folded(label) === plain));
}

function responseToVote(labels: readonly string[], choices: Choices): RsvpResponse | undefined {
  const chosen = [...new Set(labels.map(folded))];
  if (chosen.length === 0) return "CLEARED";
  return chosen.length === 1 ? only(choices.filter(({ label }) => folded(label) === chosen[0])) : undefined;
}

/** The response that all of them mean, if they mean one. */
function only(choices: Choices): GivenResponse | undefined {
  const responses = new Set(choices.map(({ response }) => response));
  return responses.size === 1 ? choices[0]?.response : undefined;
}

/** The message that offers choices to whoever quotes `quoted`: itself, or the newest text that stands in for it. */
function questionFor(quoted: SentMessage | undefined, messages: readonly SentMessage[]): { readonly form: Form; readonly choices: Choices } | undefined {
  const asks = (message: SentMessage | undefined) => (message?.choices === undefined ? undefined : { form: message.form, choices: message.choices });
  if (quoted?.form === "text") return asks(quoted);
  return asks(messages.findLast(({ form, choices }) => form === "text" && choices !== undefined)) ?? asks(quoted);
}

/** The message of an id, WhatsApp's or the vendor's. */
export function messageOf(id: string, messages: readonly SentMessage[]): SentMessage | undefined {
  return messages.find((message) => message.id === id || Object.values(message.vendorIds).includes(id));
}

/** Without differences that people do not see: width, case, spaces around, emoji presentation; every digit as 0 to 9. */
function folded(text: string): string {
  const compatible = text.normalize("NFKC").replaceAll(/[\uFE0E\uFE0F\u20E3\u200B-\u200F\u202A-\u202E\u2066-\u2069]/g, "");
  return compatible.replaceAll(/\p{Nd}/gu, decimal).trim().toLowerCase();
}

/** Unicode keeps the ten digits of a script in a row, from zero on. */
function decimal(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return String(value);
}
