import { invalidArgument } from "../error/invalid.js";
import { INBOUND_TYPES, type InboundEvent, type InboundType } from "../model/inbound.js";
import type { Issue } from "../model/json.js";

type Handler<T extends InboundType> = (event: InboundEvent<T>) => unknown;

/** The application's handlers, by type. State: who is registered. */
export class Handlers {
  readonly #byType = new Map<InboundType, Set<Handler<InboundType>>>();

  /** Registers; the returned function takes it back, any number of times. */
  on<T extends InboundType>(type: T, handler: Handler<T>): () => void {
    const issues: Issue[] = [];
    if (!INBOUND_TYPES.some((known) => known === type)) issues.push({ path: "type", message: `must be one of ${INBOUND_TYPES.join(", ")}` });
    if (typeof handler !== "function") issues.push({ path: "handler", message: "must be a function" });
    if (issues.length > 0) throw invalidArgument("The handler cannot be registered", issues);
    const handlers = this.#byType.get(type) ?? new Set();
    this.#byType.set(type, handlers);
    const registered = (event: InboundEvent) => (isOfType(event, type) ? handler(event) : undefined);
    handlers.add(registered);
    return () => void handlers.delete(registered);
  }

  /** Runs all handlers of the event's type at once. Rejects when one of them failed, after all have ended. */
  async run(event: InboundEvent): Promise<void> {
    const handlers = [...(this.#byType.get(event.type) ?? [])];
    const results = await Promise.allSettled(handlers.map(async (handler) => handler(event)));
    if (results.some(({ status }) => status === "rejected")) throw new Error("a handler failed");
  }
}

function isOfType<T extends InboundType>(event: { readonly type: InboundType }, type: T): event is InboundEvent<T> {
  return event.type === type;
}
