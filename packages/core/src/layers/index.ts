export { ACCOUNT_LAYERS, type AccountLayer, type Invoke } from "./account-layer.js";
export { CALL_LAYERS, type CallLayer, type LogicalCall, type Perform, type Sent } from "./call-layer.js";
export { checkLayers, composeAccountLayers, composeCallLayers, type Layer } from "./compose.js";
export { answerFrom, idempotency, type IdempotencyOptions } from "./idempotency.js";
