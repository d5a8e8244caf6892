import {
  reveal, secret,
  type AccountStatus, type Call, type CapabilityTable, type EventMessagingProvider, type HttpResponse, type OperationName, type Probe, type ProviderRuntime, type Receipt,
} from "@event-messaging/core/driver";
import type { OpenConfig } from "./config.js";
import { decodeContact, decodeFound, decodeGuest, decodeReceipt } from "./decode.js";
import { encodeBallot, encodeEdit, encodeNote, encodeReply, encodeSearch, encodeSend } from "./encode.js";
import { failureOf, judge, type Asked } from "./failure.js";
import { recipientToVendor } from "./recipient.js";
import { at, DOOR, list, text, type AcmeCall } from "./wire.js";
import { webhookCodec } from "./webhook.js";

/** One Acme line, open: encode, one exchange, decode. No I/O happens here. */
export function openLine(config: OpenConfig, { account, http }: ProviderRuntime) {
  const authorization = secret(`Acme ${reveal(config.key)}`);
  const knock = (callName: AcmeCall, args: object, { signal }: Call, reads: boolean): Promise<HttpResponse> =>
    http.request({ method: "POST", baseUrl: config.baseUrl, template: DOOR, headers: { authorization }, json: { call: callName, line: config.line, args }, reads, signal });

  const ask = async <T>(operation: OperationName, callName: AcmeCall, args: object, call: Call, decode: (result: unknown) => T | undefined, reads = false): Promise<T> => {
    const asked: Asked = { account, operation, reads };
    const response = await knock(callName, args, call, reads);
    const value = response.status === 200 && at(response.json, "done") === true ? decode(at(response.json, "result")) : undefined;
    if (value === undefined) throw failureOf(response, asked);
    return value;
  };
  const sending = <Command>(operation: OperationName, callName: AcmeCall, encode: (command: Command) => object) =>
    (command: Command, call: Call): Promise<Receipt> => ask(operation, callName, encode(command), call, decodeReceipt);

  return {
    webhook: webhookCodec(config, account),
    probe: async (call: Call) => probeOf(await knock("line.describe", {}, call, true).catch(() => undefined)),
    send: sending("send", "card.issue", encodeSend),
    update: sending("update", "card.revise", encodeEdit),
    cancel: sending("cancel", "card.strike", encodeEdit),
    respond: sending("respond", "card.reply", encodeReply),
    sendPoll: sending("sendPoll", "ballot.issue", encodeBallot),
    sendText: sending("sendText", "note.issue", encodeNote),
    findSent: (query, call) => ask("findSent", "ledger.search", encodeSearch(query), call, decodeFound, true),
    resolveContact: (person, call) => ask("resolveContact", "people.lookup", { who: recipientToVendor(person) }, call, decodeContact, true),
    close: async () => {},
  } satisfies EventMessagingProvider;
}

/** What the line says of itself. A probe answers in words; it does not throw for a line in trouble. */
function probeOf(response: HttpResponse | undefined): Probe {
  const unsure = (status: AccountStatus, reason: string): Probe => ({ status, reason, self: {}, capabilities: {} });
  if (response === undefined) return unsure("unknown", "Acme did not answer.");
  const result = at(response.json, "done") === true ? at(response.json, "result") : undefined;
  if (result === undefined) {
    const { code, outcome, persistence, what, remedy } = judge(response);
    return { ...unsure(outcome === "not-sent" ? "not-ready" : "unknown", `When asked for the line: ${what}; ${remedy}.`), ...(outcome === "not-sent" && { refusal: { code, persistence } }) };
  }
  const version = text(at(result, "edition"));
  const up = at(result, "state") === "up";
  return {
    status: up ? "ready" : "not-ready",
    reason: up ? "" : "The line is not connected: link it to a phone at Acme.",
    self: decodeGuest(at(result, "self")),
    ...(version !== undefined && { version }),
    capabilities: takenAway(list(at(result, "plan"))),
  };
}

/** Cards can be had without ballots and without changes; the line's plan says which it has. Acme docs: "Plans". */
function takenAway(plan: readonly unknown[] | undefined): CapabilityTable {
  if (plan === undefined) return {};
  const absent = { support: "absent", why: "The line's plan does not include it: choose another plan at Acme.", source: "line.describe" } as const;
  return {
    ...(!plan.includes("ballots") && { "poll.send": absent, "poll.receive": absent }),
    ...(!plan.includes("changes") && { "invitation.update": absent, "invitation.cancel": absent }),
    ...(!plan.includes("venues") && { "field.location": absent }),
  };
}
