import type { HttpResponse } from "@event-messaging/core/driver";
import type { WireRequest } from "./wire-request.js";

export const ENGINES = ["GOWS", "NOWEB", "WEBJS", "WPP"] as const;
export const VERSIONS = ["2025.5.1", "2025.11.3", "2025.12.2", "2026.4.3", "2026.7.1"] as const;

/** A server as far as it decides which requests follow. */
export interface Server {
  readonly engine: (typeof ENGINES)[number];
  readonly version: (typeof VERSIONS)[number];
  readonly config: "none" | "empty" | "others" | "ours";
  readonly conditions: "good" | "unknown-session" | "failing";
  /** Does `check-exists` name a LID? Otherwise the map is asked. */
  readonly lids: boolean;
  readonly oldVersionRoute: boolean;
}

const OTHERS = { url: "https://bot.example.test/in", events: ["message", "group.v2.update"], customHeaders: [{ name: "X-Bot", value: "1" }], retries: { policy: "linear", delaySeconds: 1, attempts: 4 } };
const CONFIGS: Readonly<Record<Server["config"], unknown>> = {
  none: undefined,
  empty: {},
  others: { metadata: { tenant: "042" }, proxy: null, debug: false, ignore: { groups: true }, gows: { storage: { messages: true } }, webhooks: [OTHERS] },
  ours: { webhooks: [{ url: "https://hooks.example.test/webhooks/clinic/s3cret", events: ["event.response"], hmac: { key: "an older key" } }, OTHERS] },
};

/** The answer that lets a call go as far as it goes. */
export function answerAs(server: Server, { method, path }: WireRequest): HttpResponse {
  const { status, json } = decide(server, method, path);
  return { status, json, headers: new Map() };
}

function decide(server: Server, method: string, path: string): { readonly status: number; readonly json: unknown } {
  const ok = (json: unknown, status = 200) => ({ status, json });
  if (path === "/api/server/version") return server.oldVersionRoute ? { status: 404, json: { message: "Cannot GET /api/server/version", error: "Not Found", statusCode: 404 } } : ok({ version: server.version, engine: server.engine, tier: "CORE" });
  if (path === "/api/version") return ok({ version: server.version, engine: server.engine });
  if (server.conditions === "unknown-session") return { status: path.startsWith("/api/sessions/") ? 404 : 422, json: { message: "Session not found", statusCode: 404 } };
  if (server.conditions === "failing") return { status: 500, json: { statusCode: 500, exception: { message: "rpc error: code = Unknown desc = server returned error 400" } } };
  const config = CONFIGS[server.config];
  if (path.startsWith("/api/sessions/")) return ok({ name: "clinic", status: "WORKING", me: { id: "351910000777@c.us" }, ...(config !== undefined && { config }) });
  if (path === "/api/contacts/check-exists") return ok({ numberExists: true, chatId: server.lids ? "271000000000099@lid" : "351960000123@c.us" });
  if (path.includes("/lids/pn/")) return ok({ lid: null, pn: "351960000123@c.us" });
  if (path.includes("/lids/")) return ok({ lid: "271000000000099@lid", pn: null });
  if (path.endsWith("/messages")) return ok([]);
  if (path.endsWith("/messages-admin-only")) return ok({ adminsOnly: server.lids });
  if (path.endsWith("/participants/v2")) return ok([{ id: "351910000777@c.us", role: "admin" }]);
  if (path.includes("/groups")) return ok(path.endsWith("/groups") ? [] : { id: decodeURIComponent(path.split("/").at(-1) ?? ""), subject: "Everybody" });
  return ok({ id: "true_351960000123@c.us_3EB0C41F7A9D2E6B558011", _data: null }, method === "POST" ? 201 : 200);
}
