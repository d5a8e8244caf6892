import { describe, expect, it } from "@jest/globals";
import { instant, intersect, supportOf, type CapabilityCode, type Target } from "@event-messaging/core/driver";
import { ACK, call, CONFIG, runtimeWith, stubHttp, type Canned } from "../test/stub-http.js";
import { id, recipient } from "../test/known.js";
import { zapi } from "./index.js";

const chat = recipient("120363041234567890@g.us");
const target: Target = { recipient: chat, createdBy: "self", messages: [{ id: id(ACK.messageId), form: "native", role: "invitation", vendorIds: {} }] };
const READY = { connected: true, smartphoneConnected: true };
const SILENT = { receivedCallbackUrl: null, deliveryCallbackUrl: "", presenceChatCallbackUrl: null, receiveCallbackSentByMe: false };

/** What an account can do in groups, as core sees it. */
async function abilities(config: object, me: Canned = { json: { ...SILENT, receivedCallbackUrl: "https://app.example/hooks" } }, status: Canned = { json: READY }) {
  const http = stubHttp(({ path }) => (path.endsWith("/me") ? me : path.endsWith("/status") ? status : { status: 404 }));
  const probe = await zapi.open({ ...CONFIG, ...config }, runtimeWith(http)).probe(call());
  const table = intersect(zapi.capabilities, probe.capabilities);
  return { probe, entry: (code: CapabilityCode, audience: "group" | "direct" = "group") => supportOf(table, code, audience) };
}

describe("an instance without any webhook", () => {
  it("zapi-13.25: neither edits nor cancels, because either would come out as a second invitation; what remedies it is said", async () => {
    const { entry } = await abilities({ dateTime: "instant" }, { json: SILENT });
    for (const code of ["invitation.update", "invitation.cancel"] as const) {
      expect(entry(code)).toMatchObject({ support: "absent", why: expect.stringMatching(/planWebhooks.*editWithoutWebhook/) });
    }
    expect(entry("invitation.send").support).toBe("native");
    expect(entry("invitation.respond").support).toBe("native");
    expect(entry("invitation.cancel", "direct").why).toContain("groups only");
  });

  it("edits and cancels with the option editWithoutWebhook: try", async () => {
    const { entry } = await abilities({ dateTime: "instant", editWithoutWebhook: "try" }, { json: SILENT });
    expect([entry("invitation.update").support, entry("invitation.cancel").support]).toEqual(["native", "native"]);
  });

  it.each([
    ["one that this package does not read is set", { json: { ...SILENT, presenceChatCallbackUrl: "https://app.example/presence" } }],
    ["the webhooks cannot be read", { status: 500 }],
    ["the answer is none that is known", { json: { error: "something new" } }],
  ])("is not assumed when %s", async (_, me) => {
    const { entry } = await abilities({ dateTime: "instant" }, me);
    expect([entry("invitation.update").support, entry("invitation.cancel").support]).toEqual(["native", "native"]);
  });

  it("is named before an unknown reading of the time, which webhooks may teach", async () => {
    const { entry } = await abilities({}, { json: SILENT });
    expect(entry("invitation.update").why).toContain("second invitation");
    expect((await abilities({})).entry("invitation.update").why).toContain("dateTime");
  });
});

describe("options about edits", () => {
  it("clearedOnEdit: kept takes field.clear away, with what to do instead", async () => {
    expect((await abilities({})).entry("field.clear").support).toBe("native");
    expect((await abilities({ clearedOnEdit: "removed" })).entry("field.clear").support).toBe("native");
    expect((await abilities({ clearedOnEdit: "kept" })).entry("field.clear")).toMatchObject({ support: "absent", why: expect.stringContaining("another text") });
  });

  it.each([["UTC", "18"], ["UTC-3", "15"]])("timeZoneOnEdit: send needs no reading and writes %s with %s o'clock", async (createTimeZone, hour) => {
    const http = stubHttp(() => ({ json: ACK }));
    const account = zapi.open({ ...CONFIG, timeZoneOnEdit: "send", createTimeZone }, runtimeWith(http));
    const details = { title: "Safety briefing", startsAt: instant("2026-11-20T18:00:00Z") };
    await account.update?.({ target, details }, call());
    await account.cancel?.({ target, details }, call());
    const event = { dateTime: `2026-11-20T${hour}:00:00.000Z`, timeZone: createTimeZone };
    expect(http.seen).toMatchObject([{ json: { event: { ...event, canceled: false } } }, { json: { event: { ...event, canceled: true } } }]);
    expect((await abilities({ timeZoneOnEdit: "send" })).entry("invitation.update").support).toBe("native");
    expect((await abilities({ timeZoneOnEdit: "omit" })).entry("invitation.update").support).toBe("absent");
  });

  it("timeZoneOnEdit: send mends itself where an echo shows that the zone is ignored", () => {
    const details = { title: "Safety briefing", startsAt: instant("2026-11-20T18:00:00Z") };
    const account = zapi.open({ ...CONFIG, timeZoneOnEdit: "send" }, runtimeWith(stubHttp(() => ({}))));
    expect(account.learn?.(details, { ...details, startsAt: instant("2026-11-20T21:00:00Z") }, "update")).toEqual({ dateTime: "wallclock-default-br", createTimeZone: "UTC-3" });
    expect(account.learn?.(details, details, "update")).toBeUndefined();
  });
});

describe("the option refusals", () => {
  it("tells the probe what an undocumented answer means", async () => {
    const status = { status: 423, json: { error: "Instance is being migrated" } };
    expect((await abilities({}, undefined, status)).probe.status).toBe("unknown");
    const { probe } = await abilities({ refusals: [{ status: 423, says: "being migrated", code: "ACCOUNT_NOT_READY", transient: true }] }, undefined, status);
    expect(probe).toMatchObject({ status: "not-ready", refusal: { code: "ACCOUNT_NOT_READY", persistence: "transient" }, reason: expect.stringContaining("refusals") });
    expect(JSON.stringify(probe)).not.toContain("migrated");
  });

  it("is checked when the account is opened", () => {
    const open = (refusals: unknown) => () => zapi.open({ ...CONFIG, refusals }, runtimeWith(stubHttp(() => ({}))));
    expect(open([{ status: 400, says: "a text", code: "REFUSED" }])).not.toThrow();
    expect(open([{ status: 400, says: "a text", code: "SENT" }])).toThrow(/refusals/);
    expect(open([{ status: 204, says: "a text", code: "REFUSED" }])).toThrow(/refusals/);
    expect(open([{ status: 400, says: "a", code: "REFUSED" }])).toThrow(/refusals/);
  });
});
