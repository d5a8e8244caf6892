import type { InboundEvent } from "../model/inbound.js";
import type { RouterOptions } from "./router.js";
import { quietly, type Telemetry } from "./telemetry.js";

/** Counts what handlers were told of: `event_messaging.rsvps` by response, `event_messaging.events` by type. */
export function countEvents({ meter }: Telemetry): (event: InboundEvent) => void {
  const events = meter?.createCounter("event_messaging.events", { description: "Inbound events that were handled" });
  const rsvps = meter?.createCounter("event_messaging.rsvps", { description: "Answers of guests that were handled" });
  return (event) => {
    const provider = { "event_messaging.provider": event.provider };
    quietly(() => events?.add(1, { ...provider, "event_messaging.type": event.type }));
    if (event.type === "rsvp") quietly(() => rsvps?.add(1, { ...provider, "event_messaging.response": event.response }));
  };
}

/** Counts moves to another account, and logs each. */
export function tellFailover({ meter, logger }: Telemetry): NonNullable<RouterOptions["onFailover"]> {
  const moves = meter?.createCounter("event_messaging.failovers", { description: "Invitations that went to a further account" });
  return (from, to, why) => {
    quietly(() => moves?.add(1, { "event_messaging.reason": why }));
    quietly(() => logger?.warn({ from, to, why }, "an invitation went to a further account"));
  };
}
