/** The reference provider: a vendor inside this process, for tests and as an example of an adapter. */
export { memoryProvider } from "./definition.js";
export type { MemoryConfigInput } from "./config.js";
export { memoryVendor, type MemoryRequest, type MemoryVendor, type MemoryVendorOptions } from "./vendor.js";
export type { MemoryAnswer, MemoryFault, MemoryRefusal } from "./vendor-faults.js";
export type { MemoryDelivery, MemoryHappening } from "./vendor-webhooks.js";
export type { MemoryAct, MemoryContact, MemoryGroup } from "./vendor-world.js";
export type { MemoryPath, WireCard, WireEventType, WirePerson } from "./wire.js";
