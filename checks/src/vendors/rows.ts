/**
 * What a vendor's adapter can get wrong, by number, in a few words each: the conformance rows of Z-API (`zapi-11.<n>`) and the
 * traps of WAHA (`waha-9.<n>`). A test names the rows that it proves at the beginning of its title, or after a semicolon.
 */
export const ROWS: Readonly<Record<string, readonly string[]>> = {
  "zapi-11": [
    "both ids encoded in the URL, no secret in errors or logs",
    "the account security token goes along, and nothing in its place",
    "canceled is always sent; callLinkType is voice or video",
    "an edit sends the whole event",
    "create and edit mean the same instant in each reading of the time, across a clock change",
    "seconds and milliseconds; momment and moment",
    "a 200 with error, with value false, or without id is a failure; the error of /status is none",
    "a later delivery error makes a sent event failed, by either id",
    "an answer joins by the nested id; one that comes too early waits",
    "repeated answers, changes of mind, and answers out of order",
    "MAYBE, UNKNOWN, lower case and null do no harm",
    "a person by LID, by number, by both, with 12 or 13 digits",
    "a placeholder and then the real message: once, whole",
    "notices without a message id",
    "the own echo before the answer, or without it",
    "callbacks twice, out of order, late; acknowledged whatever the handlers do",
    "a wrong secret, token or instance keeps nothing",
    "status only rises; READ_BY_ME tells nothing; several ids at once",
    "nothing that acts is repeated; no send after an unknown outcome",
    "old and new group ids, LIDs and newsletters",
  ],
  "waha-9": [
    "the contradicting sample: title, text place, ISO times",
    "milliseconds", "fractions of a second", "a server that validates nothing", "an answer of id and _data only",
    "an answer's key is not the id that was sent", "an answer from another chat than the event's", "fromMe of the key is not mine",
    "from and to of the key are not the guest", "in groups from is the group", "to may be anything", "ids by pattern", "a LID is no number",
    "the own id has two spellings", "UNKNOWN and null", "the latest by the guest's clock", "five units of time",
    "an answer under several delivery ids", "de-duplicating before storing", "4xx to what is not ours", "5xx to what will never be right", "redirects",
    "a signature covers bytes", "a signature covers no timestamp", "late repeats are valid", "engine, me, to and participant may be missing",
    "message.ack.group on older servers", "asking for everything", "PUT replaces the whole session", "sessions created without start", "start of a session that runs",
    "short deadlines hide the answer", "repeating a send", "errors without message", "errors without statusCode", "404 and 422 of a session", "500 is mostly WhatsApp's refusal",
    "500 bodies hold personal data", "_data holds secrets", "WebSocket", "trusting metadata", "one key for all tenants", "WORKING proves no answers", "the engine as a constant",
    "an engine without events", "cancel and update", "edit sends a text", "deleting by bare id", "unescaped paths", "answers that cannot be decrypted after a loss of storage",
    "sending again by itself", "the echo before the answer", "groups ignored by the session", "idle sockets", "plus and spaces in chatId",
  ],
};

/** Rows that cannot concern this library, and why. */
export const NOT_OURS: Readonly<Record<string, string>> = {
  "waha-9.40": "Deliveries come by webhook only: no WebSocket is opened.",
};
