export { nodeHandler, type HandlerOptions } from "./node-handler.js";
export { receive, type Count, type RawWebhook, type ReceiverOptions, type WebhookResult } from "./receiver.js";
export { webHandler } from "./web-handler.js";
