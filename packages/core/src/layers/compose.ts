import { configInvalid } from "../error/invalid.js";
import type { AccountId } from "../model/ids.js";
import { ACCOUNT_LAYERS, type AccountLayer, type AccountScope, type Invoke } from "./account-layer.js";
import { callEnded } from "./call-ended.js";
import { CALL_LAYERS, isSending, type CallLayer, type Perform } from "./call-layer.js";

export type Layer = CallLayer | AccountLayer;

/** A layer twice, or one of no known slot, is a mistake that would show only under load. @throws MessagingError `CONFIG_INVALID`. */
export function checkLayers(layers: readonly Layer[]): void {
  const issues = layers.flatMap(({ slot }, index) => {
    if (![...CALL_LAYERS, ...ACCOUNT_LAYERS].some((known) => known === slot)) return [{ path: `layers.${index}`, message: `has the unknown slot "${String(slot)}"` }];
    return layers.findIndex((other) => other.slot === slot) < index ? [{ path: `layers.${index}`, message: `is the second layer of slot "${slot}"` }] : [];
  });
  if (issues.length > 0) throw configInvalid("The layers do not fit together", issues);
}

/**
 * Wraps the calls of one account in its layers, in their fixed order, whatever the order of the list. Innermost stands a last
 * look: a call that was stopped or that ended while it waited makes no request.
 */
export function composeAccountLayers(layers: readonly Layer[], invoke: Invoke, account: AccountId, scope: AccountScope): Invoke {
  const lastLook: Invoke = (operation, input, call) => {
    const over = call.signal.aborted || call.halted?.aborted === true;
    const ended = over && isSending(operation) ? callEnded(call, { provider: scope.provider, account, operation }) : undefined;
    return ended ? Promise.reject(ended) : invoke(operation, input, call);
  };
  return accountLayers(layers).reduceRight<Invoke>((next, layer) => layer.wrap(next, account, scope), lastLook);
}

/** Wraps whole calls in their layers, in their fixed order. */
export function composeCallLayers(layers: readonly Layer[], perform: Perform): Perform {
  return CALL_LAYERS.flatMap((slot) => layers.filter((layer) => layer.slot === slot))
    .reduceRight<Perform>((next, layer) => (isAccountLayer(layer) ? next : layer.wrap(next)), perform);
}

const sorted = new WeakMap<readonly Layer[], readonly AccountLayer[]>();

/** Sorted once for each list: the calls of an account are wrapped at every call. */
function accountLayers(layers: readonly Layer[]): readonly AccountLayer[] {
  const known = sorted.get(layers);
  if (known) return known;
  const inOrder = ACCOUNT_LAYERS.flatMap((slot) => layers.filter(isAccountLayer).filter((layer) => layer.slot === slot));
  sorted.set(layers, inOrder);
  return inOrder;
}

function isAccountLayer(layer: Layer): layer is AccountLayer {
  return ACCOUNT_LAYERS.some((slot) => slot === layer.slot);
}
