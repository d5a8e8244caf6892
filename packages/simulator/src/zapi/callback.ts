import type { CallbackKind } from "./state.js";

/** One callback to be sent: which of the six it is, and its JSON body. */
export interface Callback {
  readonly kind: CallbackKind;
  readonly body: Readonly<Record<string, unknown>>;
}
