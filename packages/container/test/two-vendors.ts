import type { AccountDirectory, AccountRecord, ProviderDefinition } from "@event-messaging/core";
import { memoryProvider, memoryVendor, type MemoryVendor } from "@event-messaging/core/memory";

/** A vendor in memory under a name of its own, so that two of them are two kinds of vendor. */
export interface NamedVendor {
  readonly vendor: MemoryVendor;
  readonly definition: ProviderDefinition;
}

export function namedVendor(name: string): NamedVendor {
  const vendor = memoryVendor({ apiKey: `${name}-key` });
  return { vendor, definition: { ...memoryProvider(vendor), name } };
}

/** A directory over one record that a test changes: the account of tenant `clinic`, and every account ever made. */
export function changingDirectory(): AccountDirectory & { readonly move: (record: AccountRecord) => void } {
  const records = new Map<string, AccountRecord>();
  let current: AccountRecord | undefined;
  return {
    move(record) {
      records.set(record.id, record);
      current = record;
    },
    forTenant: (tenant) => Promise.resolve(tenant === "clinic" ? current : undefined),
    byId: (id) => Promise.resolve(records.get(id)),
  };
}

export function account(id: string, { vendor, definition }: NamedVendor, line: string = id): AccountRecord {
  return { id, provider: definition.name, config: vendor.configFor(line), revision: 1 };
}

export const invitation = (key: string) => ({ key, to: "+351960000123", title: "Check-up", startsAt: "2026-12-01T15:00:00Z" });

/** Which lines of a vendor sent what, in order. */
export function acts({ vendor }: NamedVendor): readonly string[] {
  return vendor.journal().map(({ line, operation }) => `${line}:${operation}`);
}
