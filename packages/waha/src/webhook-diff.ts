import { isDeepStrictEqual } from "node:util";
import type { Issue } from "@event-messaging/core/driver";
import { at, numeric, text, type Wire } from "./wire.js";

/** The webhooks of a session's settings, still loose. */
export function hooksOf(settings: Wire): readonly unknown[] {
  const hooks = at(settings, "webhooks");
  return Array.isArray(hooks) ? hooks : [];
}

/** What a change does, in words fit to show: neither keys nor the path of an address, which may hold a secret. */
export function changesBetween(before: Wire, after: Wire): readonly Issue[] {
  const [old, next] = [hooksOf(before), hooksOf(after)];
  const find = (hooks: readonly unknown[], hook: unknown) => hooks.find((each) => at(each, "url") === at(hook, "url"));
  return [
    ...next.flatMap((hook, index) => {
      const path = `config.webhooks.${index}`;
      const was = find(old, hook);
      return was === undefined ? [{ path, message: `is added: ${described(hook)}` }] : differences(path, was, hook);
    }),
    ...old.flatMap((hook, index) => (find(next, hook) === undefined ? [{ path: `config.webhooks.${index}`, message: `is taken away: ${described(hook)}` }] : [])),
  ];
}

function described(hook: unknown): string {
  return `${masked(text(at(hook, "url")))} for ${eventsOf(hook).join(", ")}; ${at(hook, "hmac", "key") === undefined ? "not signed" : "signed"}; repeats ${retriesOf(hook)}`;
}

function differences(path: string, was: unknown, is: unknown): readonly Issue[] {
  const [old, next] = [eventsOf(was), eventsOf(is)];
  const added = next.filter((event) => !old.includes(event));
  const gone = old.filter((event) => !next.includes(event));
  const keys = [at(was, "hmac", "key"), at(is, "hmac", "key")];
  return [
    ...(added.length > 0 ? [{ path: `${path}.events`, message: `gets ${added.join(", ")}` }] : []),
    ...(gone.length > 0 ? [{ path: `${path}.events`, message: `loses ${gone.join(", ")}` }] : []),
    ...(keys[0] === keys[1] ? [] : [{ path: `${path}.hmac.key`, message: keys[1] === undefined ? "is taken away" : keys[0] === undefined ? "is set (not shown)" : "is replaced (not shown)" }]),
    ...(isDeepStrictEqual(at(was, "retries"), at(is, "retries")) ? [] : [{ path: `${path}.retries`, message: `become ${retriesOf(is)}` }]),
  ];
}

function eventsOf(hook: unknown): readonly string[] {
  const events = at(hook, "events");
  return Array.isArray(events) ? events.filter((event) => typeof event === "string") : [];
}

function retriesOf(hook: unknown): string {
  const retries = at(hook, "retries");
  return `${numeric(at(retries, "attempts")) ?? 15} × ${text(at(retries, "policy")) ?? "constant"} from ${numeric(at(retries, "delaySeconds")) ?? 2} s`;
}

function masked(url: string | undefined): string {
  return url !== undefined && URL.canParse(url) ? `${new URL(url).origin}/…` : "an address that cannot be read";
}
