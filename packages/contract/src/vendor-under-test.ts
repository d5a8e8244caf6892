import type { Audience, GroupId, Instant, Lid, MessageId, OperationName, Phone, ProviderDefinition, Recipient, WebhookRequest } from "@event-messaging/core/driver";

/**
 * What a provider's author brings: the definition, and a vendor that can be made to misbehave (a simulator, a recording, a
 * sandbox). Every configuration runs the whole suite, and every case starts the vendor anew.
 */
export interface VendorUnderTest {
  readonly definition: ProviderDefinition;
  readonly configurations: Readonly<Record<string, () => Promise<RunningVendor>>>;
}

/** Somebody at the other end: can be written to directly, and is a member of every group under test. */
export interface Person {
  readonly phone: Phone;
  readonly lid: Lid;
  readonly name: string;
}

/** One account at the vendor. */
export interface AccountUnderTest {
  /** Opens the account. Plain JSON, credentials as text. */
  readonly config: object;
  /** Every credential in `config`, each 12 characters or more and like nothing else: the suite searches all output for them. */
  readonly secrets: readonly string[];
  /** As `config`, with credentials that the vendor does not know. */
  readonly wrongConfig: object;
  /** Makes something happen, and gives every delivery that the vendor posts about it: encoded and authenticated as the vendor does. */
  script(event: ScriptedEvent): Promise<readonly WebhookRequest[]>;
  /** Any bytes, authenticated as this account's vendor would: forged content behind a true signature or secret. */
  sign(body: Uint8Array): Promise<WebhookRequest>;
  /** Connects the account, or takes it off. */
  setReady(ready: boolean): Promise<void>;
}

/** A vendor, running, with two accounts: itself the first, `second` beside it, with credentials of its own where the vendor has such. */
export interface RunningVendor extends AccountUnderTest {
  readonly second: AccountUnderTest;
  readonly people: readonly [Person, Person];
  /** Chats that the first account may write to, at least two of each audience that the definition supports. Spelled variously: LIDs, both forms of a Brazilian number, old group ids. The first two are unremarkable. */
  readonly recipients: { readonly direct: readonly (Phone | Lid)[]; readonly group: readonly GroupId[] };
  /** How the vendor spells chats. `means` is left out for what is no person and no group, such as a channel. */
  readonly spellings: readonly { readonly text: string; readonly means?: Recipient }[];
  /** Does the vendor post a placeholder first ("waiting for this message") and the readable message later, under the same id? */
  readonly placeholders: boolean;
  /** What the vendor did for its accounts, oldest first, once everything in hand is done. Not what it was asked. */
  journal(): Promise<readonly Act[]>;
  /** How many requests of any kind have reached the vendor. */
  requests(): Promise<number>;
  /** The next sending, editing or searching request suffers this. */
  failNext(fault: Fault): Promise<void>;
  stop(): Promise<void>;
}

/** One thing that the vendor did because an account asked for it, in canonical terms. */
export interface Act {
  readonly account: "first" | "second";
  readonly operation: Extract<OperationName, "send" | "update" | "cancel" | "respond" | "sendPoll" | "sendText" | "withdraw">;
  /** The bare WhatsApp id of the message that the act made. */
  readonly messageId: string;
  /** Of an edit, a cancellation or an answer: the bare id of the card. */
  readonly target?: string;
  readonly recipient: Recipient;
  readonly shown: Shown;
}

/** What a phone in the chat shows. Times as the phone understands them, whatever the request said. */
export interface Shown {
  readonly title?: string;
  readonly description?: string;
  readonly location?: string;
  readonly startsAt?: Instant;
  readonly endsAt?: Instant;
  /** `voice` or `video` for a call that the vendor made, or the link that was given. */
  readonly callLink?: string;
  readonly extraGuestsAllowed?: boolean;
  readonly canceled?: boolean;
  /** The answer that the account gave, in canonical words. */
  readonly response?: string;
  readonly text?: string;
  readonly question?: string;
  readonly options?: readonly string[];
  /** Bare id of the quoted message. */
  readonly replyTo?: string;
}

/**
 * A misfortune of one request. What begins with `act-then` does what was asked first; `without-id` too. `refuse` is a refusal
 * that the vendor documents as such; `vendor-words` is one whose text contains {@link VENDOR_WORDS}. `redirect` answers 3xx
 * with a place where the request could be repeated; `hang` reads the request and never answers.
 */
export type Fault =
  | "refuse" | "unauthorized" | "rate-limited" | "not-ready" | "server-error" | "vendor-words" | "redirect"
  | "reset-before-reading" | "hang" | "act-then-reset" | "act-then-hang" | "act-then-cut-body" | "act-then-nonsense" | "without-id";

export const FAULTS = [
  "refuse", "unauthorized", "rate-limited", "not-ready", "server-error", "vendor-words", "redirect",
  "reset-before-reading", "hang", "act-then-reset", "act-then-hang", "act-then-cut-body", "act-then-nonsense", "without-id",
] as const satisfies readonly Fault[];

/** What the vendor says under the fault `vendor-words`. */
export const VENDOR_WORDS = "zephyr-quotes-the-guest-4711";

interface InChat {
  readonly chat: Recipient;
  readonly by: Person;
}
interface About extends InChat {
  /** The bare id of the message that it is about. */
  readonly target: MessageId;
}

/** Something that happens in a chat of the account. What a vendor has no delivery for yields none. */
export type ScriptedEvent =
  /** `as`: which of the guest's ids the vendor shows first. `twice`: delivered again, as one that repeats itself does. */
  | About & { readonly type: "rsvp"; readonly response: "GOING" | "NOT_GOING" | "MAYBE"; readonly extraGuests?: number; readonly as?: "phone" | "lid"; readonly twice?: boolean }
  /** The guest takes the answer back. */
  | About & { readonly type: "rsvp.cleared" }
  /** An answer in a word that no version knows. */
  | About & { readonly type: "rsvp.unrecognized"; readonly word: string }
  /** An answer that cannot be decrypted. `mayFollow`: the vendor says that the readable one may still come. */
  | About & { readonly type: "rsvp.unreadable"; readonly mayFollow?: boolean }
  /** The labels chosen now, all of them. */
  | About & { readonly type: "vote"; readonly labels: readonly string[] }
  | About & { readonly type: "delivered" | "read" | "failed" | "revoked" }
  | InChat & { readonly type: "text"; readonly text: string; readonly quotes?: MessageId }
  | InChat & { readonly type: "member-event"; readonly title: string; readonly startsAt: Instant }
  /** The account sees its own card. */
  | { readonly type: "echo"; readonly chat: Recipient; readonly target: MessageId }
  /** The vendor reports that the account is connected, or no longer. */
  | { readonly type: "status"; readonly ready: boolean }
  /** A kind of delivery that no version knows. */
  | { readonly type: "noise" };

export const AUDIENCES = ["direct", "group"] as const satisfies readonly Audience[];
