/**
 * What callers may hand in, as JSON Schema 2020-12, so that another language or a queue consumer can check the same things.
 * Times, zones, call links and lengths in characters are checked in code as well: a schema cannot say them.
 */
const text = { type: "string" } as const;
const extensions = { type: "object", propertyNames: { pattern: "^x-[a-z0-9-]+\\.[a-z0-9.-]+$", description: 'must be named "x-<vendor>.<thing>" in lower case' } } as const;

const details = {
  title: text,
  description: text,
  location: { type: ["string", "object"], properties: { name: text }, required: ["name"], additionalProperties: false },
  startsAt: text,
  endsAt: text,
  timeZone: text,
  callLink: text,
  extraGuestsAllowed: { type: "boolean" },
  extensions,
} as const;

const key = { type: "string", pattern: "^[^\\s\\u0000-\\u001f\\u007f-\\u009f]{1,256}$", description: "must be 1 to 256 characters without spaces or control characters" } as const;
const revision = { type: "integer", minimum: 1, maximum: 1_000_000 } as const;
const messageIdText = { type: "string", pattern: "^[A-Za-z0-9.:-]{1,128}$", description: 'must be a bare message id: 1 to 128 letters, digits, ".", ":" or "-"' } as const;

/** The argument of `send` and `plan`; a `Date` is handed over as RFC 3339 text. */
export const invitationSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Invitation",
  type: "object",
  properties: { key, to: text, replyTo: messageIdText, revision, ...details },
  required: ["key", "to", "title", "startsAt"],
  additionalProperties: false,
} as const;

const orNull = <T extends { readonly type: string | readonly string[] }>(schema: T) => ({ ...schema, type: [schema.type, "null"].flat() });

/** The second argument of `update`: leaving a field out keeps it, `null` takes it away. */
export const changesSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "DetailsChanges",
  type: "object",
  properties: {
    title: text,
    startsAt: text,
    description: orNull(text),
    location: orNull(details.location),
    endsAt: orNull(text),
    timeZone: orNull(text),
    callLink: orNull(text),
    extraGuestsAllowed: orNull(details.extraGuestsAllowed),
    extensions: orNull(extensions),
  },
  additionalProperties: false,
} as const;

const names = { type: "object", additionalProperties: text } as const;

/** An `InvitationHandle` as it comes back from storage. */
export const handleSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "InvitationHandle",
  type: "object",
  properties: {
    v: { const: 1 },
    tenant: key,
    key,
    recipient: text,
    sentTo: text,
    revision,
    provider: { type: "string", pattern: "^[a-z][a-z0-9-]{0,31}$", description: 'must be 1 to 32 lower case letters, digits and "-"' },
    account: key,
    form: { enum: ["native", "degraded", "poll", "text"] },
    createdBy: { enum: ["self", "other"] },
    details: { type: "object", properties: { ...details, location: { type: "object", properties: { name: text }, required: ["name"], additionalProperties: false } }, required: ["title", "startsAt"], additionalProperties: false },
    canceled: { const: true },
    messages: {
      type: "array",
      minItems: 1,
      items: {
        type: "object",
        properties: {
          id: messageIdText,
          form: { enum: ["native", "degraded", "poll", "text"] },
          role: { enum: ["invitation", "update", "cancel", "response"] },
          vendorIds: names,
          recipient: text,
          choices: { type: "array", items: { type: "object", properties: { label: text, response: { enum: ["GOING", "NOT_GOING", "MAYBE"] } }, required: ["label", "response"], additionalProperties: false } },
        },
        required: ["id", "form", "role", "vendorIds"],
        additionalProperties: false,
      },
    },
  },
  required: ["v", "tenant", "key", "recipient", "revision", "provider", "account", "form", "createdBy", "details", "messages"],
  additionalProperties: false,
} as const;

/** The argument of `adopt`: an event that was seen on the wire, and the key that it belongs to. */
export const adoptSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  title: "Adoption",
  type: "object",
  properties: { key, account: key, recipient: text, messageId: messageIdText, createdBy: { enum: ["self", "other"] }, details: handleSchema.properties.details },
  required: ["key", "account", "recipient", "messageId", "createdBy", "details"],
  additionalProperties: false,
} as const;
