import { type WebhookCodec } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** Tries the keys of every account that it ever opened. */
export const acceptsAnyAccountsSignature = brokenMemory("accepts any account's signature", "webhook authenticity: another account's proof does not count", ({ good: { webhook }, config }) => ({
  webhook: { ...webhook, authenticate: (request) => ([webhook, ...others(config.line)].map((each) => each.authenticate(request)).find(({ ok }) => ok) ?? webhook.authenticate(request)) },
  close: remember(config.line, webhook),
}));

/** Of every line that was opened: what its deliveries prove. */
const opened = new Map<string, WebhookCodec>();

function remember(line: string, webhook: WebhookCodec): () => Promise<void> {
  opened.set(line, webhook);
  return async () => {};
}

function others(line: string): readonly WebhookCodec[] {
  return [...opened].filter(([name]) => name !== line).map(([, webhook]) => webhook);
}
