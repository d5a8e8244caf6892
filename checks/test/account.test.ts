import { describe, expect, it } from "@jest/globals";
import { createMessaging } from "@event-messaging/core";
import { memoryProvider, memoryVendor } from "@event-messaging/core/memory";
import { IN_ORDER, PROVOKED, reportOn } from "../src/account/provoked.js";

const title = (stage: (typeof PROVOKED)[number]) => `${stage.waha ? "waha" : "zapi"}: ${stage.code} ${JSON.stringify(stage.waha ?? stage.zapi)}`;

describe("checking an account", () => {
  it.each(PROVOKED.map((stage) => [title(stage), stage] as const))("finds, with a remedy and without a secret, %s", async (_, { code, severity, ...stage }) => {
    const report = await reportOn(stage);
    const found = report.findings.find((finding) => finding.code === code && finding.severity === severity);
    expect(found).toMatchObject({ message: expect.stringMatching(/\.$/) });
    if (severity === "fault") {
      expect(report.ok).toBe(false);
      expect(found?.remedy).not.toBe("");
    }
    expect(JSON.stringify(report)).not.toMatch(/north window|south window|b3f1c0de5a17|simulator-key|key_|hooks\.example/);
  });

  it.each(IN_ORDER.map((stage) => [stage.waha ? "waha" : "zapi", stage] as const))("complains of nothing that could be mended on %s", async (_, stage) => {
    const report = await reportOn(stage);
    expect(report).toMatchObject({ ok: true, status: "ready" });
    expect(report.findings.filter(({ severity }) => severity !== "note")).toEqual([]);
  });

  it("puts faults before risks before notes, each code at most once", async () => {
    const { findings } = await reportOn({ waha: { hook: { events: ["event.response"], hmac: undefined, retries: undefined }, key: "admin", switches: { version: "2026.4.3" } } });
    const order = ["fault", "risk", "note"];
    expect(findings.map(({ severity }) => order.indexOf(severity))).toEqual(findings.map(({ severity }) => order.indexOf(severity)).sort());
    expect(new Set(findings.map(({ code }) => code)).size).toBe(findings.length);
    expect(findings.length).toBeGreaterThan(5);
  });

  it("says so when a provider cannot look into its account", async () => {
    const vendor = memoryVendor();
    const messaging = createMessaging({ providers: [memoryProvider(vendor)], accounts: { a: { provider: "memory", config: vendor.configFor("a") } }, tenants: {} });
    expect(await messaging.account("a").check()).toMatchObject({ account: "a", provider: "memory", ok: true, findings: [{ code: "not-inspected", severity: "note" }] });
    await expect(messaging.account("b").check()).rejects.toMatchObject({ code: "NOT_FOUND" });
    await messaging.close();
  });
});
