import {
  invalidArgument, MessagingError, pollProblems,
  type Call, type EditCommand, type EventMessagingProvider, type FindSentQuery, type GroupQuery, type HttpResponse, type InvitationDetails, type Lid, type MessageId, type OperationName, type Phone, type PollCommand, type ProviderRuntime, type Receipt, type RespondCommand,
  type SendCommand, type SentMessage, type Target, type TextCommand, type WebhookPlan, type WebhookWish,
} from "@event-messaging/core/driver";
import { probeAccount, readingOf } from "./probe.js";
import type { ZapiSettings } from "./config.js";
import { decodeReceipt } from "./decode.js";
import { encodeEdit, encodePoll, encodeResponse, encodeSend, encodeText, eventMessageOf } from "./encode.js";
import { exchangeWith, templateOf } from "./exchange.js";
import { refusal } from "./failure.js";
import { listGroups } from "./groups.js";
import { inspectInstance } from "./inspect.js";
import { learnReading } from "./learning.js";
import { findSent, resolveContact, withdraw, type Desk } from "./lookup.js";
import { applyWebhooks, planWebhooks } from "./webhook-setup.js";
import { zapiWebhook } from "./webhook.js";

/** One open instance of Z-API. No I/O before the first call. */
export function openZapi(config: ZapiSettings, runtime: ProviderRuntime) {
  const { account, now } = runtime;
  const exchange = exchangeWith(config, runtime);
  const reading = readingOf(config, runtime);
  const editsInZone = config.timeZoneOnEdit === "send";
  const createZone = config.createTimeZone ?? (runtime.learned.createTimeZone === "UTC-3" ? "UTC-3" : "UTC");

  const judge = (operation: OperationName, response: HttpResponse, path: string, reads = false) =>
    refusal(response, { account, operation, urlTemplate: templateOf(path), reads, refusals: config.refusals }, Date.parse(now()));
  const editTime = { zone: editsInZone ? createZone : undefined, reading };
  const post = async (operation: OperationName, path: string, json: unknown, call: Call): Promise<Receipt> => {
    const response = await exchange({ method: "POST", path, json }, call);
    const receipt = decodeReceipt(response);
    if (receipt === undefined) throw judge(operation, response, path);
    return receipt;
  };
  const desk = (operation: OperationName): Desk => ({ exchange, refuse: (response, path, reads) => judge(operation, response, path, reads) });
  const refuse = (operation: OperationName, code: "INVALID_ARGUMENT" | "UNSUPPORTED", say: string) =>
    new MessagingError(`zapi ${operation} on account "${account}": ${say}. Nothing was sent.`, { code, outcome: "not-sent", persistence: "permanent", context: { provider: "zapi", account, operation } });
  const eventOf = (operation: OperationName, target: Target): MessageId => {
    const id = eventMessageOf(target);
    if (id === undefined) throw refuse(operation, "INVALID_ARGUMENT", "the handle names no message; use one that send() or adopt() returned");
    return id;
  };

  return {
    webhook: zapiWebhook(config, account),
    inspect: (call: Call) => inspectInstance(config, runtime, { exchange, refuse: (response, path, reads) => refusal(response, { account, operation: "inspect", urlTemplate: templateOf(path), reads, refusals: config.refusals }, Date.parse(now())) }, call),
    probe: (call: Call) => probeAccount(config, runtime, exchange, call),
    send: async (command: SendCommand, call: Call) => post("send", "send-event", encodeSend(command, createZone), call),
    update: async (command: EditCommand, call: Call) => {
      if (reading === undefined && !editsInZone) throw refuse("update", "UNSUPPORTED", "the vendor does not say how it reads the time of an edit; set the option dateTime, or let an own echo teach it");
      return post("update", "send-edit-event", encodeEdit(command, eventOf("update", command.target), false, editTime), call);
    },
    cancel: async (command: EditCommand, call: Call) => post("cancel", "send-edit-event", encodeEdit(command, eventOf("cancel", command.target), true, editTime), call),
    respond: async (command: RespondCommand, call: Call) => {
      if (command.response === "MAYBE") throw refuse("respond", "UNSUPPORTED", "Z-API documents the answers GOING and NOT_GOING only");
      if (command.target.createdBy === "self") throw refuse("respond", "INVALID_ARGUMENT", "the creator of an event always attends and cannot answer it");
      return post("respond", "send-event-response", encodeResponse(command, eventOf("respond", command.target)), call);
    },
    sendPoll: async (command: PollCommand, call: Call) => {
      const issues = pollProblems(command);
      if (issues.length > 0) throw invalidArgument(`zapi sendPoll on account "${account}"`, issues, { provider: "zapi", account, operation: "sendPoll" });
      return post("sendPoll", "send-poll", encodePoll(command), call);
    },
    sendText: async (command: TextCommand, call: Call) => post("sendText", "send-text", encodeText(command), call),
    withdraw: async (sent: SentMessage, call: Call) => withdraw(desk("withdraw"), sent, call),
    findSent: async (query: FindSentQuery, call: Call) => findSent(desk("findSent"), query, call),
    resolveContact: async (contact: Phone | Lid, call: Call) => resolveContact(desk("resolveContact"), contact, call),
    listGroups: async (query: GroupQuery, call: Call) => listGroups(desk("listGroups"), query, call),
    planWebhooks: async (wish: WebhookWish, call: Call) => planWebhooks(config, desk("planWebhooks"), wish, call),
    applyWebhooks: async (plan: WebhookPlan, call: Call) => applyWebhooks(desk("applyWebhooks"), plan, call),
    ...(reading === undefined && { learn: (sent: InvitationDetails, shown: InvitationDetails, role?: SentMessage["role"]) => learnReading(runtime.learned, sent, shown, role, editsInZone) }),
    close: async () => {},
  } satisfies EventMessagingProvider;
}
