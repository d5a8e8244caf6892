import type { Reply } from "../server.js";
import { doesNotExist, nameRequired, notAsExpected, onlyDefault } from "./errors.js";
import type { WahaSession, World } from "./state.js";
import { releaseOf } from "./version.js";

const POLL_MS = 500;
const RUNNING_WITHIN_MS = 5_000;
const WORKING_WITHIN_MS = 10_000;

/** The session when it is WORKING, or becomes so while the server waits (5 s for it to run, 10 s for the status); otherwise the 422 that says why not. */
export const sessionReady = async (world: World, name: string | undefined, closed: AbortSignal): Promise<WahaSession | Reply> => {
  if (name === undefined || name.trim() === "") return nameRequired();
  if (isSingle(world) && name !== "default") return onlyDefault(name);
  const session = (): WahaSession | undefined => world.sessions.get(name);
  if (!(await becomes(world, closed, RUNNING_WITHIN_MS, () => session()?.running === true))) {
    return session() === undefined ? doesNotExist(name) : notAsExpected(name, session()?.status ?? "STOPPED");
  }
  await becomes(world, closed, WORKING_WITHIN_MS, () => session()?.status === "WORKING");
  const found = session();
  if (found === undefined) return doesNotExist(name);
  return found.status === "WORKING" ? found : notAsExpected(name, found.status);
};

/** The free edition before 2026.6.1 knows one session only. */
export const isSingle = (world: World): boolean => world.switches.sessions === "single" && !releaseOf(world.switches).merged;

const becomes = async (world: World, closed: AbortSignal, withinMs: number, holds: () => boolean): Promise<boolean> => {
  for (let waited = 0; !holds(); waited += POLL_MS) {
    if (waited >= withinMs || !(await world.timers.wait(POLL_MS, closed))) return false;
  }
  return true;
};
