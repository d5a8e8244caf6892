import { isObject } from "../json.js";
import { eventNames } from "./events.js";
import { listOf } from "./webhooks.js";

const NUMBER = "must be a number conforming to the specified constraints";

/** The messages about `name` and `config.webhooks` of `POST /api/sessions` and `PUT /api/sessions/{name}`. An empty list means valid. */
export const sessionProblems = (body: unknown, release: { readonly ackGroup: boolean }): readonly string[] => {
  const { name, config } = isObject(body) ? body : {};
  const webhooks = isObject(config) ? config["webhooks"] : undefined;
  return [...nameProblems(name), ...listOf(webhooks).flatMap((webhook, i) => webhookProblems(webhook, `config.webhooks.${i}`, release))];
};

/** `[A-Za-z0-9_-]`, at most 54 characters. The wording of these two messages is the validator's usual one, not an observed answer. */
const nameProblems = (name: unknown): readonly string[] => {
  if (name === undefined || name === null) return [];
  if (typeof name !== "string") return ["name must be a string"];
  return [
    ...(name.length > 54 ? ["name must be shorter than or equal to 54 characters"] : []),
    ...(/^[A-Za-z0-9_-]*$/.test(name) ? [] : ["name must match /^[a-zA-Z0-9_-]*$/ regular expression"]),
  ];
};

const webhookProblems = (webhook: Readonly<Record<string, unknown>>, path: string, release: { readonly ackGroup: boolean }): readonly string[] => {
  const names = eventNames(release);
  const { url, events, retries } = webhook;
  const { attempts, delaySeconds, policy } = isObject(retries) ? retries : {};
  const known = Array.isArray(events) && events.every((event) => event === "*" || names.some((name) => name === event));
  return [
    ...(isUrl(url) ? [] : [`${path}.url must be a URL address`]),
    ...(known ? [] : [`${path}.each value in events must be one of the following values: ${names.join(", ")}, *`]),
    ...(delaySeconds === undefined || typeof delaySeconds === "number" ? [] : [`${path}.retries.delaySeconds ${NUMBER}`]),
    ...(attempts === undefined || typeof attempts === "number" ? [] : [`${path}.retries.attempts ${NUMBER}`]),
    ...(policy === undefined || ["linear", "exponential", "constant"].some((one) => one === policy) ? [] : [`${path}.retries.policy must be one of the following values: linear, exponential, constant`]),
  ];
};

const isUrl = (value: unknown): boolean => typeof value === "string" && /^https?:\/\/[^\s/]+/.test(value);
