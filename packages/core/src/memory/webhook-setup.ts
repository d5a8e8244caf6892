import { reveal, secret, type Issue, type WebhookPlan, type WebhookWish } from "../driver/index.js";
import { encodeTypes } from "./encode.js";
import { objectAt, parseJson, textAt, textsAt } from "./wire.js";

/** What a wish would change of a line's settings. Pure. */
export function planChange(settings: unknown, { url, types }: WebhookWish): WebhookPlan {
  const after = { url: reveal(url), types: encodeTypes(types) };
  return { before: secret(JSON.stringify(settings)), after: secret(JSON.stringify(after)), changes: changes(settings, after) };
}

/** The body that applies a plan: the vendor compares what stands with `expected` and writes in one step. */
export function encodeChange({ before, after }: WebhookPlan): object {
  return { expected: parseJson(reveal(before)), webhooks: parseJson(reveal(after)) };
}

/** The plan that takes a plan back. */
export function restoring({ before, after }: WebhookPlan): WebhookPlan {
  return { before: after, after: before, changes: changes(parseJson(reveal(after)), parseJson(reveal(before))) };
}

/** The settings out of the vendor's answer. */
export function decodeSettings(json: unknown): object {
  const settings = objectAt(json, "webhooks");
  return { url: textAt(settings, "url") ?? "", types: textsAt(settings, "types") ?? [] };
}

/** In words; an address may hold a secret, so it is not shown. */
function changes(from: unknown, to: unknown): readonly Issue[] {
  const old = textsAt(from, "types") ?? [];
  const wanted = textsAt(to, "types") ?? [];
  return [
    ...(textAt(from, "url") === textAt(to, "url") ? [] : [{ path: "url", message: "another address" }]),
    ...wanted.filter((type) => !old.includes(type)).map((type) => ({ path: `types.${type}`, message: "added" })),
    ...old.filter((type) => !wanted.includes(type)).map((type) => ({ path: `types.${type}`, message: "taken away" })),
  ];
}
