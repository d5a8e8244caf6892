import { contractOf } from "@event-messaging/contract";

/** `docs/contract.md`: every promise of the contract suite, by group. */
export function contractPage(): string {
  const groups = contractOf();
  const count = groups.reduce((sum, { cases }) => sum + cases.length, 0);
  return [
    "<!-- Generated out of the contract suite. Do not edit: run `node checks/dist/capabilities-page.js`. -->",
    "# What a provider promises",
    "",
    "After reading this page you know what `describeProvider()` of `@event-messaging/contract` demands of a provider, and where a failed case comes from. These are",
    `${count} promises in ${groups.length} groups. Each is tried in every configuration of the vendor under test, on a vendor that is started for it, and judged by what the vendor *did*, out of its journal.`,
    "",
    "A case is skipped only when the account lacks a capability that it needs (in brackets). Nothing else switches a case off: a provider that cannot do something declares it absent,",
    "and then the refusal is demanded instead.",
    "",
    ...groups.flatMap(({ group, about, cases }) => [
      `## ${group}`, "", about, "",
      ...cases.map(({ name, needs }) => `- ${name}${needs.length === 0 ? "" : ` (${needs.map((code) => `\`${code}\``).join(", ")})`}`), "",
    ]),
  ].join("\n");
}
