import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { FAULTS } from "./catalogue.js";
import type { Fault } from "./fault.js";
import { openVendor, type Behaviour } from "./raw-vendor.js";
import { SUBJECTS, type Subject } from "./subjects.js";
import type { FromVendor, Seen, ToVendor } from "./vendor-messages.js";

/** A misbehaving vendor as a run sees it, wherever it is. */
export interface Vendor {
  readonly baseUrl: string;
  seen(): Promise<Seen>;
  close(): Promise<void>;
}

/** Opens the vendor of a fault. `around`: what the run puts around the behaviour. `undefined`: the fault needs no vendor that misbehaves. */
export type OpenVendor = (fault: Fault, subject: Subject, elsewhere: string, around?: (behave: Behaviour) => Behaviour) => Promise<Vendor | undefined>;

/** In this process. */
export const openHere: OpenVendor = async (fault, subject, elsewhere, around = (behave) => behave) => {
  const behave = fault.behave?.(subject, elsewhere);
  if (behave === undefined) return undefined;
  const vendor = await openVendor(around(behave));
  return { baseUrl: vendor.baseUrl, seen: async () => ({ requests: vendor.requests.length, connections: vendor.connections(), open: vendor.open() }), close: () => vendor.close() };
};

/** A process in which vendors are opened, asked and closed over IPC; nothing can be put around what they do there. */
export async function startVendorProcess(): Promise<{ readonly open: OpenVendor; stop(): Promise<void> }> {
  const child = fork(fileURLToPath(new URL("vendor-process.js", import.meta.url)), { stdio: ["ignore", 2, 2, "ipc"] });
  const waiting = new Map<number, (message: FromVendor) => void>();
  const ended = new Promise<never>((_, reject) => child.once("exit", (code) => reject(new Error(`the vendors' process ended with ${code}`))));
  ended.catch(() => undefined);
  child.on("message", (message: FromVendor) => {
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });
  let ids = 0;
  const next = (id: number) => Promise.race([ended, new Promise<FromVendor>((resolve) => void waiting.set(id, resolve))]);
  const ask = async (message: Omit<ToVendor, "id">): Promise<FromVendor> => {
    ids += 1;
    const answer = next(ids);
    child.send({ id: ids, ...message });
    const told = await answer;
    if (told.error !== undefined) throw new Error(`the vendors' process: ${told.error}`);
    return told;
  };
  await next(0);
  return {
    async open(fault, subject, elsewhere, around) {
      if (around !== undefined) throw new Error(`${fault.name} belongs into the process of the check`);
      if (fault.behave === undefined) return undefined;
      const { port = 0 } = await ask({ open: { fault: FAULTS.indexOf(fault), subject: SUBJECTS.indexOf(subject), elsewhere } });
      return {
        baseUrl: `http://127.0.0.1:${port}`,
        async seen() {
          const { seen } = await ask({ look: port });
          if (seen === undefined) throw new Error("the vendors' process saw nothing");
          return seen;
        },
        close: async () => void (await ask({ close: port })),
      };
    },
    async stop() {
      const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      child.disconnect();
      await gone;
    },
  };
}
