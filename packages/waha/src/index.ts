export type { WahaConfig } from "./config.js";
export { waha } from "./definition.js";
