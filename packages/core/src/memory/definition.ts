import { defineProvider, type CapabilityEntry } from "../driver/index.js";
import { configSchema, extensionsSchema, type MemoryConfig } from "./config.js";
import { openMemory } from "./provider.js";
import { recipientFromVendor } from "./recipient.js";
import type { MemoryVendor } from "./vendor.js";

const native = { support: "native", why: "The vendor in memory does it.", source: "core/src/memory/vendor-world.ts" } as const satisfies CapabilityEntry;

const capabilities = {
  "invitation.send": native, "invitation.update": native, "invitation.cancel": native, "invitation.respond": native,
  "poll.send": native, "text.send": native, "message.withdraw": native, "message.find": native, "message.chosen-id": native,
  "contact.resolve": native, "group.list": native, "webhook.configure": native,
  "field.location": native, "field.end-time": native, "field.call-link": native, "field.call-url": native, "field.extra-guests": native, "field.reply-to": native, "field.clear": native,
  "respond.maybe": native,
  "rsvp.receive": native, "rsvp.maybe": native, "rsvp.extra-guest-count": native, "rsvp.unreadable": native, "poll.receive": native, "text.receive": native,
  "track.observed": native, "track.failed": native, "track.delivered": native, "track.read": native, "track.revoked": native, "webhook.signed": native,
  "x-memory.colour": native,
} as const;

/**
 * The provider `memory` over one vendor in memory: every capability, for direct chats and groups. What an account can do at
 * the moment is the vendor's `capabilities`, through the probe.
 *
 * @example
 * const vendor = memoryVendor();
 * createMessaging({ providers: [memoryProvider(vendor)], accounts: { a: { provider: "memory", config: vendor.configFor("a") } }, tenants: { clinic: "a" } });
 */
export function memoryProvider(vendor: MemoryVendor) {
  return defineProvider({
    name: "memory",
    capabilities,
    configSchema,
    extensionsSchema,
    recipientFromVendor,
    open: (config: MemoryConfig, runtime) => openMemory(vendor, config, runtime),
  });
}
