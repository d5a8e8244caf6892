import { held, id, recipient } from "../known.js";
import { call } from "../stub-http.js";
import { account, CHAT, ending, facts, ID, isOfItsTime, rita, RITA, sent, targetOf, whom, type Chapters } from "../told.js";

/** What guests and the account itself answer. */
export const ANSWERS = {
  "answers": async (told) => {
    const { messageId } = await sent(told);
    for (const response of ["GOING", "NOT_GOING"]) await told.bench.vendor.answer({ ...rita, target: messageId, response });
    await told.bench.vendor.flush();
    return facts(told, "rsvp").map(({ response, target, guest }) => `${whom(guest)} ${response} ${target === messageId ? "to it" : "to another"}`).join("; ");
  },
  "an answer to a member's event": async (told) => {
    const { messageId } = await told.bench.vendor.memberEvent({ ...rita, title: "Barbecue", startsAtMs: Date.parse("2026-11-28T18:00:00Z") });
    await told.bench.vendor.flush();
    const answered = await ending(() => held(account(told).respond)({ target: targetOf({ messageId: id(messageId), vendorIds: {}, stage: "queued" }, "other"), response: "GOING" }, call()));
    await told.bench.vendor.flush();
    return [answered, ...facts(told, "rsvp").map(({ fromSelf }) => (fromSelf ? "echoed as own" : "taken for a guest's"))].join("; ");
  },
  "an answer to one's own event, taken for a member's": async (told) => {
    const receipt = await sent(told);
    return ending(() => held(account(told).respond)({ target: targetOf(receipt, "other"), response: "GOING" }, call()));
  },
  "an answer while the receiver is away": async (told) => {
    const { messageId } = await sent(told);
    told.bench.failNext(1);
    await told.bench.vendor.answer({ ...rita, target: messageId, response: "GOING" });
    await told.bench.vendor.flush();
    return facts(told, "rsvp").map(({ response }) => response).join("; ");
  },
  "what was missed while disconnected": async (told) => {
    const { messageId } = await sent(told);
    told.bench.vendor.setConnection(ID, "lost");
    await told.bench.vendor.answer({ ...rita, target: messageId, response: "GOING" });
    told.bench.vendor.setConnection(ID, "connected");
    await told.bench.vendor.flush();
    return facts(told, "rsvp").map(({ response }) => response).join("; ");
  },
  "a poll and its votes": async (told) => {
    const poll = await held(account(told).sendPoll)({ to: CHAT, question: "Will you come?", options: ["Going", "Not going"] }, call());
    await told.bench.vendor.flush();
    for (const vote of [["Going"], []]) await told.bench.vendor.answer({ ...rita, target: poll.messageId, vote });
    await told.bench.vendor.flush();
    return facts(told, "poll.voted").map(({ labels, target, guest, at }) => `${whom(guest)} [${labels.join()}] ${target === poll.messageId ? "in it" : "elsewhere"}${isOfItsTime(told, at, (body) => "pollVote" in body) ? "" : " at some time"}`).join("; ");
  },
  "a text to a person and the reply": async (told) => {
    const text = await held(account(told).sendText)({ to: recipient("+5511987650001"), text: "1 = yes" }, call());
    await told.bench.vendor.flush();
    for (const unquoted of [false, true]) await told.bench.vendor.answer({ account: ID, chat: RITA.phone, guest: RITA, target: text.messageId, text: "1", unquoted });
    await told.bench.vendor.flush();
    return facts(told, "message.replied").map(({ target, guest }) => `${whom(guest)} ${target === text.messageId ? "quoting" : target === undefined ? "unquoted" : "elsewhere"}`).join("; ");
  },
  "refused deliveries": async (told) => {
    await sent(told);
    return told.bench.refused() === 0 ? "none" : "some";
  },
} satisfies Chapters;
