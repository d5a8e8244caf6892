import type { Faults } from "../faults.js";
import type { Guests } from "../guest.js";
import type { Ids } from "../ids.js";
import type { Journal } from "../journal.js";
import type { JsonObject } from "../json.js";
import type { Timers } from "../timers.js";
import type { WebhookSender } from "../webhook-sender.js";
import type { WahaGroup } from "./group.js";
import type { KeyRing } from "./keys.js";
import type { SocketListener } from "./socket-listener.js";
import type { WahaSwitches } from "./switches.js";

/** WAHA docs: how-to/sessions. The simulator lets a status be any word, for clients must survive one they do not know. */
export type WahaStatus = "STOPPED" | "STARTING" | "SCAN_QR_CODE" | "PASSKEY_REQUIRED" | "PASSKEY_CONFIRMATION_REQUIRED" | "WORKING" | "FAILED" | (string & {});

export interface Me {
  readonly id: string;
  readonly pushName: string;
  readonly lid?: string;
  readonly jid?: string;
}

export interface EventContent {
  readonly kind: "event";
  readonly name: string;
  readonly description?: string;
  readonly startTime: number;
  readonly endTime?: number;
  readonly location?: string;
  readonly extraGuestsAllowed: boolean;
  /** Cancelled on the creator's phone: the API has no call for it. */
  readonly canceled?: boolean;
}
export interface PollContent {
  readonly kind: "poll";
  readonly name: string;
  readonly options: readonly string[];
  readonly multipleAnswers: boolean;
}
export interface TextContent {
  readonly kind: "text";
  readonly text: string;
}
export type Content = EventContent | PollContent | TextContent;

/** A message in the engine's store. */
export interface StoredMessage {
  /** Bare id. */
  readonly id: string;
  /** `@c.us`, `@lid` or `@g.us`. */
  readonly chat: string;
  readonly fromMe: boolean;
  /** Who sent it: own id or the guest's, in the spelling of this chat. */
  readonly author: string;
  readonly atMs: number;
  readonly content: Content;
  /** Bare id of a known message. */
  readonly replyTo?: string;
  readonly secret: string;
  ack: number;
  revoked: boolean;
}

/** One session: its configuration, its state, and what its engine has stored. */
export class WahaSession {
  status: WahaStatus = "STOPPED";
  /** Last three, oldest first. */
  statuses: readonly { readonly status: WahaStatus; readonly timestamp: number }[] = [];
  /** Whether a phone is linked: then a start ends in WORKING, otherwise in SCAN_QR_CODE. */
  paired = true;
  /** Whether the account has become known since the process began; the envelope's `me` is absent before. */
  known = false;
  /** Retries of webhooks die with the configuration. */
  retries = new AbortController();
  readonly messages = new Map<string, StoredMessage>();
  /** Digits of the LID → digits of the phone. */
  readonly lids = new Map<string, string>();
  /** Digits of phones that are not on WhatsApp. */
  readonly absent = new Set<string>();
  /** Digits of Brazilian mobiles that WhatsApp keeps without their ninth digit. */
  readonly twelveDigits = new Set<string>();
  /** By id. A group that is not here exists all the same, and everybody may write there. */
  readonly groups = new Map<string, WahaGroup>();
  /** What happened while the session was not WORKING: reported in a burst when it is again, as a linked device catches up. */
  backlog: (() => Promise<void>)[] = [];
  /** When each (message, acknowledgement, reader) was last reported; equal ones are kept quiet for a minute. */
  readonly acked = new Map<string, number>();
  /** The latest device time of each guest, so that a later answer has a later time. */
  readonly guestClock = new Map<string, number>();

  constructor(
    readonly name: string,
    public me: Me,
    public config: JsonObject | undefined,
  ) {}

  get running(): boolean {
    return this.status !== "STOPPED";
  }

  /** The account's LID where it has one, else its phone id. */
  ownId(as: "phone" | "lid"): string {
    return as === "lid" ? (this.me.lid ?? this.me.id) : this.me.id;
  }
}

/** Everything a simulated WAHA server is made of; handed to whatever acts in it. */
export interface World {
  switches: WahaSwitches;
  readonly journal: Journal;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly random: () => number;
  readonly faults: Faults;
  readonly sender: WebhookSender;
  readonly guests: Guests;
  readonly keys: KeyRing;
  readonly sessions: Map<string, WahaSession>;
  /** Webhook targets of the environment, for all sessions. */
  readonly globalWebhooks: readonly JsonObject[];
  /** Who listens on `/ws`. */
  readonly sockets: Set<SocketListener>;
  /** Answers kept back by the switch `answerOrder`. */
  held: (() => Promise<void>) | undefined;
}
