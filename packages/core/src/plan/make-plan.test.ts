import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { CapabilityCode } from "../capability/codes.js";
import type { CapabilityTable, Support } from "../capability/table.js";
import type { InvitationDetails } from "../model/details.js";
import { accountId } from "../model/ids.js";
import { isRecipient, type Audience, type Recipient } from "../model/recipient.js";
import { instant } from "../model/time.js";
import { makePlan, type PlanInput } from "./make-plan.js";
import type { Policy } from "./plan-types.js";
import { requirementsOf, withoutFields } from "./requirements.js";
import { unsupported } from "./unsupported.js";

const to = (text: string): Recipient => {
  if (!isRecipient(text)) throw new Error(text);
  return text;
};
const RECIPIENTS: Readonly<Record<Audience, Recipient>> = { direct: to("+351960000123"), group: to("120363000000000001@g.us") };
const start: InvitationDetails = { title: "Check-up", startsAt: instant("2026-12-01T15:00:00Z") };
const FIELDS = {
  "field.location": { location: { name: "Clinic" } }, "field.end-time": { endsAt: instant("2026-12-01T16:00:00Z") }, "field.call-link": { callLink: "voice" },
  "field.extra-guests": { extraGuestsAllowed: true }, "x-acme.colour": { extensions: { "x-acme.colour": "red" } },
} as const satisfies Partial<Record<CapabilityCode, Partial<InvitationDetails>>>;
const CODES = ["field.location", "field.end-time", "field.call-link", "field.extra-guests", "x-acme.colour"] as const;
const SUPPORTS = ["native", "emulated", "absent", "unknown"] as const;
const AUDIENCES = ["direct", "group"] as const;

const entry = (support: Support) => ({ support, why: `why ${support}`, source: "test" });
const forOne = (audience: Audience, support: Support) => ({ direct: entry(audience === "direct" ? support : "absent"), group: entry(audience === "group" ? support : "absent") });
const plan = (given: Partial<PlanInput> & { readonly capabilities: CapabilityTable }) => makePlan({
  gate: "invitation.send", provider: "acme", account: accountId("a"), recipient: RECIPIENTS.direct, details: start, policy: {}, now: instant("2026-11-01T00:00:00Z"), ...given,
});

describe("a plan", () => {
  const cases = AUDIENCES.flatMap((audience) => CODES.flatMap((code) => SUPPORTS.flatMap((support) =>
    ([[{}, ["native", "emulated"], false], [{ allowUnknown: [code] }, ["native", "emulated", "unknown"], false], [{ allowLoss: [code] }, ["native", "emulated"], true], [{ allowLoss: [code], allowUnknown: [code] }, ["native", "emulated", "unknown"], true]] as const)
      .map(([policy, kept, mayLose]) => ({ audience, code, support, policy, form: kept.some((one) => one === support) ? "native" : mayLose ? "degraded" : "none" })))));

  it.each(cases)("for $audience with $code $support under $policy is $form", ({ audience, code, support, policy, form }) => {
    const result = plan({ recipient: RECIPIENTS[audience], details: { ...start, ...FIELDS[code] }, policy, capabilities: { "invitation.send": forOne(audience, "native"), [code]: forOne(audience, support) } });
    expect(result.form).toBe(form);
    expect((form === "native" ? result.native : result.lost).map((item) => item.code)).toContain(code);
    expect(result.lost.length === 0).toBe(form === "native");
  });

  const gatePolicies: readonly Policy[] = [{}, { allowUnknown: ["invitation.send"] }, { allowLoss: ["invitation.send"] }];
  it.each(AUDIENCES.flatMap((audience) => SUPPORTS.flatMap((support) => gatePolicies.map((policy) => [audience, support, policy] as const))))("for %s whose sending is %s under %p: what is itself absent can be no loss", (audience, support, policy) => {
    const possible = support === "native" || support === "emulated" || (support === "unknown" && policy.allowUnknown !== undefined);
    expect(plan({ recipient: RECIPIENTS[audience], policy, capabilities: { "invitation.send": forOne(audience, support) } }).form).toBe(possible ? "native" : "none");
  });

  it.each<[Policy, "whole" | "lossy", string]>([
    [{ forms: ["native"] }, "whole", "native"], [{ forms: ["native"], allowLoss: ["field.location"] }, "lossy", "none"],
    [{ forms: ["native", "degraded"], allowLoss: ["field.location"] }, "lossy", "degraded"], [{ forms: ["native", "degraded"] }, "lossy", "none"],
    [{ forms: ["poll"] }, "whole", "none"], [{ forms: [] }, "whole", "none"], [{ allowLoss: ["field.location"] }, "lossy", "degraded"],
  ])("under %p for a %s invitation is %s", (policy, kind, form) => {
    const result = plan({ policy, details: { ...start, location: { name: "x" } }, capabilities: { "invitation.send": entry("native"), "field.location": entry(kind === "whole" ? "native" : "absent") } });
    expect(result.form).toBe(form);
  });

  it("loses nothing unless the policy names it, whatever the account", () => {
    const table = fc.dictionary(fc.constantFrom<CapabilityCode>("invitation.send", ...CODES), fc.constantFrom(...SUPPORTS).map(entry));
    fc.assert(fc.property(table, fc.subarray([...CODES]), fc.subarray([...CODES]), (capabilities, used, allowLoss) => {
      const details = used.reduce((all, code) => ({ ...all, ...FIELDS[code] }), start);
      const result = plan({ capabilities, details, policy: { allowLoss } });
      const asked = ["invitation.send", ...used].sort();
      expect([...result.native, ...result.lost].map(({ code }) => code).sort()).toEqual(asked);
      if (result.form !== "none") for (const { code } of result.lost) expect(allowLoss).toContain(code);
      if (result.form === "native") expect(result.lost).toEqual([]);
    }));
  });

  it("says what will not be possible later, for a new invitation only", () => {
    const capabilities = { "invitation.send": entry("native"), "invitation.cancel": entry("native"), "rsvp.receive": entry("native") };
    expect(plan({ capabilities }).later.map(({ code }) => code)).toEqual(["invitation.update", "rsvp.maybe"]);
    expect(plan({ gate: "invitation.cancel", capabilities }).later).toEqual([]);
  });

  it("warns of a start in the past, and passes on what the account warns of", () => {
    const warnings = [{ path: "", message: "queues while disconnected" }];
    const past = plan({ now: instant("2026-12-01T15:00:01Z"), warnings, capabilities: { "invitation.send": entry("native") } });
    expect([past.form, past.warnings.map(({ path }) => path)]).toEqual(["native", ["startsAt", ""]]);
  });

  it("needs a capability for each field that asks something of the vendor, and none for a time zone or a refusal of guests", () => {
    const details = { ...start, ...FIELDS["field.location"], ...FIELDS["field.end-time"], ...FIELDS["x-acme.colour"], callLink: "voice" as const, extraGuestsAllowed: false };
    expect(requirementsOf(details, "3EB0")).toEqual([
      { code: "field.location", path: "location" }, { code: "field.end-time", path: "endsAt" }, { code: "field.call-link", path: "callLink" }, { code: "field.reply-to", path: "replyTo" }, { code: "x-acme.colour", path: "extensions.x-acme.colour" },
    ]);
  });

  it("for an edit needs the capability to take away each field that goes, but none for what the account could never show", () => {
    const before = { ...start, ...FIELDS["field.location"], ...FIELDS["field.end-time"], ...FIELDS["x-acme.colour"], description: "Bring papers" };
    const all = { "invitation.update": entry("native"), "field.location": entry("native"), "x-acme.colour": entry("native") } as const;
    const edit = { gate: "invitation.update", before, details: start } as const;
    const kept = plan({ ...edit, capabilities: { ...all, "field.clear": entry("absent") } });
    expect([kept.form, kept.lost.map(({ code, path }) => `${code} ${path}`)]).toEqual(["none", ["field.clear description", "field.clear location", "field.clear extensions.x-acme.colour"]]);
    expect(plan({ ...edit, capabilities: { ...all, "field.clear": entry("absent") }, policy: { allowLoss: ["field.clear"] } }).form).toBe("degraded");
    expect(plan({ ...edit, capabilities: { ...all, "field.clear": entry("native") } }).form).toBe("native");
    expect(plan({ ...edit, details: { ...before, title: "Moved", description: "Bring more" }, capabilities: { ...all, "field.end-time": entry("native"), "field.clear": entry("absent") } }).form).toBe("native");
    expect(plan({ ...edit, before: undefined, capabilities: { ...all, "field.clear": entry("absent") } }).form).toBe("native");
  });

  it("leaves out of the details exactly what stands for the codes", () => {
    fc.assert(fc.property(fc.subarray([...CODES]), fc.subarray([...CODES]), (used, gone) => {
      const details = used.reduce((all, code) => ({ ...all, ...FIELDS[code] }), start);
      const left = requirementsOf(withoutFields(details, new Set(gone))).map(({ code }) => code);
      expect([...left].sort()).toEqual(used.filter((code) => !gone.includes(code)).sort());
    }));
  });

  it("that cannot be becomes an error that says why, for whom, and carries the plan", () => {
    const refused = plan({ details: { ...start, location: { name: "x" } }, capabilities: { "invitation.send": entry("native") } });
    expect(unsupported("send", refused)).toMatchObject({ code: "UNSUPPORTED", outcome: "not-sent", plan: refused, issues: [{ path: "location", message: "The provider does not list it." }], context: { capability: "field.location" } });
    expect(unsupported("send", plan({ policy: { forms: ["poll"] }, capabilities: { "invitation.send": entry("native") } })).message).toContain("policy");
  });
});
