import type { Call, OperationName, Receipt, Recipient } from "@event-messaging/core/driver";
import type { Bench } from "./bench.js";
import { plain } from "./sample.js";

/** Whatever the account can send at all: an invitation where there are invitations, else a text, else a poll. */
export interface AnySending {
  readonly operation: OperationName;
  readonly to: Recipient;
  send(call?: Call): Promise<Receipt>;
}

export function anySending(bench: Bench, words = "Whatever happens"): AnySending {
  if (bench.audiencesOf("invitation.send").length > 0) {
    const to = bench.someone("invitation.send");
    return { operation: "send", to, send: (call = bench.call()) => bench.do("send", { to, details: plain(words) }, call) };
  }
  if (bench.audiencesOf("text.send").length > 0) {
    const to = bench.someone("text.send");
    return { operation: "sendText", to, send: (call = bench.call()) => bench.do("sendText", { to, text: words }, call) };
  }
  const to = bench.someone("poll.send");
  return { operation: "sendPoll", to, send: (call = bench.call()) => bench.do("sendPoll", { to, question: words, options: ["Yes", "No"] }, call) };
}
