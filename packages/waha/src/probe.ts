import { isMessagingError, type AccountStatus, type Call, type HttpResponse, type Issue, type Probe } from "@event-messaging/core/driver";
import type { OpenConfig } from "./config.js";
import { selfOf } from "./decode.js";
import { bothHold, byChoice, byEngine, bySettings } from "./engines.js";
import type { Ask } from "./exchange.js";
import { judge } from "./failure.js";
import { at, readMe, text } from "./wire.js";

export const SESSION = "/api/sessions/{session}";
const VERSION = "/api/server/version";
/** The route of servers before `/api/server`. */
const OLD_VERSION = "/api/version";

/** Asks the server about the session and about itself. Never `/api/server/environment`, which shows the server's secrets. */
export async function probeSession(ask: Ask, config: OpenConfig, call: Call): Promise<Probe> {
  const [about, server] = await Promise.all([
    reached(ask(call, { method: "GET", template: SESSION, params: { session: config.session } })),
    readServer(ask, config, call),
  ]);
  const json = accepted(about);
  const engine = server.engine ?? engineOfSession(json) ?? config.engine;
  return {
    ...readState(about),
    self: selfOf(readMe(at(json, "me"))),
    ...(engine !== undefined && { engine }),
    ...(server.version !== undefined && { version: server.version }),
    capabilities: { ...bothHold(byEngine(engine, server.version), bySettings(at(json, "config"), engine)), ...byChoice(config) },
    warnings: json === undefined ? [] : webhookWarnings(at(json, "config", "webhooks")),
  };
}

/** What the server says of itself. Where it does not say, the version that its operator states; the session may still show the engine. */
export async function readServer(ask: Ask, config: Pick<OpenConfig, "version">, call: Call): Promise<{ readonly engine: string | undefined; readonly version: string | undefined }> {
  const first = await reached(ask(call, { method: "GET", template: VERSION }));
  const answer = first?.status === 404 ? await reached(ask(call, { method: "GET", template: OLD_VERSION })) : first;
  const json = accepted(answer);
  return { engine: text(at(json, "engine")), version: text(at(json, "version")) ?? config.version };
}

/** The answer, or nothing when the server could not be reached. A call that its caller ended stays ended. */
async function reached(response: Promise<HttpResponse>): Promise<HttpResponse | undefined> {
  try {
    return await response;
  } catch (error) {
    if (isMessagingError(error) && error.code !== "CANCELED" && error.code !== "STOPPED") return undefined;
    throw error;
  }
}

/** The JSON of a 2xx. */
function accepted(response: HttpResponse | undefined): unknown {
  return response !== undefined && response.status >= 200 && response.status < 300 ? response.json : undefined;
}

function readState(response: HttpResponse | undefined): Pick<Probe, "status" | "reason" | "refusal"> {
  if (response === undefined) return { status: "unknown", reason: "The WAHA server could not be reached." };
  const json = accepted(response);
  if (json !== undefined) return statusOf(text(at(json, "status")));
  const { what, remedy, code, persistence } = judge(response);
  const refused = response.status >= 400 && response.status < 500 && response.status !== 408 && response.status !== 429;
  return { status: refused ? "not-ready" : "unknown", reason: `When asked for the session, ${what}: ${remedy}.`, ...(refused && { refusal: { code, persistence } }) };
}

/** A session's status in our words. Only `WORKING` can send. Source: WAHA docs, how-to/sessions. */
export function statusOf(status: string | undefined): { readonly status: AccountStatus; readonly reason: string } {
  switch (status ?? "") {
    case "WORKING": return { status: "ready", reason: "" };
    case "STARTING": return { status: "not-ready", reason: "The session is starting or reconnecting: wait a few seconds." };
    case "STOPPED": return { status: "not-ready", reason: "The session is stopped: start it." };
    case "SCAN_QR_CODE": return { status: "not-ready", reason: "The session is not linked to a phone: scan the QR code." };
    case "PASSKEY_REQUIRED":
    case "PASSKEY_CONFIRMATION_REQUIRED": return { status: "not-ready", reason: "The session waits for a passkey: confirm it in a browser." };
    case "FAILED": return { status: "not-ready", reason: "The session has failed: restart it, then link the phone again if that does not help." };
    default: return { status: "not-ready", reason: "The session is in a state that this version does not know." };
  }
}

/** Servers that hide their engine still show it in the session: an object per engine, or its name (2024). */
function engineOfSession(session: unknown): string | undefined {
  const engine = at(session, "engine");
  return text(at(engine, "engine")) ?? (at(engine, "gows") !== undefined ? "GOWS" : undefined);
}

/** A working session is no proof that answers arrive: somebody must have asked for them. */
function webhookWarnings(webhooks: unknown): readonly Issue[] {
  const hooks: readonly unknown[] = Array.isArray(webhooks) ? webhooks : [];
  const asked = hooks.some((hook) => {
    const events = at(hook, "events");
    return Array.isArray(events) && events.some((event) => event === "event.response" || event === "*");
  });
  return asked ? [] : [{ path: "config.webhooks", message: "no webhook of this session asks for event.response; without a global one on the server no answer arrives" }];
}
