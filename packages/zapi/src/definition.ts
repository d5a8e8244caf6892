import { configInvalid, defineProvider, type ProviderRuntime, type Support } from "@event-messaging/core/driver";
import { configProblems, configSchema, type ZapiSettings } from "./config.js";
import { openZapi } from "./provider.js";
import { recipientFromVendor } from "./recipient.js";

const entry = <const S extends Support>(support: S, why: string, page: string) => ({ support, why, source: `Z-API docs: ${page}` });
const inGroups = (page: string, why: string) => ({
  direct: entry("native", "Only with the option directEvents: \"try\"; Z-API documents events in groups only, and nothing vouches for their arrival elsewhere.", page),
  group: entry("native", why, page),
});

/** Z-API as a kind of vendor. The table is the upper bound; an account's options take away from it. */
export const zapi = defineProvider({
  name: "zapi",
  capabilities: {
    "invitation.send": inGroups("message/send-event", "Accepted means queued."),
    "invitation.update": inGroups("message/send-edit-event", "Once the account's reading of the time is configured or learned (option dateTime; or timeZoneOnEdit), and while a webhook is set (option editWithoutWebhook)."),
    "invitation.cancel": inGroups("message/send-edit-event", "An edit with canceled: true, while a webhook is set (option editWithoutWebhook)."),
    "invitation.respond": inGroups("message/send-event-response", "Answers another member's event as the account itself."),
    "poll.send": {
      direct: entry("native", "Only with the option directPolls: \"try\"; the newer documentation speaks of polls in groups only.", "message/send-poll"),
      group: entry("native", "Single choice, 2 to 12 options.", "message/send-poll"),
    },
    "text.send": entry("native", "Accepted means queued.", "message/send-message-text"),
    "message.withdraw": entry("native", "While it waits in the queue.", "queue/delete-queue"),
    "message.find": entry("native", "While it waits in the queue; finding nothing proves nothing.", "queue/post-queue"),
    "message.chosen-id": entry("absent", "The vendor chooses message ids.", "message/send-message-text"),
    "contact.resolve": {
      direct: entry("native", "A number gives its LID, a LID never its number.", "contacts/get-iswhatsapp"),
      group: entry("absent", "A group is no contact.", "contacts/get-iswhatsapp"),
    },
    "group.list": {
      direct: entry("absent", "A person is no group.", "group/get-groups"),
      group: entry("native", "Who may write shows for one group at a time.", "group/metadata-group"),
    },
    "webhook.configure": entry("native", "One call for each callback.", "webhooks/introduction"),
    "respond.maybe": entry("absent", "Only GOING and NOT_GOING are documented.", "message/send-event-response"),
    "field.location": entry("native", "The name of the place.", "message/send-event"),
    "field.call-link": entry("native", "The vendor makes the link; an own echo shows it.", "message/send-event"),
    "field.call-url": entry("absent", "A given link cannot be set; put it into the description.", "message/send-event"),
    "field.end-time": entry("absent", "An event has a start only; put the end into the description.", "message/send-event"),
    "field.extra-guests": entry("absent", "The setting does not exist.", "message/send-event"),
    "field.reply-to": entry("absent", "An event cannot quote a message.", "message/send-event"),
    "field.clear": entry("native", "What an edit leaves out may be removed; not where the option clearedOnEdit says that it is kept.", "message/send-edit-event"),
    "rsvp.receive": inGroups("webhooks/on-message-received", "Callback eventResponse."),
    "rsvp.maybe": entry("unknown", "Understood when it comes; no page shows one.", "webhooks/on-message-received"),
    "rsvp.extra-guest-count": entry("absent", "Answers carry no number of guests.", "webhooks/on-message-received"),
    "rsvp.unreadable": entry("absent", "The placeholder of a message that cannot be decrypted does not say what it answers.", "webhooks/on-message-received"),
    "poll.receive": entry("native", "Callback pollVote.", "message/send-poll"),
    "text.receive": entry("native", "Callback text, with the quoted message.", "message/reply-message"),
    "track.observed": entry("native", "Own events only when the webhook has own messages switched on.", "webhooks/update-notify-sent-by-me"),
    "track.failed": entry("native", "Callback on send, with its error.", "webhooks/on-message-send"),
    "track.delivered": entry("native", "Callbacks on send and message status.", "webhooks/on-whatsapp-message-status-changes"),
    "track.read": entry("native", "Callback message status.", "webhooks/on-whatsapp-message-status-changes"),
    "track.revoked": entry("unknown", "No page says which field of the notice REVOKE names the message; the likely ones are read.", "webhooks/on-message-received"),
    "webhook.signed": entry("absent", "Callbacks carry no signature; use webhookSecrets.", "webhooks/introduction"),
  },
  configSchema,
  recipientFromVendor,
  open: (config: ZapiSettings, runtime: ProviderRuntime) => {
    const issues = configProblems(config);
    if (issues.length > 0) throw configInvalid(`The configuration of account "${runtime.account}" cannot be right`, issues, { provider: "zapi", account: runtime.account });
    return openZapi(config, runtime);
  },
});
