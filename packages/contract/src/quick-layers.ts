import { defaultLayers, type Layer } from "@event-messaging/core";

/** The usual layers, which do not wait as long as the vendor asks. */
export function quickLayers(): readonly Layer[] {
  return defaultLayers({ sleep: async () => {} });
}
