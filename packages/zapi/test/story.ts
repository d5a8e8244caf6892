import { isMessagingError } from "@event-messaging/core/driver";
import { zapiDefaults, type ZapiInstanceSetup, type ZapiSwitches } from "@event-messaging/simulator";
import { startBench, VENDOR } from "./bench.js";
import { ACCOUNT } from "./chapters/account.js";
import { ANSWERS } from "./chapters/answers.js";
import { EVENTS } from "./chapters/events.js";
import type { Reader } from "./reader.js";
import { NOBODY, OLD, RITA, type Chapters, type Told } from "./told.js";

const CHAPTERS = { ...EVENTS, ...ANSWERS, ...ACCOUNT } satisfies Chapters;
export type ChapterName = keyof typeof CHAPTERS;
export const CHAPTER_NAMES = Object.keys(CHAPTERS).filter((name): name is ChapterName => name in CHAPTERS);

/** What a chapter begins with that the others do not. */
const SETTINGS: { readonly [C in ChapterName]?: { readonly switches?: Partial<ZapiSwitches>; readonly config?: object; readonly instance?: Partial<ZapiInstanceSetup> } } = {
  "a phone that is offline": { instance: { smartphoneConnected: false } },
  "an account that is not paid for": { instance: { suspended: true } },
  "an edit without any webhook": { instance: { webhooks: {}, notifySentByMe: false } },
  "an edit by an account whose reading of the time is not known": { config: { dateTime: undefined } },
  "an edit of an account that has learned": { config: { dateTime: undefined } },
  "a card to a number that is kept with 12 digits": { switches: { nonGroupEvent: "delivered" }, config: { directEvents: "try" } },
  "no account security token": { config: { clientToken: undefined } },
  "a wrong instance": { config: { instance: "NOSUCHINSTANCE" } },
  "a wrong base URL": { config: { baseUrl: `${VENDOR}/v2` } },
};

/** The configuration of the story: the reading that the simulator has by default, so that edits are possible. */
const USUAL = { dateTime: "wallclock-default-br" } as const;

export interface Plot {
  readonly switches?: Partial<ZapiSwitches>;
  /** Options of the account. */
  readonly config?: object;
  /** Options of the application's messaging. */
  readonly messaging?: Told["messaging"];
  readonly reader?: Reader;
}

export interface Story {
  /** What the account's user sees of it in the end. */
  readonly end: string;
  /** What the vendor said, word for word but for ids and times. */
  readonly wire: string;
}

/** Tells one chapter on a vendor of its own. */
export async function tell(chapter: ChapterName, { switches = {}, config = {}, messaging = {}, reader = {} }: Plot = {}): Promise<Story> {
  const setting = SETTINGS[chapter] ?? {};
  const all = { ...USUAL, ...setting.config, ...config };
  const instance = { contacts: [OLD], notOnWhatsApp: [NOBODY], groups: [{ phone: zapiDefaults.group, name: "Shift B", participants: [RITA] }], ...setting.instance };
  const bench = await startBench({ switches: { ...setting.switches, ...switches } }, instance, all, reader);
  let end: string;
  try {
    end = await CHAPTERS[chapter]({ bench, config: all, messaging, reader });
  } catch (error) {
    end = isMessagingError(error) ? `thrown: ${error.code} ${error.outcome}` : String(error);
  } finally {
    await bench.stop();
  }
  return { end, wire: [...bench.wire()].sort().join("\n") };
}
