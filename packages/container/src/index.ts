/** inversify modules: load the vendors and the messaging into a container, inject `TOKENS.messaging`. */
export { messagingModule, type MessagingModuleOptions } from "./messaging-module.js";
export { providerModule } from "./provider-module.js";
export { TOKENS } from "./tokens.js";
