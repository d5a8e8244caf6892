import type { AccountStatus, Call, EventMessagingProvider, MessagingError, OperationName, Probe, ProviderRuntime, Receipt } from "../driver/index.js";
import type { MemoryConfig } from "./config.js";
import { decodeCapabilities, decodeFound, decodeGroups, decodeGuest, decodeReceipt } from "./decode.js";
import { encodeAnswer, encodeEdit, encodeGroupQuery, encodePerson, encodePoll, encodeSearch, encodeSend, encodeText, encodeWithdraw } from "./encode.js";
import { brokenOff, failureOf, type Where } from "./failure.js";
import type { MemoryVendor } from "./vendor.js";
import { decodeSettings, encodeChange, planChange, restoring } from "./webhook-setup.js";
import { webhookCodec } from "./webhook.js";
import { isObject, objectAt, parseJson, textAt, type MemoryPath } from "./wire.js";

const READS: ReadonlySet<OperationName> = new Set<OperationName>(["findSent", "resolveContact", "listGroups", "planWebhooks"]);

/** One open account: encode, one exchange, decode. */
export function openMemory(vendor: MemoryVendor, config: MemoryConfig, { account }: ProviderRuntime) {
  const ask = async <T>(operation: OperationName, path: MemoryPath, body: object, call: Call, decode: (json: unknown) => T | undefined): Promise<T> => {
    const where: Where = { account, operation, reads: READS.has(operation) };
    if (call.signal.aborted) throw brokenOff(where, call.signal, false);
    const answer = await vendor.exchange({ line: config.line, apiKey: config.apiKey, path, body: JSON.stringify(body) }, call.signal)
      .catch((): MessagingError => brokenOff(where, call.signal, true));
    if (answer instanceof Error) throw answer;
    const json = parseJson(answer.body);
    const decoded = answer.status >= 200 && answer.status < 300 ? decode(json) : undefined;
    if (decoded === undefined) throw failureOf(where, answer.status, json);
    return decoded;
  };
  const sending = <Command>(operation: OperationName, path: MemoryPath, encode: (command: Command) => object) =>
    (command: Command, call: Call): Promise<Receipt> => ask(operation, path, encode(command), call, decodeReceipt);

  return {
    webhook: webhookCodec(config, account),
    probe: (call: Call) => probe(vendor, config, call),
    send: sending("send", "cards.send", encodeSend),
    update: sending("update", "cards.edit", encodeEdit),
    cancel: sending("cancel", "cards.cancel", encodeEdit),
    respond: sending("respond", "cards.answer", encodeAnswer),
    sendPoll: sending("sendPoll", "polls.send", encodePoll),
    sendText: sending("sendText", "texts.send", encodeText),
    withdraw: (message, call) => ask("withdraw", "messages.withdraw", encodeWithdraw(message), call, decodeWithdrawn),
    findSent: (query, call) => ask("findSent", "messages.search", encodeSearch(query), call, decodeFound),
    resolveContact: (person, call) => ask("resolveContact", "people.find", encodePerson(person), call, (json) =>
      isObject(json) ? { exists: typeof json.exists === "boolean" ? json.exists : "unknown" as const, guest: decodeGuest(json.person) } : undefined),
    listGroups: (query, call) => ask("listGroups", "groups.list", encodeGroupQuery(query), call, decodeGroups),
    planWebhooks: async (wish, call) => planChange(await ask("planWebhooks", "webhooks.read", {}, call, decodeSettings), wish),
    applyWebhooks: async (plan, call) => {
      await ask("applyWebhooks", "webhooks.write", encodeChange(plan), call, (json) => textAt(objectAt(json, "webhooks"), "url"));
      return restoring(plan);
    },
    close: async () => {},
  } satisfies EventMessagingProvider;
}

function decodeWithdrawn(json: unknown): "withdrawn" | "too-late" | "unknown" | undefined {
  const word = textAt(json, "withdrawn");
  if (word === "yes") return "withdrawn";
  return word === "too-late" || word === "unknown" ? word : undefined;
}

/** What the line says of itself; a line that cannot be asked is `unknown`, one that refuses the key is not ready. */
async function probe(vendor: MemoryVendor, config: MemoryConfig, { signal }: Call): Promise<Probe> {
  const unsure = (status: AccountStatus, reason: string): Probe => ({ status, reason, self: {}, capabilities: {} });
  if (signal.aborted) return unsure("unknown", "the call ended before the line was asked");
  const answer = await vendor.exchange({ line: config.line, apiKey: config.apiKey, path: "line.status", body: "{}" }, signal).catch(() => undefined);
  if (answer === undefined) return unsure("unknown", "the line did not answer");
  if (answer.status === 401) return unsure("not-ready", "the vendor does not know the API key: correct `apiKey`");
  const json = parseJson(answer.body);
  if (answer.status !== 200 || !isObject(json)) return unsure("unknown", "the line gave no status");
  const version = textAt(json, "version");
  return {
    ...(json.ready === true ? { status: "ready", reason: "" } : { status: "not-ready", reason: "the line is not connected" }),
    self: decodeGuest(json.self),
    ...(version !== undefined && { version }),
    capabilities: decodeCapabilities(json.capabilities),
    ...(json.queues === true && { warnings: [{ path: "", message: "this vendor queues: a message may leave later" }] }),
  };
}
