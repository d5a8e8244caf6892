import type { Audience, MessageId, Recipient } from "@event-messaging/core/driver";
import type { Bench } from "./bench.js";
import { plain } from "./sample.js";
import type { Person } from "./vendor-under-test.js";

/** A chat with a card of ours in it, and somebody who can answer. */
export interface Invited {
  readonly chat: Recipient;
  readonly by: Person;
  readonly target: MessageId;
}

export async function invited(bench: Bench, audience: Audience, title = "Please answer"): Promise<Invited> {
  const [by] = bench.vendor.people;
  const chat = audience === "direct" ? by.phone : bench.recipient(audience);
  const { messageId: target } = await bench.made(() => bench.do("send", { to: chat, details: plain(title) }));
  return { chat, by, target };
}

/** A poll of ours, and somebody who can vote. */
export async function polled(bench: Bench, audience: Audience, options: readonly string[]): Promise<Invited> {
  const [by] = bench.vendor.people;
  const chat = audience === "direct" ? by.phone : bench.recipient(audience);
  const { messageId: target } = await bench.made(() => bench.do("sendPoll", { to: chat, question: "Are you coming?", options }));
  return { chat, by, target };
}
