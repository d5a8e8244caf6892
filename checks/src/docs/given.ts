/**
 * What the code blocks take for granted: the reader's own things. They are globals, so a block that declares one of these
 * names itself simply hides it. Nothing of the packages is here but objects that an earlier block has made: a block imports
 * what it uses.
 */
export const GIVEN = `
import type { AccountRecord, Guest, Inbox, InvitationBook, InvitationHandle, InvitationInput, Messaging, ProviderDefinition, RsvpResponse, TenantMessaging } from "@event-messaging/core";
import type { RunningVendor, VendorUnderTest } from "@event-messaging/contract";
import type { Container } from "inversify";

declare global {
  const appointments: {
    record(key: string, guest: Guest, response: RsvpResponse): Promise<void>;
    record(key: string, response: RsvpResponse): Promise<void>;
    askAgain(key: string, guest: Guest): Promise<void>;
  };
  const database: { tenant(id: string): Promise<{ readonly account: string } | undefined>; account(id: string): Promise<AccountRecord | undefined> };
  const row: { readonly handle: string };
  const handle: InvitationHandle;
  const invitation: InvitationInput;
  const apiKey: string;
  const baseUrl: string;
  const hmacKey: string;
  const acme: ProviderDefinition;
  const sqliteBook: (options: { readonly now: () => Date }) => InvitationBook;
  const sqliteInbox: (options: { readonly now: () => Date }) => Inbox;
  const acmeUnderTest: VendorUnderTest;
  const startAcme: (options: { readonly version: number }) => Promise<RunningVendor>;
  const messaging: Messaging;
  const clinic: TenantMessaging;
  const container: Container;
  const describe: (title: string, body: () => void) => void;
  const it: (title: string, body: () => Promise<void>) => void;
  const log: (text: string) => void;
  const flagForAPerson: (error: Error) => void;
}
`;
