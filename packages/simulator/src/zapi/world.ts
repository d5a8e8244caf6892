import type { Faults } from "../faults.js";
import type { Ids } from "../ids.js";
import type { Journal } from "../journal.js";
import type { Timers } from "../timers.js";
import type { Callback } from "./callback.js";
import type { StoredMessage, ZapiInstance } from "./state.js";
import type { ZapiSwitches } from "./switches.js";

/** Everything a simulated Z-API is made of; handed to whatever acts in it. */
export interface ZapiWorld {
  switches: ZapiSwitches;
  readonly journal: Journal;
  readonly timers: Timers;
  readonly ids: Ids;
  readonly faults: Faults;
  readonly random: () => number;
  /** The account security token, one for all instances. */
  readonly clientToken: string;
  readonly instances: Map<string, ZapiInstance>;
  /** Sends callbacks in the order and manner of the switches; resolves when all of them were attempted. */
  readonly post: (instance: ZapiInstance, callbacks: readonly Callback[]) => Promise<void>;
  /** Called when a card, poll or text of the account has reached its chat, so that its members can react. */
  readonly arrived: (instance: ZapiInstance, message: StoredMessage) => void;
}

/** `zaapId`: 32 upper-case hex characters beginning with the time. */
export const zaapId = (world: ZapiWorld): string => world.ids.uuid7().toUpperCase();
