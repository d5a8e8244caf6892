import { describe, expect, it } from "@jest/globals";
import { intersect, isSupported, supportOf, type CapabilityCode, type CapabilityTable, type Support } from "@event-messaging/core/driver";
import { call, fixture, openWaha, rejection, scriptedHttp, variant, type Answer } from "../test/support.js";
import { waha } from "./index.js";
import { byEngine, isBefore } from "./engines.js";

const SESSION = "GET /api/sessions/{session}";
const VERSION = "GET /api/server/version";
const gows = { status: 200, json: { version: "2026.7.1", engine: "GOWS", tier: "CORE", browser: null } };
const working = { status: 200, json: fixture("session-working") };
const probed = (session: Answer, server: Answer = gows) => openWaha(scriptedHttp({ [SESSION]: session, [VERSION]: server }).http).probe(call);

describe("the probe", () => {
  it("of a working session on GOWS says ready, who it is, engine and version", async () => {
    expect(await probed(working)).toMatchObject({
      status: "ready", reason: "", engine: "GOWS", version: "2026.7.1", self: { phone: "+351910000777", lid: "184000000000011@lid" }, capabilities: {}, warnings: [],
    });
  });

  it("asks for the session and the version and for nothing else, never for the server's environment", async () => {
    const { http, requests } = scriptedHttp({ [SESSION]: working, [VERSION]: gows });
    await openWaha(http).probe(call);
    expect(requests.map(({ method, template }) => `${method} ${template}`).sort()).toEqual([VERSION, SESSION]);
  });

  it("asks the old route for the version only when the new one is missing", async () => {
    const { http, requests } = scriptedHttp({ [SESSION]: working, "GET /api/version": { json: { version: "2024.10.8", engine: "NOWEB" } } });
    expect(await openWaha(http).probe(call)).toMatchObject({ version: "2024.10.8", engine: "NOWEB" });
    expect(requests).toHaveLength(3);
  });

  it.each(["STOPPED", "STARTING", "SCAN_QR_CODE", "PASSKEY_REQUIRED", "PASSKEY_CONFIRMATION_REQUIRED", "FAILED", "NAPPING"])("of a session that is %s is not ready", async (status) =>
    expect(await probed({ status: 200, json: { name: "salon-042", status } })).toMatchObject({ status: "not-ready", reason: expect.stringMatching(/^The session/), self: {} }));

  const errors = fixture<Readonly<Record<string, { readonly status: number; readonly body: unknown }>>>("error-answers");
  it.each([["401", "not-ready"], ["403", "not-ready"], ["404-session", "not-ready"], ["404-route", "not-ready"], ["500-unavailable", "unknown"]])("with the answer %s resolves as %s", async (name, status) => {
    const { status: code, body: json } = errors[name] ?? { status: 0, body: undefined };
    expect(await probed({ status: code, json })).toMatchObject({ status, reason: expect.stringMatching(/./) });
  });

  it("of a server that cannot be reached is unknown, and so are its events", async () => {
    const down = { code: "UNAVAILABLE", outcome: "not-sent", persistence: "transient" } as const;
    const probe = await openWaha(scriptedHttp({ [SESSION]: down, [VERSION]: down }).http).probe(call);
    expect(probe).toMatchObject({ status: "unknown", self: {} });
    expect(supportOf(probe.capabilities, "invitation.send", "direct").support).toBe("unknown");
  });

  it("that its caller ends rejects", async () => {
    const canceled = { code: "CANCELED", outcome: "not-sent", persistence: "permanent" } as const;
    expect((await rejection(openWaha(scriptedHttp({ [SESSION]: canceled, [VERSION]: gows }).http).probe(call))).code).toBe("CANCELED");
  });

  it("waha-9.43: warns when a working session has no webhook for answers", async () => {
    const silent = variant("session-working", { "config.webhooks": [{ url: "https://x.test", events: ["message"] }] });
    expect((await probed({ status: 200, json: silent })).warnings).toEqual([{ path: "config.webhooks", message: expect.stringMatching(/event\.response/) }]);
  });

  it("waha-9.53: knows that a session which ignores groups gets no answers from them", async () => {
    const { capabilities } = await probed({ status: 200, json: variant("session-working", { "config.ignore": { groups: true } }) });
    const now = intersect(waha.capabilities, capabilities);
    expect([supportOf(now, "rsvp.receive", "group").support, supportOf(now, "rsvp.receive", "direct").support]).toEqual(["absent", "native"]);
  });

  it("never gives back by one finding what another took away", async () => {
    const ignoring = variant("session-working", { "config.ignore": { groups: true }, "config.gows": { storage: { messages: false } }, engine: undefined });
    const { capabilities } = await probed({ status: 200, json: ignoring }, { status: 200, json: { version: "2027.1.1", engine: "NEXTGEN" } });
    expect([supportOf(capabilities, "rsvp.receive", "group").support, supportOf(capabilities, "rsvp.receive", "direct").support, supportOf(capabilities, "message.find", "direct").support]).toEqual(["absent", "unknown", "absent"]);
  });
});

describe("what the engine allows", () => {
  it("waha-9.44: is read from the server's answer, and an engine that is not known may have events", () => {
    expect(byEngine("GOWS", "2026.7.1")).toEqual({});
    expect(supportOf(byEngine("NEXTGEN", "2027.1.1"), "invitation.send", "direct").support).toBe("unknown");
    expect(supportOf(byEngine(undefined, undefined), "invitation.send", "group").support).toBe("unknown");
  });

  it.each(["WEBJS", "WPP", "NOWEB"])("waha-9.45: %s, one of the engines without events, is refused by the probe before any send", async (engine) => {
    const { capabilities } = await probed(working, { status: 200, json: { version: "2026.7.1", engine } });
    const entry = supportOf(intersect(waha.capabilities, capabilities), "invitation.send", "direct");
    expect(isSupported(entry)).toBe(false);
    expect(entry.why).toMatch(new RegExp(engine));
  });

  it.each(["NOWEB", "WEBJS", "WPP"])("polls-10.11: %s promises no word of a vote that cannot be read", async (engine) => {
    const { capabilities } = await probed(working, { status: 200, json: { version: "2026.7.1", engine } });
    expect(isSupported(supportOf(intersect(waha.capabilities, capabilities), "rsvp.unreadable", "direct"))).toBe(false);
  });

  it.each<[string, object | undefined, Support]>([
    ["switched on", { store: { enabled: true, fullSync: false } }, "native"], ["switched off", { store: { enabled: false, fullSync: false } }, "absent"],
    ["not spoken of", { markOnline: true }, "unknown"], ["not shown", undefined, "unknown"],
  ])("polls-10.11: NOWEB reads votes out of its store, which is %s", async (_, noweb, support) => {
    const session = { status: 200, json: variant("session-working", { "config.noweb": noweb }) };
    const received = async (engine: string) => supportOf(intersect(waha.capabilities, (await probed(session, { status: 200, json: { version: "2026.7.1", engine } })).capabilities), "poll.receive", "group");
    expect(await received("NOWEB")).toMatchObject({ support, ...(support !== "native" && { why: expect.stringContaining("config.noweb.store.enabled") }) });
    expect((await received("WEBJS")).support).toBe("native");
  });

  it("is read from the session when the server hides it", async () =>
    expect(await probed(working, { status: 403, json: { message: "Forbidden", statusCode: 403 } })).toMatchObject({ engine: "GOWS", capabilities: {} }));

  const hidden = { status: 403, json: { message: "Forbidden", statusCode: 403 } };
  const stated = (config: object, server: Answer = hidden, session: Answer = working) => openWaha(scriptedHttp({ [SESSION]: session, [VERSION]: server }).http, config).probe(call);
  const supported = ({ capabilities }: { readonly capabilities: CapabilityTable }, code: CapabilityCode) => supportOf(intersect(waha.capabilities, capabilities), code, "direct").support;

  it("depends on the version that the operator states, only where the server hides it", async () => {
    expect(supported(await stated({}), "message.chosen-id")).toBe("unknown");
    expect(await stated({ version: "2026.4.3" })).toMatchObject({ version: "2026.4.3", engine: "GOWS" });
    expect(supported(await stated({ version: "2026.4.3" }), "message.chosen-id")).toBe("native");
    expect(supported(await stated({ version: "2025.11.3" }), "message.chosen-id")).toBe("absent");
    const told = await stated({ version: "2026.4.3" }, { json: { version: "2025.11.3", engine: "GOWS" } });
    expect([told.version, supported(told, "message.chosen-id")]).toEqual(["2025.11.3", "absent"]);
  });

  it("depends on the engine that the operator states, only where neither server nor session shows it", async () => {
    const silent = { json: variant("session-working", { engine: undefined }) };
    expect(supported(await stated({}, hidden, silent), "invitation.send")).toBe("unknown");
    expect(supported(await stated({ engine: "GOWS" }, hidden, silent), "invitation.send")).toBe("native");
    expect(supported(await stated({ engine: "NOWEB" }, hidden, silent), "invitation.send")).toBe("absent");
    expect(await stated({ engine: "NOWEB" })).toMatchObject({ engine: "GOWS" });
    expect(await stated({ engine: "GOWS" }, { json: { version: "2026.7.1", engine: "WEBJS" } })).toMatchObject({ engine: "WEBJS" });
  });

  it("says that ids are not chosen where the operator does not rely on them", async () => {
    expect(supported(await stated({ chosenIds: "use" }, gows), "message.chosen-id")).toBe("native");
    const never = await stated({ chosenIds: "never" }, gows);
    expect(supportOf(never.capabilities, "message.chosen-id", "direct")).toMatchObject({ support: "absent", why: expect.stringMatching(/chosenIds/) });
    expect(supported(await stated({ chosenIds: "never" }), "message.chosen-id")).toBe("absent");
  });

  it("excludes servers that are older than events", () => expect(supportOf(byEngine("GOWS", "2025.3.2"), "invitation.send", "direct").support).toBe("absent"));

  it.each([["2025.11.3", "2025.12.2", true], ["2025.12.2", "2025.12.2", false], ["2026.4.3", "2025.12.2", false], ["2025.9", "2025.11", true], ["2025", "2025.1", true], [undefined, "2025.1", false], ["latest", "2025.1", false]])(
    "version %s is before %s: %s", (version, than, expected) => expect(isBefore(version, than)).toBe(expected));
});
