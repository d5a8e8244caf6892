import type { Issue } from "../model/json.js";
import type { PollCommand } from "./operations.js";

/** Characters that WhatsApp shows. */
const QUESTION = 255;
const OPTION = 100;
/** What WhatsApp shows of a poll; vendors pass on more, and say that it was sent. */
const OPTIONS = { least: 2, most: 12 };

/**
 * What WhatsApp would not show of a poll, or could not tell apart in its votes, although vendors accept it: for adapters,
 * before any request. A vote names an option by its very text, so two spellings of one word are refused. All problems at once.
 */
export function pollProblems({ question, options }: Pick<PollCommand, "question" | "options">): readonly Issue[] {
  const isLong = (text: string, limit: number) => [...text].length > limit;
  const isPlain = (text: string) => text !== "" && text === text.trim() && text === text.normalize("NFC");
  return [
    ...(question.trim() === "" || isLong(question, QUESTION) ? [{ path: "question", message: `must have 1 to ${QUESTION} characters` }] : []),
    ...(options.length < OPTIONS.least || options.length > OPTIONS.most ? [{ path: "options", message: `must be ${OPTIONS.least} to ${OPTIONS.most}` }] : []),
    ...(new Set(options.map((option) => option.normalize("NFC"))).size < options.length ? [{ path: "options", message: "must all differ: a vote names an option by its text" }] : []),
    ...options.flatMap((option, at) => (isPlain(option) && !isLong(option, OPTION) ? [] : [{ path: `options.${at}`, message: `must have 1 to ${OPTION} characters, composed (NFC), without spaces around them` }])),
  ];
}
