import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { SentMessage } from "../model/handle.js";
import { messageId, type MessageId } from "../model/ids.js";
import type { Fact } from "../model/inbound.js";
import { isPhone, type Phone } from "../model/recipient.js";
import { instant } from "../model/time.js";
import { choiceAnswer, responseToText } from "./choice-answer.js";

const id = (text: string): MessageId => messageId(text) ?? JSON.parse("null");
const phone = (text: string): Phone => (isPhone(text) ? text : JSON.parse("null"));
const CHOICES = [{ label: "Going", response: "GOING" }, { label: "Not going", response: "NOT_GOING" }, { label: "Maybe", response: "MAYBE" }] as const;
const card: SentMessage = { id: id("CARD"), form: "native", role: "invitation", vendorIds: {} };
const poll: SentMessage = { id: id("POLL"), form: "poll", role: "invitation", vendorIds: { queueId: "q-poll" }, choices: CHOICES };
const text: SentMessage = { id: id("TEXT"), form: "text", role: "invitation", vendorIds: {}, choices: CHOICES };
const ana = phone("+351960000123");
const head = { source: "R1", edition: "e", at: instant("2026-11-21T12:00:00Z"), guest: { phone: ana } };
const vote = (labels: readonly string[], target = "POLL"): Fact => ({ ...head, type: "poll.voted", target: id(target), labels });
const reply = (words: string, target?: string): Fact => ({ ...head, type: "message.replied", recipient: ana, text: words, ...(target !== undefined && { target: id(target) }) });

describe("a vote as an answer", () => {
  it.each([[["Going"], "GOING"], [["Not going"], "NOT_GOING"], [["Maybe"], "MAYBE"], [["Maybe", "Maybe"], "MAYBE"], [[], "CLEARED"]] as const)("for %j is %s", (labels, response) => {
    expect(choiceAnswer(vote(labels), [poll])).toEqual({ form: "poll", fact: { ...head, type: "rsvp", target: "POLL", response } });
  });

  it.each([[["Going", "Maybe"], "Going, Maybe"], [["Perhaps"], "Perhaps"], [["Going", "Perhaps"], "Going, Perhaps"], [["x".repeat(90)], "x".repeat(64)]])("for %j is unrecognized, with what was chosen", (labels, raw) => {
    expect(choiceAnswer(vote(labels), [poll])).toEqual({ form: "poll", fact: { ...head, type: "rsvp.unrecognized", target: "POLL", raw } });
  });

  it("finds its poll by the vendor's id too", () => {
    expect(choiceAnswer(vote(["Going"], "q-poll"), [card, poll])?.fact).toMatchObject({ type: "rsvp", response: "GOING" });
  });

  it("polls-10.9: is read by the labels of the poll that it names, although a later one asks in other words", () => {
    const later: SentMessage = { ...poll, id: id("LATER"), vendorIds: {}, choices: [{ label: "Vou", response: "GOING" }, { label: "Going", response: "NOT_GOING" }] };
    expect([vote(["Going"]), vote(["Vou"], "LATER"), vote(["Going"], "LATER"), vote(["Vou"])].map((fact) => choiceAnswer(fact, [poll, later])?.fact)).toMatchObject([
      { response: "GOING" }, { response: "GOING" }, { response: "NOT_GOING" }, { type: "rsvp.unrecognized", raw: "Vou" },
    ]);
  });

  it("in a poll that offered no choices of ours stays a vote", () => {
    expect(choiceAnswer(vote(["Going"], "CARD"), [card, poll])).toBeUndefined();
    expect(choiceAnswer(vote(["Going"], "OTHER"), [card, poll])).toBeUndefined();
  });
});

describe("a text as an answer", () => {
  it.each([
    ["1", "GOING"], [" 1 ", "GOING"], ["1.", "GOING"], ["1)", "GOING"], ["(1)", "GOING"], ["1\uFE0F\u20E3", "GOING"], ["１", "GOING"], ["（２）", "NOT_GOING"], ["٢", "NOT_GOING"], ["३", "MAYBE"], ["𝟛", "MAYBE"],
    ["going", "GOING"], [" NOT GOING\n", "NOT_GOING"], ["Ｍａｙｂｅ", "MAYBE"], ["01", "GOING"],
  ])("%j is %s", (words, response) => {
    expect(choiceAnswer(reply(words, "TEXT"), [text])?.fact).toMatchObject({ type: "rsvp", response, target: "TEXT" });
  });

  it.each(["maybe 2 of us", "10", "1 2", "0", "4", "", "1!", "yes", "Going!", "not", "(1", "-1", "1.0", "1".repeat(300), "²²²"])("%j is none, and is never guessed", (words) => {
    expect(choiceAnswer(reply(words, "TEXT"), [text])).toBeUndefined();
  });

  it("without a target is none: which invitation it answers is not its business", () => {
    expect(choiceAnswer(reply("1"), [text])).toBeUndefined();
  });

  it("that quotes the card answers the text that stands in for it, and nothing when there is none", () => {
    expect(choiceAnswer(reply("2", "CARD"), [card, text])).toMatchObject({ form: "text", fact: { response: "NOT_GOING", target: "CARD" } });
    expect(choiceAnswer(reply("2", "CARD"), [card])).toBeUndefined();
  });

  it("that quotes a poll answers by label; a poll has no numbers", () => {
    expect(choiceAnswer(reply("maybe", "POLL"), [poll])).toMatchObject({ form: "poll", fact: { response: "MAYBE" } });
    expect(choiceAnswer(reply("1", "POLL"), [poll])).toBeUndefined();
  });

  it("polls-10.15: keeps the numbers of the message that it quotes, whatever later ones offer", () => {
    const later: SentMessage = { ...text, id: id("LATER"), choices: [...CHOICES].reverse() };
    expect(choiceAnswer(reply("1", "TEXT"), [text, later])?.fact).toMatchObject({ response: "GOING" });
    expect(choiceAnswer(reply("1", "LATER"), [text, later])?.fact).toMatchObject({ response: "MAYBE" });
  });

  it("by a label that is a number means the label", () => {
    const seats = [{ label: "2", response: "GOING" }, { label: "1", response: "NOT_GOING" }] as const;
    expect(responseToText("1", seats)).toBe("NOT_GOING");
  });

  it("never throws and answers only with what was offered, whatever guests write", () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.string()), (words) => {
      const response = responseToText(words, CHOICES);
      if (response !== undefined) expect(CHOICES.map((choice) => choice.response)).toContain(response);
      fc.pre(words.length < 190);
      expect(responseToText(` ${words}\n`, CHOICES)).toBe(response);
    }));
  });
});

it("every other fact is no answer by choice", () => {
  expect(choiceAnswer({ ...head, type: "rsvp.unreadable", target: id("POLL") }, [poll])).toBeUndefined();
  expect(choiceAnswer({ ...head, type: "invitation.read", target: id("POLL") }, [poll])).toBeUndefined();
});
