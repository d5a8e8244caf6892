export { ERROR_CODES, type ErrorCode, type Persistence } from "./codes.js";
export { configInvalid, invalidArgument } from "./invalid.js";
export { isMessagingError, mayRepeat, MessagingError, type ErrorContext, type MessagingErrorInit } from "./messaging-error.js";
