import type { EventMessagingProvider, Method, ProviderRuntime } from "@event-messaging/core/driver";
import type { OpenConfig } from "./config.js";
import { receiptOf } from "./decode.js";
import { eventBody } from "./encode.js";
import { askOf, settled, type SessionRuntime } from "./exchange.js";
import { fallbackOperations } from "./fallback.js";
import { groupOperations } from "./groups.js";
import { inspectSession } from "./inspect.js";
import { lookupOperations } from "./lookup.js";
import { probeSession } from "./probe.js";
import { webhookOperations } from "./webhook-setup.js";
import { webhookCodec } from "./webhook.js";

/** One WAHA session, open: exactly the operations that the definition declares. */
export type WahaSession = Pick<EventMessagingProvider, "webhook" | "probe" | "inspect" | "close"> & {
  readonly [O in "send" | "sendPoll" | "sendText" | "findSent" | "resolveContact" | "listGroups" | "planWebhooks" | "applyWebhooks"]: Method<O>;
};

const EVENTS = "/api/{session}/events";

/** Opens a session. No I/O. */
export function openSession(config: OpenConfig, given: ProviderRuntime): WahaSession {
  const { session, refusals } = config;
  const runtime: SessionRuntime = { ...given, refusals };
  const ask = askOf(config, runtime);
  return {
    webhook: webhookCodec(config, runtime.account),
    inspect: (call) => inspectSession(ask, config, runtime, call),
    probe: (call) => probeSession(ask, config, call),
    async send(command, call) {
      const response = await ask(call, { method: "POST", template: EVENTS, params: { session }, json: eventBody(command) });
      return settled(response, "send", EVENTS, runtime, (json) => receiptOf(json, command.to));
    },
    ...fallbackOperations(ask, config, runtime),
    ...lookupOperations(ask, config, runtime),
    ...groupOperations(ask, config, runtime),
    ...webhookOperations(ask, config, runtime),
    close: async () => {},
  };
}
