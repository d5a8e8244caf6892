export { zapi } from "./definition.js";
export type { ZapiConfig } from "./config.js";
