import type { EventMessagingProvider, Parsed, ProviderDefinition, ProviderRuntime } from "@event-messaging/core/driver";
import type { MemoryConfigInput } from "@event-messaging/core/memory";
import type { VendorUnderTest } from "../../src/index.js";
import { memoryUnderTest, type MemoryUnderTest } from "../vendors/memory.js";

/** A provider that breaks one promise, and the promise: `group: case`. The suite must fail exactly that. */
export interface BrokenProvider {
  readonly name: string;
  /** The first names the promise; further ones are other sides of the same defect. */
  readonly caughtBy: readonly string[];
  vendor(): VendorUnderTest;
}

export interface Given {
  readonly good: EventMessagingProvider & Required<Pick<EventMessagingProvider, "send" | "update" | "cancel" | "respond" | "sendPoll" | "sendText" | "findSent" | "planWebhooks">>;
  readonly config: MemoryConfigInput;
  readonly runtime: ProviderRuntime;
  /** The vendor's last answer to this account, as it came. */
  readonly lastAnswer: () => { readonly status: number; readonly body: string } | undefined;
}

/** The provider in memory with something about its open accounts broken. */
export function brokenMemory(name: string, caughtBy: string | readonly string[], breakIt: (given: Given) => Partial<EventMessagingProvider>): BrokenProvider {
  return {
    name, caughtBy: [caughtBy].flat(),
    vendor() {
      const answers = new Map<string, { readonly status: number; readonly body: string }>();
      const { definition, configurations } = memoryUnderTest(["everything"], (line, answer) => void answers.set(line, answer));
      return { configurations, definition: { ...definition, open: (config, runtime) => {
        const good = whole(definition.open(config, runtime));
        const settings = config as MemoryConfigInput; // the good provider has just accepted it
        return { ...good, ...breakIt({ good, config: settings, runtime, lastAnswer: () => answers.get(settings.line) }) };
      } } };
    },
  };
}

/** The provider in memory with something about its definition broken. */
export function brokenDefinition(name: string, caughtBy: string | readonly string[], breakIt: (good: ProviderDefinition, under: MemoryUnderTest) => Partial<ProviderDefinition>): BrokenProvider {
  return {
    name, caughtBy: [caughtBy].flat(),
    vendor() {
      const under = memoryUnderTest(["everything"]);
      return { ...under, definition: { ...under.definition, ...breakIt(under.definition, under) } };
    },
  };
}

/** The provider in memory with something about its reading of deliveries broken. */
export function brokenReading(name: string, caughtBy: string | readonly string[], breakIt: (parsed: Parsed, json: Readonly<Record<string, unknown>>) => Parsed): BrokenProvider {
  return brokenMemory(name, caughtBy, ({ good: { webhook } }) => ({
    webhook: { ...webhook, parse: (json, request) => breakIt(webhook.parse(json, request), typeof json === "object" && json !== null ? Object.fromEntries(Object.entries(json)) : {}) },
  }));
}

/** The memory provider has every operation. */
function whole(provider: EventMessagingProvider): Given["good"] {
  const { send, update, cancel, respond, sendPoll, sendText, findSent, planWebhooks } = provider;
  if (!send || !update || !cancel || !respond || !sendPoll || !sendText || !findSent || !planWebhooks) throw new TypeError("the provider in memory has changed");
  return { ...provider, send, update, cancel, respond, sendPoll, sendText, findSent, planWebhooks };
}
