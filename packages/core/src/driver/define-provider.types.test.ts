/**
 * What must not compile. `tsc -p tsconfig.tests.json` is the test: a line that compiles in spite of its `@ts-expect-error`
 * fails there. The functions are never called.
 */
import { describe, expect, it } from "@jest/globals";
import type { Call, CapabilityTable, Fact, GivenResponse, InboundType, Instant, MessageId, MessagingErrorInit, Parsed, Probe, Receipt, Recipient, WebhookCodec } from "./index.js";
import { defineProvider } from "./index.js";
import { createMessaging, type AccountLayer, type CallLayer, type InboundEvent, type InvitationHandle, type Messaging, type MessagingOptions, type Policy, type ProviderDefinition, type TenantMessaging } from "../index.js";

const native = { support: "native", why: "It does.", source: "test" } as const;
const absent = { support: "absent", why: "It does not.", source: "test" } as const;

declare const receipt: Receipt;
declare const webhook: WebhookCodec;
declare const probe: () => Promise<Probe>;
declare const text: string;
declare const instant: Instant;
declare const messageId: MessageId;
declare const recipient: Recipient;
declare const messaging: Messaging;
declare const client: TenantMessaging;
declare const handle: InvitationHandle;
declare const options: Pick<MessagingOptions, "providers">;

const operation = (_: unknown, __: Call): Promise<Receipt> => Promise.resolve(receipt);
declare const rest: { readonly webhook: WebhookCodec; readonly probe: () => Promise<Probe>; readonly close: () => Promise<void> };
const head = { name: "acme", configSchema: {}, recipientFromVendor: () => undefined } as const;

/** Never called. */
export function definitions() {
  const good = defineProvider({ ...head, capabilities: { "invitation.send": native, "invitation.cancel": absent, "x-acme.thing": native }, open: () => ({ ...rest, send: operation }) });
  const codes: ProviderDefinition<"acme", "invitation.send" | "x-acme.thing"> = good;

  // @ts-expect-error declared and not implemented
  defineProvider({ ...head, capabilities: { "invitation.send": native, "invitation.update": native }, open: () => ({ ...rest, send: operation }) });
  // @ts-expect-error implemented and not declared
  defineProvider({ ...head, capabilities: { "invitation.send": native }, open: () => ({ ...rest, send: operation, cancel: operation }) });
  // @ts-expect-error declared absent and implemented
  defineProvider({ ...head, capabilities: { "invitation.send": native, "invitation.cancel": absent }, open: () => ({ ...rest, send: operation, cancel: operation }) });
  // @ts-expect-error declared absent for both audiences and implemented
  defineProvider({ ...head, capabilities: { "invitation.cancel": { direct: absent, group: absent } }, open: () => ({ ...rest, cancel: operation }) });
  // @ts-expect-error a misspelt capability
  defineProvider({ ...head, capabilities: { "invitation.sent": native }, open: () => rest });
  // @ts-expect-error an entry without a source
  defineProvider({ ...head, capabilities: { "rsvp.receive": { support: "native", why: "It does." } }, open: () => rest });
  // @ts-expect-error an entry without a reason
  const noReason: CapabilityTable = { "rsvp.receive": { support: "native", source: "test" } };
  // @ts-expect-error an entry for one audience only
  const oneAudience: CapabilityTable = { "rsvp.receive": { group: native } };
  // @ts-expect-error no close
  defineProvider({ ...head, capabilities: {}, open: () => ({ webhook, probe }) });
  return [codes, noReason, oneAudience];
}

export function driver() {
  // @ts-expect-error an unbranded time
  const time: Instant = text;
  // @ts-expect-error mixed brands
  const mixed: Instant = messageId;
  // @ts-expect-error a message id is no recipient
  const chat: Recipient = messageId;
  // @ts-expect-error CLEARED is no answer of one's own
  const cleared: GivenResponse = "CLEARED";
  // @ts-expect-error a call that was accepted is no error
  const accepted: MessagingErrorInit = { code: "TIMEOUT", persistence: "transient", outcome: "accepted" };
  // @ts-expect-error a boolean says nothing
  const boolean: MessagingErrorInit = { code: "TIMEOUT", persistence: "transient", outcome: true };
  // @ts-expect-error an error holds no URL
  const url: MessagingErrorInit = { code: "TIMEOUT", outcome: "unknown", persistence: "transient", context: { url: text } };
  // @ts-expect-error an error holds no cause
  const cause: MessagingErrorInit = { code: "TIMEOUT", outcome: "unknown", persistence: "transient", cause: new Error() };
  // @ts-expect-error a fact says which message carries it
  const anonymous: Fact<"invitation.revoked"> = { type: "invitation.revoked", at: instant, target: messageId };
  // @ts-expect-error a codec is synchronous
  const slow: WebhookCodec = { authenticate: () => ({ ok: true, by: "none" }), parse: async (): Promise<Parsed> => ({ kind: "ignored", reason: "" }) };
  return [time, mixed, chat, cleared, accepted, boolean, url, cause, anonymous, slow];
}

export function application() {
  const invitation = { key: "apt_1", to: "+351960000123", title: "Check-up", startsAt: "2026-12-01T15:00:00Z" } as const;
  void client.send(invitation);
  void client.send({ ...invitation, to: recipient, extensions: { "x-acme.thing": 1 }, description: undefined });
  // @ts-expect-error a send needs a key
  void client.send({ to: "+351960000123", title: "Check-up", startsAt: "2026-12-01T15:00:00Z" });
  // @ts-expect-error a misspelt field
  void client.send({ ...invitation, tittle: "Check-up" });
  // @ts-expect-error seconds are no time
  void client.send({ ...invitation, startsAt: 1_796_137_200 });
  // @ts-expect-error an extension is named x-…
  void client.send({ ...invitation, extensions: { "acme.thing": 1 } });
  void client.update(handle, { description: null });
  // @ts-expect-error the title cannot be taken away
  void client.update(handle, { title: null });
  // @ts-expect-error the start cannot be taken away
  void client.update(handle, { startsAt: null });
  // @ts-expect-error CLEARED is no answer of one's own
  void client.respond(handle, "CLEARED");
  // @ts-expect-error an unknown kind of event
  messaging.on("rsvp.changed", () => undefined);
  messaging.on("rsvp", ({ key, response }) => [key, response]);
  // @ts-expect-error account.status has no key
  messaging.on("account.status", ({ key }) => key);
  // @ts-expect-error a form that is no rung
  const policy: Policy = { forms: ["carrier-pigeon"] };
  const type: InboundType = "rsvp";
  const event = (one: InboundEvent<"rsvp">) => one.response satisfies "GOING" | "NOT_GOING" | "MAYBE" | "CLEARED";
  return [policy, type, event];
}

export async function promises() {
  const wants = (_: TenantMessaging<"invitation.update">) => undefined;
  // @ts-expect-error a client without a promise, where updates are relied on
  wants(client);
  wants(await client.require("invitation.update"));
  const more: TenantMessaging<"invitation.update"> = await client.require("invitation.update", "invitation.cancel");
  const less: TenantMessaging = more;
  const sendOnly = defineProvider({ ...head, capabilities: { "invitation.send": native, "invitation.update": absent }, open: () => ({ ...rest, send: operation }) });
  // @ts-expect-error the promises of a definition that cannot update
  wants(await client.require(sendOnly));
  return less;
}

export function options_() {
  const directory = { forTenant: async () => undefined, byId: async () => undefined };
  const accounts = { a: { provider: "acme", config: {} } };
  createMessaging({ ...options, directory });
  createMessaging({ ...options, accounts, tenants: { clinic: "a" } });
  // @ts-expect-error accounts and a directory together
  createMessaging({ ...options, directory, accounts, tenants: { clinic: "a" } });
  // @ts-expect-error accounts without tenants
  createMessaging({ ...options, accounts });
  // @ts-expect-error a per-account layer in a call slot
  const layer: AccountLayer = { slot: "router", wrap: (next) => next };
  // @ts-expect-error a call layer in a per-account slot
  const call: CallLayer = { slot: "breaker", wrap: (next) => next };
  return [layer, call];
}

describe("the types", () => {
  it("are checked by tsc; this only shows that the file holds checks", () => {
    expect([definitions, driver, application, promises, options_]).toHaveLength(5);
  });
});
