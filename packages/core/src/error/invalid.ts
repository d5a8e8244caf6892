import type { Issue } from "../model/json.js";
import { MessagingError, type ErrorContext } from "./messaging-error.js";

/** `INVALID_ARGUMENT` with every problem of the input. Nothing was sent, and the same input will fail again. */
export function invalidArgument(what: string, issues: readonly Issue[], context: ErrorContext = {}): MessagingError {
  return new MessagingError(`${what}: ${listed(issues)}. Correct the input; nothing was sent.`, {
    code: "INVALID_ARGUMENT", outcome: "not-sent", persistence: "permanent", issues, context,
  });
}

/** `CONFIG_INVALID` with every problem of the configuration. */
export function configInvalid(what: string, issues: readonly Issue[], context: ErrorContext = {}): MessagingError {
  return new MessagingError(`${what}: ${listed(issues)}. Correct the configuration; nothing was sent.`, {
    code: "CONFIG_INVALID", outcome: "not-sent", persistence: "permanent", issues, context,
  });
}

function listed(issues: readonly Issue[]): string {
  return issues.map(({ path, message }) => (path === "" ? message : `${path} ${message}`)).join("; ");
}
