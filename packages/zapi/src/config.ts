import { refusalRulesSchema, reveal, type Issue, type RefusalRule, type Secret } from "@event-messaging/core/driver";

/** How the service understands the digits of `dateTime` in an edit, which has no `timeZone`. Z-API docs: message/send-event, message/send-edit-event. */
export const READINGS = ["instant", "wallclock-default-br", "wallclock-default-utc", "shift"] as const;
export type DateTimeReading = (typeof READINGS)[number];

export const CREATE_ZONES = ["UTC", "UTC+0", "UTC-3"] as const;
export type CreateZone = (typeof CREATE_ZONES)[number];

interface Options {
  /** The instance's id: a path segment, as the panel shows it. */
  readonly instance: string;
  /** Default `https://api.z-api.io`. */
  readonly baseUrl?: string;
  /** Did somebody other than the operator choose `baseUrl`? Then only public addresses are connected to. Default false. */
  readonly untrustedBaseUrl?: boolean;
  /**
   * The undocumented request header `z-api-token` of callbacks, which carries the instance's token. `when-present` (default):
   * a wrong one is refused, none is accepted. `required`: none is refused as well. `ignored`: not looked at, and proves nothing.
   */
  readonly webhookToken?: "when-present" | "required" | "ignored";
  /**
   * How this account reads `dateTime` where no `timeZone` goes with it. Without it, and until an own echo taught it, edits are
   * refused: the vendor's pages do not say, and a wrong guess moves an appointment by three hours. Cancelling works regardless.
   */
  readonly dateTime?: DateTimeReading;
  /**
   * The `timeZone` of a new event. `UTC` (default) and `UTC+0` write UTC digits, which mean the same instant in every reading of
   * `dateTime`. `UTC-3` writes Brazilian digits, for a service that refuses or ignores a zero offset; it is right in the two
   * `wallclock` readings only.
   */
  readonly createTimeZone?: CreateZone;
  /**
   * Does an edit name its time zone? `omit` (default): no, because the page of edits lists no `timeZone`. `send`: yes, the one of
   * `createTimeZone`, so that an edit says its time just as a new event does and no reading (`dateTime`) is needed. For an
   * account where an edit sent this way was seen at the right time on a phone; where the service ignores the zone, the
   * appointment moves by three hours.
   */
  readonly timeZoneOnEdit?: "omit" | "send";
  /**
   * What becomes of a description, place or call that an edit leaves out. `removed` (default), as Z-API docs:
   * message/send-edit-event say it may be. `kept`, where a phone still showed it: an update that takes such a field away is then
   * refused (capability `field.clear`); giving it another text works.
   */
  readonly clearedOnEdit?: "removed" | "kept";
  /**
   * Edits and cancellations while no webhook at all is set at the vendor. `refuse` (default): an edit then comes out as a new
   * message, a second invitation (Z-API docs: message/send-message-text, of texts), so `invitation.update` and
   * `invitation.cancel` are absent until a webhook is set. `try`: sent, for an account whose edits were seen to work without.
   */
  readonly editWithoutWebhook?: "refuse" | "try";
  /** Events to persons. `absent` (default): refused, because Z-API documents events in groups only. `try`: sent; nothing vouches for their arrival. */
  readonly directEvents?: "absent" | "try";
  /** Polls to persons. `absent` (default): refused, because the newer documentation speaks of groups only. `try`: sent. */
  readonly directPolls?: "absent" | "try";
  /**
   * Only for webhook set-up: `disable` adds `disableEnqueueWhenDisconnected` to the plan, so that a disconnected account refuses
   * instead of sending hours later. `leave` (default) does not touch the setting, which cannot be read back.
   */
  readonly queueWhileDisconnected?: "leave" | "disable";
  /**
   * The operator's own knowledge of refusals that no page documents: an answer with such a status and text proves that nothing
   * was sent, so the failure is `not-sent` with the rule's code. Asked only where the outcome would be `unknown`. The texts are
   * the answer's `error` and `message`; `{"value": false}`, which has none, reads as `value: false`. A callback on send that
   * failed reads as status 200 with its `error` and `errorCode`. Default none.
   */
  readonly refusals?: readonly RefusalRule[];
}

/** The configuration of a Z-API account, as an account record writes it. Z-API docs: quickstart/authentication, security/client-token. */
export interface ZapiConfig extends Options {
  /** The instance's token. It sits in every URL of the vendor and never appears in ours. */
  readonly token: string;
  /** The account security token. Leave it out only while it is not activated in the panel. */
  readonly clientToken?: string;
  /** One or two (while rotating) secrets: the first path segment after the account's in the webhook URL must equal one of them. */
  readonly webhookSecrets?: readonly string[];
}

/** {@link ZapiConfig} as it is opened: checked, its credentials wrapped. */
export interface ZapiSettings extends Options {
  readonly token: Secret;
  readonly clientToken?: Secret;
  readonly webhookSecrets?: readonly Secret[];
}

/** JSON Schema 2020-12 of {@link ZapiConfig}. */
export const configSchema = {
  $schema: "https://json-schema.org/draft/2020-12/schema",
  type: "object",
  additionalProperties: false,
  required: ["instance", "token"],
  properties: {
    instance: { type: "string", format: "path-segment" },
    token: { type: "string", format: "secret-path-segment" },
    clientToken: { type: "string", format: "secret" },
    baseUrl: { type: "string", format: "http-url" },
    untrustedBaseUrl: { type: "boolean" },
    webhookSecrets: { type: "array", minItems: 1, maxItems: 2, uniqueItems: true, items: { type: "string", format: "secret-path-segment" } },
    webhookToken: { type: "string", enum: ["when-present", "required", "ignored"] },
    dateTime: { type: "string", enum: READINGS },
    createTimeZone: { type: "string", enum: CREATE_ZONES },
    timeZoneOnEdit: { type: "string", enum: ["omit", "send"] },
    clearedOnEdit: { type: "string", enum: ["removed", "kept"] },
    editWithoutWebhook: { type: "string", enum: ["refuse", "try"] },
    directEvents: { type: "string", enum: ["absent", "try"] },
    directPolls: { type: "string", enum: ["absent", "try"] },
    queueWhileDisconnected: { type: "string", enum: ["leave", "disable"] },
    refusals: refusalRulesSchema,
  },
} as const;

/** What the schema cannot say: the two tokens are different secrets, and the panel shows both. */
export function configProblems({ token, clientToken }: ZapiSettings): readonly Issue[] {
  return clientToken !== undefined && reveal(clientToken) === reveal(token)
    ? [{ path: "clientToken", message: "is the instance's token: the account security token stands elsewhere in the panel; leave clientToken out while it is not activated" }]
    : [];
}
