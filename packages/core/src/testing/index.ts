/** For the tests of applications: real messaging over a vendor inside the process. */
export { createTestMessaging, type NextFailure, type TestMessaging, type TestMessagingOptions } from "./create-test-messaging.js";
export type { AnswerOptions } from "./answer-to.js";
