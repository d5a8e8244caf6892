/** What applications use. Adapters import `@event-messaging/core/driver`. */
export { createAccountPool, type AccountDirectory, type AccountLease, type AccountPool, type AccountPoolOptions, type AccountRecord, type Providers, type StaticAccounts, staticDirectory } from "./accounts/index.js";
export { CAPABILITIES, isCapabilityCode, type CapabilityCode, type KnownCapability } from "./capability/codes.js";
export { isSupported, supportOf, type CapabilityEntry, type CapabilityTable, type Support } from "./capability/table.js";
export type { HttpClient, HttpLimits, HttpRequest, HttpResponse } from "./driver/http.js";
export type { GroupFound, Receipt, WebhookPlan } from "./driver/operations.js";
export type { AccountFinding, EventMessagingProvider, Probe, ProviderDefinition } from "./driver/provider.js";
export { ERROR_CODES, isMessagingError, mayRepeat, MessagingError, type ErrorCode, type ErrorContext, type MessagingErrorInit, type Persistence } from "./error/index.js";
export { axiosHttpClient, undiciHttpClient, type AxiosLike, type WireOptions } from "./http/index.js";
export {
  circuitBreaker, defaultLayers, killSwitch, killSwitchLayer, rateLimit, retry, router, systemTiming, timeout, tracedHttpClient, tracing,
  type AccountLayer, type AccountScope, type CallLayer, type CircuitBreakerOptions, type GuardedCall, type Invoke, type KillSwitch, type Layer, type LoggerPort, type LogicalCall, type MeterPort,
  type Perform, type Rate, type RateLimitOptions, type RetryBudgetOptions, type RetryOptions, type RouterOptions, type Sent, type SpanPort, type StopScope, type Telemetry, type TimeoutOptions, type Timing,
  type TracerPort, type TracingOptions,
} from "./layers/index.js";
export { createMessaging } from "./messaging/create-messaging.js";
export type { HandlerRetries } from "./messaging/backoff.js";
export type { AccountMessaging, CommonOptions, DeadLetter, Messaging, MessagingOptions, TenantMessaging } from "./messaging/messaging-types.js";
export type { AccountReport } from "./messaging/account-report.js";
export type { CallOptions, RecipientCheck } from "./messaging/call-options.js";
export type { AccountHealth, SilenceOptions } from "./messaging/liveness.js";
export type { UnreadableOptions, UnreadablePolicy } from "./messaging/unreadable-options.js";
export type { AskedAbout, RecoveryQuestion } from "./messaging/recovery-question.js";
export type { AppointmentAnswers, NewDate } from "./messaging/rsvps.js";
export type { ReconcileOptions, ReconcileReport } from "./messaging/reconcile-report.js";
export { redactUrl } from "./webhook/redact-url.js";
export type { Verdict } from "./messaging/verdict.js";
export { parseHandle } from "./messaging/read-input.js";
export type { CallLink, CallUrl } from "./model/call-url.js";
export type { DetailsChanges, DetailsInput, DetailsLimits, Extensions, InvitationDetails, InvitationInput } from "./model/details.js";
export { RSVP_RESPONSES, type GivenResponse, type Guest, type RsvpResponse } from "./model/guest.js";
export type { Form, InvitationHandle, SentMessage } from "./model/handle.js";
export type { AccountId, MessageId, TenantId, VendorIds } from "./model/ids.js";
export { INBOUND_TYPES, type AccountStatus, type Authenticity, type Fact, type InboundEvent, type InboundType, type Recovery, type Sighting } from "./model/inbound.js";
export type { Issue, Json } from "./model/json.js";
export type { Outcome, Phase } from "./model/outcome.js";
export { audienceOf, isRecipient, type Audience, type GroupId, type Lid, type Phone, type Recipient } from "./model/recipient.js";
export { secret, type Secret } from "./model/secret.js";
export { compareInstants, type Instant, type TimeZone } from "./model/time.js";
export type { Plan, PlanItem, Policy } from "./plan/index.js";
export type { Answer, Begun, BookChange, BookKey, BookRecord, BookState, InvitationBook } from "./store/book.js";
export type { Inbox, InboxEntry, Settlement } from "./store/inbox.js";
export { revisionsOf } from "./store/revision-lookup.js";
export { rsvpFold, type RsvpFoldOptions } from "./store/rsvp-fold.js";
export { headCount, history, rsvpsByRecipient, rsvpsOf, unanswered, type HeadCount, type Unanswered } from "./store/rsvp-queries.js";
export type { CurrentAnswer, PendingAnswer, RsvpGuest, RsvpState, SeenRevision } from "./store/rsvp-state.js";
export { guestIds, mergePeople, personOf, type Person } from "./store/guest-identity.js";
export { memoryBook } from "./store/memory-book.js";
export { memoryInbox } from "./store/memory-inbox.js";
export type { RawWebhook, WebhookResult } from "./webhook/index.js";
