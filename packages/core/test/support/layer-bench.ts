import { MessagingError, type MessagingErrorInit } from "../../src/error/messaging-error.js";
import type { AccountLayer, AccountScope, GuardedCall, Invoke } from "../../src/layers/account-layer.js";
import { composeAccountLayers } from "../../src/layers/compose.js";
import type { Receipt, SendCommand } from "../../src/driver/operations.js";
import type { Probe } from "../../src/driver/provider.js";
import { accountId, messageId } from "../../src/model/ids.js";
import { isRecipient } from "../../src/model/recipient.js";
import { instant } from "../../src/model/time.js";

const to = "+351960000123";
const id = messageId("M1");
if (!isRecipient(to) || id === undefined) throw new Error("ids");
export const command: SendCommand = { to, details: { title: "Check-up", startsAt: instant("2026-12-01T15:00:00Z") } };
export const receipt: Receipt = { stage: "handed-over", messageId: id, vendorIds: {} };
export const READY: Probe = { status: "ready", reason: "", self: {}, capabilities: {} };

export function failure(init: Partial<MessagingErrorInit> = {}): MessagingError {
  return new MessagingError("send: it failed", { code: "UNAVAILABLE", outcome: "not-sent", persistence: "transient", context: { phase: "before-write" }, ...init });
}

/** An account whose requests end as told, the last way for ever, behind the given layers. */
export function layered(layers: readonly AccountLayer[], ways: readonly ((call: GuardedCall) => Promise<Receipt>)[] = [], scope: Partial<AccountScope> = {}) {
  const seen: GuardedCall[] = [];
  const invoke: Invoke = async (operation, _input, given) => {
    seen.push(given);
    if (operation !== "send" && operation !== "listGroups") return { matches: [], conclusive: false };
    return await (ways[Math.min(seen.length, ways.length) - 1]?.(given) ?? receipt);
  };
  const whole: AccountScope = { provider: "fake", revision: 1, probe: async () => READY, ...scope };
  const composed = (account = "a", changes: Partial<AccountScope> = {}) => composeAccountLayers(layers, invoke, accountId(account), { ...whole, ...changes });
  const send = (given: Partial<GuardedCall> = {}, account = "a", changes: Partial<AccountScope> = {}) => composed(account, changes)("send", command, { signal: new AbortController().signal, callId: "c", attempt: 1, ...given });
  return { seen, send, composed };
}

export const fails = (init?: Partial<MessagingErrorInit>) => () => Promise.reject(failure(init));
export const works = () => Promise.resolve(receipt);
