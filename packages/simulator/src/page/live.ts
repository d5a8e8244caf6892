import type { Journal, JournalEntry } from "../journal.js";
import { lineOf } from "../journal-line.js";
import type { Reply, SimRequest } from "../server.js";

/** A reader who comes late gets this many of the entries before. */
const CATCH_UP = 300;

const eventOf = (entry: JournalEntry): string => {
  const bad = entry.act === "request.refused" || entry.act === "webhook.failed" || entry.act === "message.failed";
  return `id: ${entry.n}\ndata: ${JSON.stringify({ n: entry.n, act: entry.act, line: lineOf(entry), bad })}\n\n`;
};

/** `GET /__sim/live`: the journal as Server-Sent Events, first what was missed (after `Last-Event-ID`), then whatever happens. Ends with the connection. */
export const liveJournal = (request: SimRequest, journal: Journal): Reply => ({
  status: 200,
  headers: { "content-type": "text/event-stream; charset=utf-8", "cache-control": "no-store" },
  stream: (send) => {
    const since = Number(request.headers["last-event-id"] ?? 0);
    send(["retry: 500\n\n", ...journal.entries({ since: Number.isFinite(since) ? since : 0 }).slice(-CATCH_UP).map(eventOf)].join(""));
    return journal.listen((entry) => send(eventOf(entry)));
  },
});
