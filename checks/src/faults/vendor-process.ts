import { FAULTS } from "./catalogue.js";
import { openVendor, type RawVendor } from "./raw-vendor.js";
import { SUBJECTS } from "./subjects.js";
import type { FromVendor, ToVendor } from "./vendor-messages.js";

/** Vendors in a process of their own: the bombs that they throw are not in the memory of the process that meets them. */
const vendors = new Map<number, RawVendor>();

async function openFor({ fault, subject, elsewhere }: NonNullable<ToVendor["open"]>): Promise<number> {
  const [what, whom] = [FAULTS[fault], SUBJECTS[subject]];
  if (what?.behave === undefined || whom === undefined) throw new Error(`there is no fault ${fault} for subject ${subject}`);
  const vendor = await openVendor(what.behave(whom, elsewhere));
  vendors.set(vendor.port, vendor);
  return vendor.port;
}

async function answerTo({ id, open, look, close }: ToVendor): Promise<FromVendor> {
  if (open !== undefined) return { id, port: await openFor(open) };
  const vendor = vendors.get(look ?? close ?? 0);
  if (vendor === undefined) return { id, error: "no vendor listens there" };
  if (look !== undefined) return { id, seen: { requests: vendor.requests.length, connections: vendor.connections(), open: vendor.open() } };
  await vendor.close();
  vendors.delete(vendor.port);
  return { id };
}

process.on("message", (message: ToVendor) => void answerTo(message).catch((error: unknown) => ({ id: message.id, error: String(error) })).then((answer) => process.send?.(answer)));
process.on("disconnect", () => process.exit());
process.send?.({ id: 0 } satisfies FromVendor);
