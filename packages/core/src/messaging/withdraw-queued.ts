import { isSupported, supportOf } from "../capability/table.js";
import type { LogicalCall, Sent } from "../layers/call-layer.js";
import { audienceOf } from "../model/recipient.js";
import { onAccount } from "./execute.js";
import type { House } from "./house.js";

/** Takes a message out of the queue of an account that cannot send now. True only when the provider says that it is proved to be out. */
export async function withdrawQueued(house: House, { plan, call, record }: LogicalCall, sent: Sent): Promise<boolean> {
  const message = sent.handle.messages.at(-1);
  if (message === undefined) return false;
  try {
    return await onAccount(house, plan.account, async (invoke, lease) => {
      const { status, capabilities } = await lease.probe(call, 0);
      if (status !== "not-ready" || !isSupported(supportOf(capabilities, "message.withdraw", audienceOf(record.recipient)))) return false;
      return (await invoke("withdraw", message, call)) === "withdrawn";
    });
  } catch {
    return false;
  }
}
