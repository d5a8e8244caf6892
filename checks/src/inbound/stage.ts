import { createMessaging, INBOUND_TYPES, memoryBook, memoryInbox, type CommonOptions, type InboundEvent, type Inbox, type InboxEntry, type InvitationBook, type Messaging, type ProviderDefinition } from "@event-messaging/core";
import { accountId, fromEpochMs, isRecipient, messageId } from "@event-messaging/core/driver";
import { waha } from "@event-messaging/waha";
import { zapi } from "@event-messaging/zapi";
import type { Invitation } from "./answers.js";
import { ALL_LINES, type Vendor } from "./lines.js";

/** Just after what the fixtures tell of. */
export const NOW = Date.UTC(2026, 11, 31, 10, 10);
export const DEFINITIONS: { readonly [V in Vendor]: ProviderDefinition } = { waha, zapi };

export interface StageOptions extends Partial<Pick<CommonOptions, "retries" | "now" | "maxBodyBytes" | "bodyDeadlineMs" | "random">> {
  readonly definitions?: { readonly [V in Vendor]: ProviderDefinition };
  readonly inbox?: Inbox;
  readonly book?: InvitationBook;
}

/** The real receiver, worker and book, with both adapters and both tenants of each, and everything that came in. */
export interface Stage {
  readonly messaging: Messaging;
  readonly inbox: Inbox;
  readonly book: InvitationBook;
  /** All that was ever handed to the inbox, oldest first. */
  readonly kept: Omit<InboxEntry, "attempts">[];
  /** All that handlers were told, oldest first. */
  readonly told: InboundEvent[];
}

export function createStage(options: StageOptions = {}): Stage {
  const { definitions = DEFINITIONS, now = () => new Date(NOW), book = memoryBook({ now }), inbox = memoryInbox({ now }), ...rest } = options;
  const kept: Omit<InboxEntry, "attempts">[] = [];
  const told: InboundEvent[] = [];
  const watched: Inbox = {
    ...inbox,
    put(entries) {
      kept.push(...entries);
      return inbox.put(entries);
    },
  };
  const messaging = createMessaging({
    ...rest, now, book, inbox: watched, providers: [definitions.waha, definitions.zapi],
    accounts: Object.fromEntries(ALL_LINES.map(({ account, vendor, config }) => [account, { provider: vendor, config }])),
    tenants: Object.fromEntries(ALL_LINES.map(({ tenant, account }) => [tenant, account])),
  });
  for (const type of INBOUND_TYPES) messaging.on(type, (event) => void told.push(event));
  return { messaging, inbox: watched, book, kept, told };
}

/** Enters an invitation into the book, as if it had been sent. */
export async function invite(messaging: Messaging, { line, key, messageId: id, recipient }: Invitation): Promise<void> {
  const message = messageId(id);
  if (message === undefined || !isRecipient(recipient)) throw new TypeError(`"${id}" or "${recipient}" is not what the check meant it to be`);
  await messaging.forTenant(line.tenant).adopt({
    key, account: accountId(line.account), messageId: message, recipient, createdBy: "self",
    details: { title: "Check-up", startsAt: fromEpochMs(NOW + 86_400_000) },
  });
}
