import type { Reply, SimRequest } from "../server.js";
import { environmentOf } from "./version.js";
import type { WahaSwitches } from "./switches.js";

const NAMES: Readonly<Record<number, string>> = { 400: "Bad Request", 404: "Not Found", 422: "Unprocessable Entity", 501: "Not Implemented" };

/** Family A, the framework's errors: `message`, `error`, `statusCode`, in this order. 401 and 403 have no `error`. */
export const frameworkError = (status: 400 | 401 | 403 | 404 | 422 | 501, message: string | readonly string[]): Reply => {
  const error = NAMES[status];
  return { status, json: error === undefined ? { message, statusCode: status } : { message, error, statusCode: status } };
};

export const unauthorized = (): Reply => frameworkError(401, "Unauthorized");
export const forbidden = (): Reply => frameworkError(403, "Forbidden");
export const noRoute = (request: Pick<SimRequest, "method" | "path">): Reply => frameworkError(404, `Cannot ${request.method} ${request.path}`);
export const noSession = (): Reply => frameworkError(404, "Session not found");
export const notStarted = (name: string): Reply =>
  frameworkError(404, `We didn't find a session with name '${name}'.\nPlease start it first by using POST /api/sessions/${name}/start request`);
export const notImplemented = (engine: string): Reply =>
  frameworkError(501, `The method is not implemented by '${engine}' engine. Check the docs and try another engine: https://waha.devlike.pro/`);
export const onlyDefault = (name: string): Reply =>
  frameworkError(
    422,
    `WAHA Core support only 'default' session. You tried to access '${name}' session (base64: ${Buffer.from(name).toString("base64")}). If you want to run more then one WhatsApp account - please get WAHA PLUS version. Check this out: https://waha.devlike.pro/`,
  );
export const onlyPlus = (engine: string): Reply => frameworkError(422, `The feature is available only in Plus version for '${engine}' engine. Check this out: https://waha.devlike.pro/`);

/** Family B, the state of a session: no `statusCode` and no `message`; `error` is the text for people. */
export const notAsExpected = (session: string, status: string): Reply => ({
  status: 422,
  json: { error: "Session status is not as expected. Try again later or restart the session", session, status, expected: ["WORKING"] },
});
export const doesNotExist = (session: string): Reply => ({ status: 422, json: { error: `Session "${session}" does not exist`, session } });
export const nameRequired = (): Reply => ({ status: 422, json: { error: "Session name is required" } });

/** What the server or its engine threw: becomes a 500 of family C. */
export interface Exception {
  readonly message: string;
  readonly name: "Error" | "TypeError" | "PayloadTooLargeError";
  /** gRPC code, when it comes from the engine. */
  readonly code?: number;
  readonly type?: string;
}

export const typeError = (message: string): Exception => ({ message, name: "TypeError" });
export const plainError = (message: string): Exception => ({ message, name: "Error" });

const GRPC: Readonly<Record<number, string>> = { 2: "UNKNOWN", 4: "DEADLINE_EXCEEDED", 13: "INTERNAL", 14: "UNAVAILABLE" };

export const engineError = (code: number, details: string): Exception => ({ message: `${code} ${GRPC[code] ?? "UNKNOWN"}: ${details}`, name: "Error", code });

/** A refusal by WhatsApp ("463", "475", "400", "403") or a failure of the engine by its gRPC code ("4", "13", "14"). */
export const refusalOf = (code: string): Exception => {
  switch (code) {
    case "4":
      return engineError(4, "Deadline exceeded");
    case "13":
      return engineError(13, "Received RST_STREAM with code 2");
    case "14":
      return engineError(14, "No connection established. Last error: connect ECONNREFUSED");
    default:
      return engineError(2, `server returned error ${code}`);
  }
};

/** Family C: everything else is a 500 that repeats the request, with a stack and the server's version. */
export const exceptionReply = (exception: Exception, request: SimRequest, body: unknown, switches: WahaSwitches, now: number): Reply => {
  const { version, engine, tier, browser } = environmentOf(switches);
  const stack = `${exception.name}: ${exception.message}\n    at callErrorFromStatus (/app/node_modules/@grpc/grpc-js/build/src/call.js:32:19)`;
  const details = exception.message.slice(exception.message.indexOf(": ") + 2);
  return {
    status: 500,
    json: {
      statusCode: 500,
      timestamp: new Date(now).toISOString(),
      exception: {
        message: exception.message,
        ...(exception.code === undefined ? {} : { code: exception.code, details, metadata: [] }),
        ...(exception.type === undefined ? {} : { type: exception.type }),
        name: exception.name,
        stack,
      },
      request: { path: request.path, method: request.method, body, query: Object.fromEntries(request.query) },
      version: { version, engine, tier, browser },
    },
  };
};
