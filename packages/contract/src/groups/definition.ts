import { codesOf, GATES, isCapabilityCode, OPERATIONS, supportOf, type CapabilityCode, type CapabilityEntry } from "@event-messaging/core/driver";
import { compileCheck } from "@event-messaging/core/schema";
import { copyOf, demand, demandEqual, show } from "../demand.js";
import { isSecretAt, secretPaths } from "../secret-paths.js";
import type { Group } from "../suite-case.js";
import { AUDIENCES } from "../vendor-under-test.js";

/** What a code is worthless without. */
const REQUIRES: Partial<Readonly<Record<CapabilityCode, CapabilityCode>>> = {
  "field.location": "invitation.send", "field.end-time": "invitation.send", "field.call-link": "invitation.send", "field.call-url": "invitation.send",
  "field.extra-guests": "invitation.send", "field.reply-to": "invitation.send", "field.clear": "invitation.update", "respond.maybe": "invitation.respond",
  "rsvp.maybe": "rsvp.receive", "rsvp.extra-guest-count": "rsvp.receive",
};
const SUPPORTS: readonly string[] = ["native", "emulated", "absent", "unknown"];

export const definition: Group = {
  name: "definition",
  about: "A definition is a value that describes the kind of vendor before any account exists. Applications decide by its table, and the documentation is generated from it, so it has to be whole and true.",
  cases: [
    {
      name: "the definition is of version 1 and has a short name in lower case",
      run: async ({ definition: { specVersion, name } }) => {
        demand(specVersion === 1, `specVersion is ${show(specVersion)}`);
        demand(/^[a-z][a-z0-9-]{0,31}$/.test(name), `the name is ${show(name)}`);
      },
    },
    {
      name: "every capability is a known code, or a stranger's own in the form x-vendor.thing",
      run: async ({ definition: { capabilities } }) => {
        const wrong = Object.keys(capabilities).filter((code) => !isCapabilityCode(code));
        demand(wrong.length === 0, `the table lists ${wrong.join(", ")}`);
      },
    },
    {
      name: "every capability entry says how far it is supported, why, and what proves it",
      run: async ({ definition: { capabilities } }) => {
        const whole = ({ support, why, source }: CapabilityEntry) => SUPPORTS.includes(support) && typeof why === "string" && why.trim() !== "" && typeof source === "string" && source.trim() !== "";
        const poor = codesOf(capabilities).filter((code) => AUDIENCES.some((audience) => !whole(supportOf(capabilities, code, audience))));
        demand(poor.length === 0, `without support, reason or source: ${poor.join(", ")}`);
      },
    },
    {
      name: "an operation is implemented exactly when its capability is declared",
      run: async ({ definition: { capabilities }, provider }) => {
        const declared = (code: CapabilityCode) => AUDIENCES.some((audience) => supportOf(capabilities, code, audience).support !== "absent");
        const denied = OPERATIONS.filter((operation) => provider[operation] !== undefined && !declared(GATES[operation]));
        const lacking = OPERATIONS.filter((operation) => provider[operation] === undefined && declared(GATES[operation]));
        demand(denied.length === 0, `implemented and not declared: ${denied.join(", ")}`);
        demand(lacking.length === 0, `declared and not implemented: ${lacking.join(", ")}`);
      },
    },
    {
      name: "nothing is declared that is worthless without what is absent",
      run: async ({ definition: { capabilities } }) => {
        const has = (code: CapabilityCode, audience: (typeof AUDIENCES)[number]) => supportOf(capabilities, code, audience).support !== "absent";
        const idle = AUDIENCES.flatMap((audience) => codesOf(capabilities).flatMap((code) => {
          const needed = REQUIRES[code];
          return needed !== undefined && has(code, audience) && !has(needed, audience) ? [`${code} without ${needed} (${audience})`] : [];
        }));
        demand(idle.length === 0, `the table declares ${idle.join(", ")}`);
      },
    },
    {
      name: "there is somebody to try it with for every audience that is declared",
      run: async ({ definition: { capabilities }, vendor }) => {
        const untested = AUDIENCES.filter((audience) => vendor.recipients[audience].length < 2 && ["invitation.send", "poll.send", "text.send"].some((code) => isCapabilityCode(code) && supportOf(capabilities, code, audience).support !== "absent"));
        demand(untested.length === 0, `the vendor under test lists fewer than two recipients for: ${untested.join(", ")}`);
      },
    },
    {
      name: "the configuration's schema is JSON Schema 2020-12 and closed",
      run: async ({ definition: { configSchema }, pristine }) => {
        demand("type" in configSchema && configSchema.type === "object", "the schema does not say that a configuration is an object");
        demand("additionalProperties" in configSchema && configSchema.additionalProperties === false, "the schema lets unknown settings pass");
        demandEqual(compileCheck(configSchema)(JSON.parse(pristine)), [], "problems of the right configuration");
      },
    },
    {
      name: "the schema marks every credential as one",
      run: async ({ definition: { configSchema }, vendor }) => {
        const unmarked = secretPaths(vendor.config, vendor.secrets).filter((path) => !isSecretAt(configSchema, path));
        demand(unmarked.length === 0, `credentials without a secret format: ${unmarked.map((path) => path.join(".")).join(", ")}`);
      },
    },
    {
      name: "the definition stays the same whatever accounts are opened",
      run: async (bench) => {
        const before = copyOf({ capabilities: bench.definition.capabilities, configSchema: bench.definition.configSchema, name: bench.definition.name });
        bench.open();
        bench.open(bench.vendor.second.config, { account: "second-account" });
        await bench.provider.probe(bench.call());
        demandEqual({ capabilities: bench.definition.capabilities, configSchema: bench.definition.configSchema, name: bench.definition.name }, before, "the definition");
      },
    },
  ],
};
