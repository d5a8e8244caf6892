import { createHmac } from "node:crypto";
import type { RawWebhook } from "@event-messaging/core";

export type Vendor = "waha" | "zapi";
export const VENDORS = ["waha", "zapi"] as const satisfies readonly Vendor[];
export const BASE_PATH = "/webhooks";

/** One account of one tenant, and what vouches for its deliveries. */
export interface Line {
  readonly vendor: Vendor;
  readonly account: string;
  readonly tenant: string;
  /** Session or instance. */
  readonly id: string;
  /** HMAC key, or secret in the URL. */
  readonly secret: string;
  readonly config: Readonly<Record<string, unknown>>;
}

function wahaLine(tenant: string, session: string, hmacKey: string): Line {
  return { vendor: "waha", account: `${tenant}-waha`, tenant, id: session, secret: hmacKey, config: { baseUrl: "http://127.0.0.1:9", session, apiKey: "key-of-the-stage-0001", hmacKey } };
}

function zapiLine(tenant: string, instance: string, secret: string): Line {
  return { vendor: "zapi", account: `${tenant}-zapi`, tenant, id: instance, secret, config: { baseUrl: "http://127.0.0.1:9", instance, token: `token-${tenant}-0001`, webhookSecrets: [secret] } };
}

/** `ours` is named as the fixtures name it; `other` belongs to another tenant of the same program. */
export const LINES: { readonly [V in Vendor]: { readonly ours: Line; readonly other: Line } } = {
  waha: { ours: wahaLine("salon", "salon-042", "north window 17"), other: wahaLine("choir", "choir-007", "south window 18") },
  zapi: { ours: zapiLine("club", "3B41D0C2A97E4F5688AA10C2F3E4D5B6", "b3f1c0de5a17b3f1c0de5a17"), other: zapiLine("band", "9F00D0C2A97E4F5688AA10C2F3E4D5FF", "0ddba11c0ffee0ddba11c0ff") },
};
export const ALL_LINES: readonly Line[] = VENDORS.flatMap((vendor) => [LINES[vendor].ours, LINES[vendor].other]);

export function sign(key: string, body: Uint8Array): string {
  return createHmac("sha512", key).update(body).digest("hex");
}

/** The body as the vendor of the line would post it; `secret` is another one where somebody forges. */
export function delivery(line: Line, body: Uint8Array, secret: string = line.secret): RawWebhook {
  const common = [["content-type", "application/json"]] as const;
  if (line.vendor === "zapi") return { method: "POST", path: `${BASE_PATH}/${line.account}/${secret}`, headers: common, body };
  return {
    method: "POST", path: `${BASE_PATH}/${line.account}`, body,
    headers: [...common, ["x-webhook-request-id", "01k9x7r3m2"], ["x-webhook-hmac", sign(secret, body)], ["x-webhook-hmac-algorithm", "sha512"]],
  };
}
