import { zapiDefaults } from "@event-messaging/simulator";
import { held, id, recipient } from "../known.js";
import { call } from "../stub-http.js";
import { account, application, bare, CHAT, ending, facts, farthest, full, ID, moved, OLD, rita, RITA, sent, shown, targetOf, whom, type Chapters } from "../told.js";

const PERSON = "+5511987650001";
const input = { key: "apt_1", to: CHAT, title: full.title, description: full.description, location: full.location, startsAt: full.startsAt, callLink: "video" };

/** Cards: sent, edited, cancelled, and what becomes of them. */
export const EVENTS = {
  "a card": async (told) => [await ending(() => sent(told)), ...shown(told, "event.created")].join("; "),
  "a card without a title": async (told) => [await ending(() => sent(told, { ...bare, title: "" })), ...facts(told, "invitation.failed").map(({ vendorCode, outcome }) => `failed: ${vendorCode} ${outcome}`)].join("; "),
  "a bare card and its echo": async (told) => {
    await sent(told, bare);
    return facts(told, "invitation.observed").map(({ fromSelf, sighting: { details, createdBy }, canceled }) => JSON.stringify([fromSelf, createdBy, canceled, details])).join("; ");
  },
  "an edit": async (told) => {
    const receipt = await sent(told);
    let editId: string | undefined;
    const edited = await ending(async () => {
      editId = (await held(account(told).update)({ target: targetOf(receipt), details: moved }, call())).messageId;
    });
    await told.bench.vendor.flush();
    await told.bench.vendor.answer({ ...rita, target: receipt.messageId, response: "GOING" });
    await told.bench.vendor.flush();
    return [edited, ...shown(told, "event.created").slice(1), ...shown(told, "event.edited"), ...facts(told, "rsvp").map(({ target }) => (target === receipt.messageId ? "answered" : target === editId ? "answered by the edit's id" : "answered elsewhere"))].join("; ");
  },
  "an edit by an account whose reading of the time is not known": async (told) => {
    const receipt = await sent(told);
    const edited = await ending(() => held(account(told).update)({ target: targetOf(receipt), details: moved }, call()));
    await told.bench.vendor.flush();
    return [edited, ...shown(told, "event.edited").map((card) => card.split(" | ")[1])].join("; ");
  },
  "an edit of an account that has learned": async (told) => {
    const receipt = await sent(told);
    const first = facts(told, "invitation.observed")[0]?.sighting.details;
    const untaught = account(told);
    await held(untaught.cancel)({ target: targetOf(receipt), details: full }, call());
    await told.bench.vendor.flush();
    const last = facts(told, "invitation.observed").at(-1)?.sighting.details;
    const learned = { ...(first && untaught.learn?.(full, first, "invitation")), ...(last && untaught.learn?.(full, last, "cancel")) };
    const again = await held(account(told, learned).send)({ to: CHAT, details: full }, call());
    await told.bench.vendor.flush();
    const edited = await ending(() => held(account(told, learned).update)({ target: targetOf(again), details: moved }, call()));
    await told.bench.vendor.flush();
    return [edited, shown(told, "event.created").at(-1)?.split(" | ")[1], shown(told, "event.edited").at(-1)?.split(" | ")[1]].join("; ");
  },
  "an edit and its echo": async (told) => {
    const receipt = await sent(told);
    const edit = await held(account(told).update)({ target: targetOf(receipt), details: moved }, call());
    await told.bench.vendor.flush();
    return facts(told, "invitation.observed").map(({ sighting: { messageId, details } }) => `${messageId === receipt.messageId ? "the card's" : messageId === edit.messageId ? "the edit's" : "another"} id, ${details.title}`).join("; ");
  },
  "the link of a call after an edit": async (told) => {
    const receipt = await sent(told);
    await held(account(told).update)({ target: targetOf(receipt), details: moved }, call());
    await told.bench.vendor.flush();
    return `${new Set(facts(told, "invitation.observed").flatMap(({ sighting: { details: { callLink } } }) => callLink ?? [])).size} link`;
  },
  "an edit that takes fields away": async (told) => {
    const club = application(told);
    const { handle } = await club.send(input);
    await told.bench.vendor.flush();
    const edited = await ending(() => club.update(handle, { title: moved.title, description: null, location: null }));
    await told.bench.vendor.flush();
    return [edited, ...shown(told, "event.edited")].join("; ");
  },
  "an edit without any webhook": async (told) => {
    const club = application(told);
    const { handle } = await club.send(input);
    await told.bench.vendor.flush();
    const edited = await ending(() => club.update(handle, { title: moved.title }));
    await told.bench.vendor.flush();
    return `${edited}; ${shown(told, "event.created").length} cards, ${shown(told, "event.edited").length} edits`;
  },
  "an edit of an event that is not there": async (told) => ending(() => held(account(told).update)({ target: { ...targetOf({ messageId: id("3EB0FFFFFFFFFFFFFFFFFF"), vendorIds: {}, stage: "queued" }) }, details: moved }, call())),
  "a cancellation": async (told) => {
    const receipt = await sent(told);
    const canceled = await ending(() => held(account(told).cancel)({ target: targetOf(receipt), details: full }, call()));
    await told.bench.vendor.flush();
    return [canceled, ...shown(told, "event.canceled").map((card) => card.split(" | ")[0])].join("; ");
  },
  "a card to a person": async (told) => {
    const result = await ending(() => application(told).send({ ...input, to: PERSON }));
    await told.bench.vendor.flush();
    return [result, `${facts(told, "invitation.failed").length} failed`, `${shown(told, "event.created").length} shown`].join("; ");
  },
  "a card to a number that is kept with 12 digits": async (told) => {
    const result = await ending(() => application(told).send({ ...input, to: "+5511987650002" }));
    await told.bench.vendor.flush();
    return [result, ...told.bench.vendor.journal.entries({ act: "event.created" }).map(({ chat }) => `shown to ${chat === OLD.phone ? "Bia" : "another"}`)].join("; ");
  },
  "a poll to a person": async (told) => {
    const { support } = await application(told).supports("poll.send", "direct");
    if (support !== "native") return `poll.send is ${support}`;
    const result = await ending(() => held(account(told).sendPoll)({ to: recipient(PERSON), question: "Will you come?", options: ["a", "b"] }, call()));
    await told.bench.vendor.flush();
    return [result, `${facts(told, "invitation.failed").length} failed`, `${told.bench.vendor.journal.entries({ act: "poll.created" }).length} shown`].join("; ");
  },
  "a card that fails later": async (told) => {
    const receipt = await held(account(told).send)({ to: recipient("120363099999999999@g.us"), details: full }, call());
    await told.bench.vendor.flush();
    return facts(told, "invitation.failed").map(({ target, vendorIds, vendorCode, outcome }) => `${target === receipt.messageId || vendorIds?.zaapId === receipt.vendorIds.zaapId ? "it" : "another"} ${vendorCode} ${outcome}`).join("; ");
  },
  "a deletion": async (told) => {
    const receipt = await sent(told);
    await told.bench.vendor.answer({ ...rita, revokeOf: receipt.messageId, target: receipt.messageId });
    await told.bench.vendor.flush();
    return facts(told, "invitation.revoked").map(({ target }) => (target === receipt.messageId ? "it" : "another")).join("; ");
  },
  "how far a card came": async (told) => {
    await told.bench.vendor.answer({ account: ID, chat: zapiDefaults.group, guest: RITA, text: "hello", unquoted: true });
    const { messageId } = await sent(told);
    const reached = facts(told, "invitation.delivered").filter(({ target }) => target === messageId).map(({ reached: how, guest }) => `${how}${guest ? ` ${whom(guest)}` : ""}`);
    return [...new Set([...reached, ...facts(told, "invitation.read").filter(({ target }) => target === messageId).map(({ guest }) => `read${guest ? ` ${whom(guest)}` : ""}`)])].sort().join("; ");
  },
  "how far a card came in the end": async (told) => farthest(told, (await sent(told)).messageId),
} satisfies Chapters;
