import { recipientFromVendor } from "../memory/recipient.js";
import { WORD_OF } from "../memory/encode.js";
import type { MemoryHappening, MemoryVendor } from "../memory/index.js";
import type { RsvpResponse } from "../model/guest.js";
import { accountId, tenantId } from "../model/ids.js";
import { isGroupId, isLid, isPhone, type Recipient } from "../model/recipient.js";
import type { InvitationBook } from "../store/book.js";

/** One account of the test messaging. */
export interface TestAccount {
  readonly tenant: string;
  readonly id: string;
  readonly line: string;
}

export interface AnswerOptions {
  /** Which appointment. Default: the newest invitation that reached the guest. */
  readonly key?: string | undefined;
  readonly extraGuests?: number | undefined;
  /** The name that the guest shows. */
  readonly name?: string | undefined;
}

interface World {
  readonly book: InvitationBook;
  readonly vendor: MemoryVendor;
  readonly accounts: readonly TestAccount[];
}

interface Invitation {
  readonly account: TestAccount;
  readonly recipient: Recipient;
  readonly message: string;
}

/** What happens at the vendor when a guest answers. @throws Error when there is nothing to answer. */
export async function answerTo(world: World, guest: string, response: RsvpResponse, { key, extraGuests, name }: AnswerOptions): Promise<{ readonly account: TestAccount; readonly happening: MemoryHappening }> {
  if (!isPhone(guest) && !isLid(guest)) throw new TypeError('a guest must be "+<E.164>" or "<id>@lid"');
  const invitations = key === undefined ? sent(world) : await accepted(world, key);
  const found = reaching(invitations, guest);
  if (found === undefined) {
    throw new Error(key === undefined ? `nothing was sent that ${guest} could answer` : `no invitation under key "${key}" was accepted that ${guest} could answer`);
  }
  return { account: found.account, happening: { type: "answer", target: found.message, by: guest, response: WORD_OF[response], extraGuests, name } };
}

/** The guest's own invitation or the group's, whichever is newer; for a LID, whose number nobody knows, also another person's. */
function reaching(newestFirst: readonly Invitation[], guest: string): Invitation | undefined {
  return newestFirst.find(({ recipient }) => recipient === guest || isGroupId(recipient)) ?? (isLid(guest) ? newestFirst[0] : undefined);
}

/** Everything that the vendor sent, also what the caller was told nothing certain of; newest first. */
function sent({ vendor, accounts }: World): readonly Invitation[] {
  return vendor.journal().flatMap(({ operation, line, chat, messageId }) => {
    const account = accounts.find((candidate) => candidate.line === line);
    const recipient = recipientFromVendor(chat);
    return operation === "send" && account !== undefined && recipient !== undefined ? [{ account, recipient, message: messageId }] : [];
  }).reverse();
}

async function accepted({ book, accounts }: World, key: string): Promise<readonly Invitation[]> {
  const perAccount = await Promise.all(accounts.map(async (account) => {
    const records = await book.records(tenantId(account.tenant), key);
    return records.flatMap(({ handle, recipient }) => {
      const invitation = handle.messages.find(({ role }) => role === "invitation");
      return invitation === undefined || handle.account !== accountId(account.id) ? [] : [{ account, recipient, message: invitation.id }];
    });
  }));
  return perAccount.flat();
}
