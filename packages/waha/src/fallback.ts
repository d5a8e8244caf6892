import { invalidArgument, pollProblems, type Issue, type Method, type OperationName, type ProviderRuntime } from "@event-messaging/core/driver";
import type { OpenConfig } from "./config.js";
import { receiptOf } from "./decode.js";
import { pollBody, textBody, textProblems } from "./encode.js";
import { settled, type Ask, type SessionRuntime } from "./exchange.js";

const POLL = "/api/sendPoll";
const TEXT = "/api/sendText";

/** Polls and texts, on every engine. Both may carry an id chosen by the caller where `message.chosen-id` holds. */
export function fallbackOperations(ask: Ask, { session }: OpenConfig, runtime: SessionRuntime): { readonly sendPoll: Method<"sendPoll">; readonly sendText: Method<"sendText"> } {
  return {
    async sendPoll(command, call) {
      refuse("sendPoll", pollProblems(command), runtime);
      const response = await ask(call, { method: "POST", template: POLL, json: pollBody(session, command) });
      return settled(response, "sendPoll", POLL, runtime, (json) => receiptOf(json, command.to));
    },
    async sendText(command, call) {
      refuse("sendText", textProblems(command), runtime);
      const response = await ask(call, { method: "POST", template: TEXT, json: textBody(session, command) });
      return settled(response, "sendText", TEXT, runtime, (json) => receiptOf(json, command.to));
    },
  };
}

function refuse(operation: OperationName, issues: readonly Issue[], { account }: ProviderRuntime): void {
  if (issues.length > 0) throw invalidArgument(`${operation} through waha`, issues, { provider: "waha", account, operation });
}
