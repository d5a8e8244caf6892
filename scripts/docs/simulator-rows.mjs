/*
 * What a faithful simulator must be able to do, row by row, with the tests that show it. A row names a test by its file and the beginning of its title;
 * the table is not made when there is no such test, so that it cannot say more than the tests do.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

const WAHA = [
  ["401 in its own words; the body is parsed before the key is looked at; 404 for an unknown route", ["waha/http", "answers 401 in the same words"], ["waha/http", "parses the body before it looks at the key"], ["waha/send", "has no cancel route and no GET"]],
  ["`legacy` and `strict` validation", ["waha/validation", "accepts null for location and end"], ["waha/validation", "sends an untitled event at 1970"], ["waha/validation", "may also be a newer server"]],
  ["Session statuses; waits of 5 s and 10 s, scaled; success when the status changes meanwhile", ["waha/http", "waits five vendor seconds"], ["waha/http", "becomes WORKING while the server waits"]],
  ["The three families of errors, keys in order", ["waha/http", "%s: 422 with the state"], ["waha/http", "is a 500 that repeats the request"], ["waha/sessions", "names every mistake in a webhook"]],
  ["201 with `id` and `_data`; ids by kind of target; rewritten chat; `_data: null`", ["waha/send", "answers 201 with exactly id and _data"], ["waha/send", "sentData: the raw message or null"], ["waha/send", "chatRewrite: a Brazilian number"]],
  ["Scripted refusals, resets, hangs, slow answers", ["waha/faults", "waits for its operation"], ["waha/faults", "%s never answers"], ["waha/faults", "slow answers late"]],
  ["501 off GOWS; 422 in single-session mode", ["waha/send", "answers 501 on %s"], ["waha/http", "single-session editions know only `default`"]],
  ["50 MiB as 500; CORS; keep-alive of 5 s", ["waha/http", "answers 500, not 413"], ["waha/http", "allows any origin and keeps idle connections"]],
  ["LID map, check-exists, groups, ping, version, health", ["waha/reading", "looks a pair up both ways"], ["waha/reading", "check-exists strips a plus"], ["waha/groups", "are listed"], ["waha/http", "answers ping without a key"]],
  ["Delete by full id only; edit of an event is a text edit", ["waha/reading", "deletes by full id only"], ["waha/reading", "an edit of an event goes out as a text edit"]],
  ["No cancel route", ["waha/send", "has no cancel route and no GET"]],
  ["Sessions: life cycle, configuration, deprecated calls, QR refreshed", ["waha/sessions", "start announces STOPPED"], ["waha/sessions", "PUT replaces the whole configuration"], ["waha/sessions", "deprecated calls with the name"], ["waha/sessions", "qrRefresh %s"]],
  ["Keys of single sessions and their scopes", ["waha/http", "refuse with 403"], ["waha/http", "are managed by an administrator"]],
  ["Envelope ids shared by targets, request ids not, both stable on retry", ["waha/webhooks", "goes to the session's and the environment's targets"], ["waha/webhooks", "repeat the same bytes"]],
  ["HMAC over the bytes; none without a key", ["waha/webhooks", "covers the bytes posted"]],
  ["Retries as measured, any non-2xx, `Retry-After`, redirects, nothing survives", ["waha/webhooks", "wait as measured"], ["waha/webhooks", "number 15 by default"], ["waha/webhooks", "a redirect is followed"], ["waha/webhooks", "nothing survives a stop"]],
  ["Echo before, with, after the answer, or none", ["waha/send", "echo: message.any comes %s the answer"]],
  ["RSVP: direct by phone and LID, group by LID and phone, own, `UNKNOWN`, failed, twice, swapped, foreign, without `fromMe` or `engine`, before the answer", ["waha/responses", "direct, by phone"], ["waha/responses", "direct, by LID"], ["waha/responses", "group, by LID"], ["waha/responses", "group, by phone"], ["waha/responses", "the owner's own answer"], ["waha/responses", "carries %s, and so does the journal"], ["waha/responses", "says who and which event, and not what"], ["waha/responses", "twice: the same answer"], ["waha/responses", "answerOrder: %s"], ["waha/responses", "a member's event arrives"], ["waha/responses", "creationKeyFromMe: %s"], ["waha/webhooks", "envelopeEngine: %s"], ["waha/responses", "guestTiming: %s"]],
  ["`message.ack`, `message.revoked`, `session.status`", ["waha/webhooks", "in a group each reader reports"], ["waha/fallbacks", "a corrected text is message.edited"], ["waha/sessions", "start announces STOPPED"]],
  ["WebSocket: 101 and then 1008, key in the query, both ways to name events, silent on unknown names, pings, no replay", ["waha/socket", "takes the key in the query only"], ["waha/socket", "a session's key hears its own session"], ["waha/socket", "understands repeated and comma-separated"], ["waha/socket", "pings, keeps a client"], ["waha/socket", "replays nothing"]],
  ["An event changed on the owner's phone: an encrypted update and nothing else", ["waha/phone-acts", "is an encrypted update"]],
  ["Polls and votes by engine, with what each leaves out", ["waha/fallbacks", "direct: the poll's key is rewritten"], ["waha/fallbacks", "NOWEB: the voter in"], ["waha/fallbacks", "WEBJS: the vote borrows"], ["waha/fallbacks", "WPP: both ids equal"]],
  ["Votes: ms, seconds or no time; twice; swapped; cleared as `[]` and `null`; failed", ["waha/fallbacks", "voteTimestamp"], ["waha/fallbacks", "twice and swapped"], ["waha/fallbacks", "clearedVote: an empty list"], ["waha/fallbacks", "undecryptable: poll.vote.failed"]],
  ["Poll ids in every form; own vote; a guest's poll flagged as ours", ["waha/fallbacks", "pollId %s"], ["waha/fallbacks", "pollId group-three-parts"], ["waha/fallbacks", "an own vote in a direct chat"], ["waha/phone-acts", "arrives as message and message.any, and a vote on it"]],
  ["Silent engines", ["waha/fallbacks", "an undecryptable vote is silent"]],
  ["`sendPoll` and `sendText` validate nothing; chosen ids; 501 for polls on old WEBJS", ["waha/fallbacks", "takes the session from the body"], ["waha/fallbacks", "honours a caller-chosen id"], ["waha/fallbacks", "works on every engine"]],
  ["`replyTo` with a bare and a composite id, without `body`, null, absent, lost", ["waha/fallbacks", "a quoting answer comes"], ["waha/fallbacks", "on WPP the quoted id"], ["waha/fallbacks", "quotedContent: without it"], ["waha/fallbacks", "quotedContent wrapped"], ["waha/fallbacks", "no quote: null"], ["waha/fallbacks", "a quote of an event has no body"]],
  ["A label changed after sending stops matching", ["waha/fallbacks", "each vote replaces the one before"]],
  ["Presence", ["waha/phone-acts", "is told as presence.update"]],
  ["A base URL with a path", ["page/phone-page", "puts API, controls and page under a path"]],
];

const ZAPI = [
  ["Missing and wrong `Client-Token`, wrong instance, refused address", ["zapi/requests", "switch missingClientToken=%s"], ["zapi/requests", "a wrong Client-Token is answered 403"], ["zapi/requests", "switch wrongInstance=%s"], ["zapi/requests", "switch callerAddress=refused"]],
  ["Unknown operation as 404 or 200; 405 and 415 without a body", ["zapi/requests", "switch unknownOperation=%s"], ["zapi/requests", "a wrong method is answered 405"]],
  ["Scripted failures before and after it acted", ["zapi/requests", "%s drops the connection"], ["zapi/requests", "%s sends the event although"], ["zapi/requests", "slow answers late"]],
  ["Disconnected send: queued, `{value:false}`, 400; queue full", ["zapi/queue", "switch disconnectedSend=queued"], ["zapi/queue", "switch disconnectedSend=%s"], ["zapi/queue", "the thousand and first"]],
  ["Suspended: sends refused, `/status` either way", ["zapi/instance", "switch suspendedStatus=connected"]],
  ["An event to a person; an unknown group", ["zapi/events", "switch nonGroupEvent=%s"], ["zapi/events", "an unknown group is accepted"]],
  ["Unknown `eventMessageId`; an answer to the own event", ["zapi/events", "switch unknownEvent=%s"], ["zapi/events", "switch ownEventResponse=%s"]],
  ["Edit: omitted fields, no webhook, `isEdit` and id of the callback, id that RSVPs refer to, join link", ["zapi/events", "switch editOmittedFields=%s"], ["zapi/events", "switch editWithoutWebhook=%s"], ["zapi/events", "switch editedEventFlag=%s"], ["zapi/events", "switch editedEventId=%s"], ["zapi/events", "switch rsvpAfterEdit=%s"], ["zapi/events", "switch joinLinkOnEdit=%s"]],
  ["The four readings of `dateTime`", ["zapi/time-modes", "digits in UTC"], ["zapi/time-modes", "a written offset is honoured"], ["zapi/events", "switch timeZoneOnEdit=%s"]],
  ["Delivery: ordered or reversed, once or twice, delayed, repeated on a non-2xx", ["zapi/callbacks", "switch webhookOrder=ordered"], ["zapi/callbacks", "switch webhookOrder=reversed"], ["zapi/callbacks", "switch webhookCopies=twice"], ["zapi/callbacks", "switch webhookDelay=%s"], ["zapi/callbacks", "switch webhookRetry=3-attempts"]],
  ["Placeholder before the real message, or instead of it", ["zapi/callbacks", "switch placeholder=%s"]],
  ["`z-api-token` header", ["zapi/callbacks", "carries the captured headers"], ["zapi/callbacks", "switch zApiToken=absent"]],
  ["Persons as number, LID or 12 digits; `participantPhone` null; LIDs set, null, absent", ["zapi/callbacks", "switch personForm=%s"], ["zapi/callbacks", "switch eventParticipantPhone=%s"], ["zapi/callbacks", "switch participantLid=set"], ["zapi/callbacks", "switch chatLid=set"]],
  ["`phone-exists` as object and array", ["zapi/contacts", "switch phoneExists=object"]],
  ["Echo, delivery, SENT, RECEIVED and READ, each with the right ids", ["zapi/callbacks", "switch webhookOrder=ordered"]],
  ["`/me` reflects webhook writes; all six at once; HTTPS only, but for this machine", ["zapi/instance", "update-webhook-received-delivery turns the echo on"], ["zapi/instance", "update-every-webhooks sets all six"], ["zapi/instance", "a URL that is not https is refused"], ["zapi/instance", "switch httpWebhooks=loopback"]],
  ["Polls: groups only or any; several choices without `pollMaxOptions`", ["zapi/polls-and-texts", "switch pollTargets=group-only"], ["zapi/polls-and-texts", "switch nonGroupPoll=%s"], ["zapi/polls-and-texts", "without pollMaxOptions"]],
  ["Votes: LID only, changed, cleared in every form, own, on foreign polls, in placeholders, before the answer", ["zapi/polls-and-texts", "switch clearedVote=%s"], ["zapi/polls-and-texts", "votes that are LID only"], ["zapi/polls-and-texts", "send-poll-vote votes as the account"], ["zapi/callbacks", "switch echoTiming=before-answer"], ["zapi/members", "a member's poll arrives"]],
  ["A label changed after sending stops matching", ["zapi/polls-and-texts", "people vote by the hash"]],
  ["Texts: quote present, null, absent; edit; REVOKE; in a group; with preview keys", ["zapi/polls-and-texts", "a text answer quotes"], ["zapi/polls-and-texts", "switch noQuote=%s"], ["zapi/polls-and-texts", "an edited answer keeps its id"], ["zapi/polls-and-texts", "switch revokeReference=%s"], ["zapi/polls-and-texts", "an answer in a group"], ["zapi/polls-and-texts", "switch textPreview=present"]],
  ["Events changed on the owner's phone", ["zapi/members", "the owner cancels an event"]],
  ["Presence", ["zapi/members", "presence has a callback of its own"]],
  ["The queue and its deprecated listing", ["zapi/queue", "items are written in Pascal case"], ["zapi/queue", "DELETE /queue/{zaapId}"]],
  ["A base URL with a path", ["page/phone-page", "is there for Z-API, too"]],
];

export const wahaRowTable = (root) => table(root, WAHA);
export const zapiRowTable = (root) => table(root, ZAPI);

function table(root, rows) {
  const lines = rows.map(([row, ...tests]) => `| ${row} | ${tests.map(([file, title]) => `\`${file}\`: ${fullTitle(root, file, title)}`).join("<br>")} |`);
  return ["| what | tests under `packages/simulator/src/` |", "|---|---|", ...lines].join("\n");
}

function fullTitle(root, file, begin) {
  const text = readFileSync(join(root, "packages/simulator/src", `${file}.test.ts`), "utf8");
  const at = text.indexOf(`("${begin}`);
  if (at < 0) throw new Error(`${file}.test.ts has no test whose title begins with "${begin}"`);
  return text.slice(at + 2, text.indexOf('", ', at + 2)).replaceAll("|", "\\|").replaceAll("<", "&lt;");
}
