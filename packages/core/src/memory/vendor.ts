import { audienceOf, GATES, isRecipient, isSupported, reveal, supportOf, type CapabilityTable, type OperationName, type Secret } from "../driver/index.js";
import type { MemoryConfigInput } from "./config.js";
import { recipientFromVendor } from "./recipient.js";
import { never, refusal, suffer, type MemoryAnswer, type MemoryFault } from "./vendor-faults.js";
import { tell, type MemoryDelivery, type MemoryHappening } from "./vendor-webhooks.js";
import { MemoryWorld, type MemoryAct, type MemoryContact, type MemoryGroup } from "./vendor-world.js";
import { isObject, parseJson, textAt, type MemoryPath } from "./wire.js";

/** One request of an account. */
export interface MemoryRequest {
  readonly line: string;
  readonly apiKey: string | Secret;
  readonly path: MemoryPath;
  /** JSON text, as it would be on a wire: nothing is shared with the caller. */
  readonly body: string;
}

export interface MemoryVendorOptions {
  /** The vendor's clock. Default: the system's. */
  readonly now?: (() => Date) | undefined;
  /** What its accounts cannot do at present: entries weaker than the definition's. Codes left out stay native. */
  readonly capabilities?: CapabilityTable | undefined;
  /** It takes messages into a queue and hands them over at `flush()`. Default false. */
  readonly queues?: boolean | undefined;
  readonly contacts?: readonly MemoryContact[] | undefined;
  /** What its lines are members of. A message to a group of admins is taken and appears nowhere. */
  readonly groups?: readonly MemoryGroup[] | undefined;
  readonly apiKey?: string | undefined;
  /** What it signs deliveries with. */
  readonly signingKey?: string | undefined;
}

/**
 * A vendor that lives in this process: any number of lines (accounts), their chats, and a journal of what it did. It holds no
 * port and no timer. Two vendors share nothing.
 */
export interface MemoryVendor {
  /** One exchange. Rejects only when a scripted fault breaks it off. */
  exchange(request: MemoryRequest, signal: AbortSignal): Promise<MemoryAnswer>;
  /** A configuration that fits this vendor: right API key, right signing key. */
  configFor(line: string): MemoryConfigInput;
  /** Makes something happen in the chats of a line, and gives what the vendor posts about it. Nothing is posted by itself. */
  happen(line: string, happening: MemoryHappening): readonly MemoryDelivery[];
  /** Hands over what a line has queued, and gives the deliveries about it. */
  flush(line: string): readonly MemoryDelivery[];
  /** The next request (other than for the line's status) suffers this. Further calls queue up. */
  failNext(fault: MemoryFault): void;
  /** What it did, oldest first. */
  journal(): readonly MemoryAct[];
  /** What it was asked, done or not, oldest first. */
  requests(): readonly { readonly line: string; readonly path: MemoryPath }[];
}

/** Makes a vendor in memory. */
export function memoryVendor(options: MemoryVendorOptions = {}): MemoryVendor {
  const { now = () => new Date(), capabilities = {}, queues = false, contacts = [], groups = [], apiKey = "memory-api-key", signingKey = "memory-signing-key" } = options;
  const world = new MemoryWorld(() => now().getTime(), queues, contacts, groups);
  const faults: MemoryFault[] = [];
  const requests: { readonly line: string; readonly path: MemoryPath }[] = [];

  return {
    async exchange(request, signal) {
      const { line, path } = request;
      requests.push({ line, path });
      if (reveal(request.apiKey) !== apiKey) return never("UNAUTHENTICATED");
      const parsed = parseJson(request.body);
      const body = isObject(parsed) ? parsed : {};
      const act = () => {
        const needed = CAPABILITY_OF[path];
        if (needed === undefined) return withCapabilities(world.perform(line, path, body), capabilities);
        const chat = recipientFromVendor(textAt(body, "chat") ?? "");
        const entry = capabilities[needed] && supportOf(capabilities, needed, isRecipient(chat) ? audienceOf(chat) : "direct");
        if (entry !== undefined && !isSupported(entry)) return never("UNSUPPORTED");
        return world.line(line).ready || path.startsWith("webhooks.") ? world.perform(line, path, body) : refusal({ code: "ACCOUNT_NOT_READY", outcome: "not-sent", persistence: "transient" });
      };
      const fault = path === "line.status" ? undefined : faults.shift();
      return fault === undefined ? act() : suffer(fault, act, signal);
    },
    configFor: (line) => ({ line, apiKey, signingKeys: [signingKey] }),
    happen: (line, happening) => tell(world, line, happening, signingKey),
    flush(line) {
      const queued = world.messages(line).filter(({ state }) => state === "queued");
      return queued.flatMap((message) => {
        message.state = "handed-over";
        return tell(world, line, { type: "card_arrived", target: message.id, at: "whatsapp" }, signingKey);
      });
    },
    failNext: (fault) => void faults.push(fault),
    journal: () => [...world.acts],
    requests: () => [...requests],
  };
}

/** What each request needs; reading the line's status needs nothing. */
const CAPABILITY_OF: Readonly<Record<MemoryPath, (typeof GATES)[OperationName] | undefined>> = {
  "line.status": undefined,
  "cards.send": GATES.send, "cards.edit": GATES.update, "cards.cancel": GATES.cancel, "cards.answer": GATES.respond,
  "polls.send": GATES.sendPoll, "texts.send": GATES.sendText,
  "messages.withdraw": GATES.withdraw, "messages.search": GATES.findSent, "people.find": GATES.resolveContact, "groups.list": GATES.listGroups,
  "webhooks.read": GATES.planWebhooks, "webhooks.write": GATES.applyWebhooks,
};

function withCapabilities({ status, body }: MemoryAnswer, capabilities: CapabilityTable): MemoryAnswer {
  const json = parseJson(body);
  return { status, body: JSON.stringify({ ...(isObject(json) && json), version: "1", capabilities }) };
}
