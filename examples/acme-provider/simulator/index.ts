/** Acme, made up, for the adapter's contract test and for the demonstration. Imports nothing of event-messaging. */
export { startAcme, type AcmeOptions, type AcmeSimulator, type GuestStep, type Mishap, type Reply } from "./server.js";
export type { Happening } from "./notes.js";
export type { Deed, Face, Somebody } from "./world.js";
