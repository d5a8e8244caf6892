import { messageId, type Receipt } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** After a tenth of a second without an answer it assumes the best. */
export const resolvesBeforeTheVendorActed = brokenMemory("resolves before the vendor acted", "sending: a call resolves because the vendor has acted, not because time has passed", ({ good }) => ({
  send(command, call) {
    const id = messageId("3EB0FFFFFFFFFFFF");
    if (id === undefined) throw new TypeError("no id");
    let timer: NodeJS.Timeout | undefined;
    const hope = new Promise<Receipt>((resolve) => {
      timer = setTimeout(() => resolve({ stage: "queued", messageId: id, vendorIds: {} }), 100);
    });
    return Promise.race([good.send(command, call), hope]).finally(() => clearTimeout(timer));
  },
}));
