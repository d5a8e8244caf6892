import type { EventMessagingProvider, HttpClient, ProviderRuntime } from "@event-messaging/core/driver";
import { wahaUnderTest } from "../vendors/waha.js";
import type { BrokenProvider } from "./break.js";

/** A provider over HTTP, whose way of asking is broken. */
export function brokenHttp(name: string, caughtBy: string | readonly string[], breakIt: (http: HttpClient) => Partial<HttpClient>): BrokenProvider {
  return {
    name, caughtBy: [caughtBy].flat(),
    vendor() {
      const { definition, configurations } = wahaUnderTest;
      const start = configurations["GOWS, strict (2026.7.1)"];
      if (start === undefined) throw new TypeError("the configuration has another name");
      const open = (config: unknown, runtime: ProviderRuntime): EventMessagingProvider => definition.open(config, { ...runtime, http: { ...runtime.http, ...breakIt(runtime.http) } });
      return { definition: { ...definition, open }, configurations: { strict: start } };
    },
  };
}
