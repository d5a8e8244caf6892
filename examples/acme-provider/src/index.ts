export { acme } from "./definition.js";
export type { AcmeConfig } from "./config.js";
