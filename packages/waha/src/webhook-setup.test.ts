import { inspect } from "node:util";
import { describe, expect, it } from "@jest/globals";
import { INBOUND_TYPES, secret, type HttpRequest, type InboundType } from "@event-messaging/core/driver";
import { call, fixture, openWaha, rejection, scriptedHttp } from "../test/support.js";

const GET = "GET /api/sessions/{session}";
const PUT = "PUT /api/sessions/{session}";
const VERSION = "GET /api/server/version";
const URL = "https://hooks.example.test/webhooks/salon-waha/first-secret";
const THEIRS = { url: "https://bot.example.test/in", events: ["message"], customHeaders: [{ name: "X-Bot", value: "1" }] };
const CONFIG = { metadata: { tenant: "042" }, proxy: null, ignore: { groups: null }, gows: { storage: { messages: true } }, webhooks: [THEIRS] };

/** A server that keeps a session's configuration as WAHA does: PUT replaces it whole. */
function server(config: unknown = CONFIG, version = "2026.7.1") {
  const state = { config };
  const session = () => ({ json: { name: "salon-042", status: "WORKING", ...(state.config !== null && { config: state.config }) } });
  const put = (request: HttpRequest) => {
    const body: unknown = request.json;
    state.config = typeof body === "object" && body !== null && "config" in body ? body.config : undefined;
    return session();
  };
  return { state, ...scriptedHttp({ [GET]: session, [PUT]: put, [VERSION]: { json: { version, engine: "GOWS" } } }) };
}
const plan = (http: Parameters<typeof openWaha>[0], types: readonly InboundType[] = INBOUND_TYPES, url = URL, config: object = { hmacKey: ["new-key", "old-key"] }) =>
  openWaha(http, config).planWebhooks?.({ url: secret(url), types }, call) ?? Promise.reject(new Error("absent"));
const hooks = (config: unknown): readonly { readonly url: string; readonly events: readonly string[]; readonly [name: string]: unknown }[] =>
  typeof config === "object" && config !== null && "webhooks" in config && Array.isArray(config.webhooks) ? config.webhooks : [];

describe("webhook set-up", () => {
  it("plans with reads only, and shows neither key nor secret address", async () => {
    const { http, requests } = server();
    const planned = await plan(http);
    expect(requests.map(({ method }) => method)).toEqual(["GET", "GET"]);
    expect(planned.changes).toEqual([{ path: "config.webhooks.1", message: expect.stringMatching(/^is added: https:\/\/hooks\.example\.test\/… for event\.response, .*; signed; repeats 15 × exponential from 2 s$/) }]);
    expect(`${JSON.stringify(planned)}${inspect(planned, { depth: 9 })}`).not.toMatch(/first-secret|new-key|old-key/);
  });

  it("waha-9.29: sends the whole configuration back, with what was there as it was", async () => {
    const { http, state, requests } = server();
    await openWaha(http).applyWebhooks?.(await plan(http), call);
    expect(requests.filter(({ method }) => method === "PUT")).toHaveLength(1);
    expect(state.config).toMatchObject({ metadata: { tenant: "042" }, proxy: null, ignore: { groups: null }, gows: { storage: { messages: true } } });
    expect(hooks(state.config)).toEqual([THEIRS, { url: URL, events: expect.anything(), hmac: { key: "new-key" }, retries: { policy: "exponential", delaySeconds: 2, attempts: 15 } }]);
  });

  it("asks for answers, their failures and the own echo, each by its name", async () => {
    const { http, state } = server();
    await openWaha(http).applyWebhooks?.(await plan(http), call);
    expect(hooks(state.config)[1]?.events).toEqual([
      "event.response", "event.response.failed", "message.ack", "message.ack.group", "message.any", "message.edited", "message.revoked", "poll.vote", "poll.vote.failed", "session.status",
    ]);
  });

  it("asks for incoming texts alone when the own echo is not wanted", async () => {
    const { http, state } = server();
    await openWaha(http).applyWebhooks?.(await plan(http, ["message.replied"]), call);
    expect(hooks(state.config)[1]?.events).toEqual(["message", "message.edited"]);
  });

  it("waha-9.27: names message.ack.group only to a server that knows it", async () => {
    for (const [version, known] of [["2025.11.3", false], ["2025.12.2", true], ["2026.7.1", true]] as const) {
      const { http, state } = server(CONFIG, version);
      await openWaha(http).applyWebhooks?.(await plan(http), call);
      expect([version, hooks(state.config)[1]?.events.includes("message.ack.group")]).toEqual([version, known]);
    }
    const { http, state } = server(CONFIG, "");
    await openWaha(http).applyWebhooks?.(await plan(http), call);
    expect(hooks(state.config)[1]?.events).not.toContain("message.ack.group");
  });

  it("waha-9.28: never asks for everything", async () => {
    const { http, state } = server();
    await openWaha(http).applyWebhooks?.(await plan(http), call);
    expect(hooks(state.config)[1]?.events).not.toContain("*");
  });

  it("keeps events, headers and a longer patience of another program on the same address", async () => {
    const shared = { url: URL, events: ["message.reaction"], hmac: { key: "old" }, retries: { policy: "exponential", delaySeconds: 5, attempts: 20 }, customHeaders: [{ name: "X-Bot", value: "1" }] };
    const { http, state } = server({ webhooks: [shared] });
    const planned = await plan(http, ["rsvp"]);
    expect(planned.changes).toEqual([{ path: "config.webhooks.0.events", message: "gets event.response" }, { path: "config.webhooks.0.hmac.key", message: "is replaced (not shown)" }]);
    await openWaha(http).applyWebhooks?.(planned, call);
    expect(hooks(state.config)).toEqual([{ ...shared, events: ["message.reaction", "event.response"], hmac: { key: "new-key" } }]);
  });

  describe("with secrets in the URL", () => {
    const BASE = "https://hooks.example.test/webhooks/salon-waha";
    const config = { webhookSecrets: ["new-secret", "old-secret"] };
    const urls = async (url: string, before: unknown = {}) => {
      const { http, state } = server(before);
      await openWaha(http, config).applyWebhooks?.(await plan(http, ["rsvp"], url, config), call);
      return hooks(state.config).map((hook) => hook.url);
    };

    it("appends the first of them, also behind a slash and before a query", async () => {
      expect(await urls(BASE)).toEqual([`${BASE}/new-secret`]);
      expect(await urls(`${BASE}/`)).toEqual([`${BASE}/new-secret`]);
      expect(await urls(`${BASE}?via=proxy`)).toEqual([`${BASE}/new-secret?via=proxy`]);
      expect(await urls("https://hooks.example.test")).toEqual(["https://hooks.example.test/new-secret"]);
    });

    it("never appends one where one of them stands", async () => {
      expect(await urls(`${BASE}/new-secret`)).toEqual([`${BASE}/new-secret`]);
      expect(await urls(`${BASE}/old-secret`)).toEqual([`${BASE}/old-secret`]);
    });

    it("appends none where none is configured", async () => {
      const { http, state } = server({});
      await openWaha(http).applyWebhooks?.(await plan(http, ["rsvp"], BASE, {}), call);
      expect(hooks(state.config).map(({ url }) => url)).toEqual([BASE]);
    });

    it("changes nothing the second time, and moves the webhook of a secret that is being changed", async () => {
      const { http, state } = server({ webhooks: [THEIRS, { url: `${BASE}/old-secret`, events: ["message.reaction"] }] });
      const planned = await plan(http, ["rsvp"], BASE, config);
      expect(planned.changes.map(({ message }) => message)).toEqual([expect.stringMatching(/^is added: https:\/\/hooks\.example\.test\/… for message\.reaction, event\.response/), expect.stringMatching(/^is taken away: https:\/\/hooks\.example\.test\/…/)]);
      expect(`${JSON.stringify(planned)}${inspect(planned, { depth: 9 })}`).not.toMatch(/new-secret|old-secret/);
      await openWaha(http, config).applyWebhooks?.(planned, call);
      expect(hooks(state.config).map(({ url, events }) => [url, events])).toEqual([[THEIRS.url, THEIRS.events], [`${BASE}/new-secret`, ["message.reaction", "event.response"]]]);
      expect((await plan(http, ["rsvp"], BASE, config)).changes).toEqual([]);
    });

    it("leaves other people's webhooks alone, on whatever path", async () => {
      const others = [{ url: BASE, events: ["message"] }, { url: `${BASE}/another-secret`, events: ["message"] }];
      expect(await urls(BASE, { webhooks: others })).toEqual([BASE, `${BASE}/another-secret`, `${BASE}/new-secret`]);
    });
  });

  it("asks a server that hides its version for message.ack.group where its operator states one that knows it", async () => {
    for (const [config, known] of [[{}, false], [{ version: "2025.11.3" }, false], [{ version: "2025.12.2" }, true]] as const) {
      const { http, state } = server(CONFIG, "");
      await openWaha(http).applyWebhooks?.(await plan(http, INBOUND_TYPES, URL, config), call);
      expect([config, hooks(state.config)[1]?.events.includes("message.ack.group")]).toEqual([config, known]);
    }
  });

  it("leaves a session alone that needs no change: a change would restart it", async () => {
    const { http, state, requests } = server();
    const waha = openWaha(http);
    await waha.applyWebhooks?.(await plan(http), call);
    const again = await plan(http);
    expect(again.changes).toEqual([]);
    const before = state.config;
    await waha.applyWebhooks?.(again, call);
    expect([requests.filter(({ method }) => method === "PUT").length, state.config]).toEqual([1, before]);
  });

  it("resolves with the plan that restores", async () => {
    for (const config of [CONFIG, {}, { webhooks: [] }]) {
      const { http, state } = server(config);
      const waha = openWaha(http);
      const restore = await waha.applyWebhooks?.(await plan(http), call);
      if (restore === undefined) throw new Error("absent");
      expect(restore.changes).toEqual([{ path: expect.stringMatching(/^config\.webhooks\.\d$/), message: expect.stringMatching(/^is taken away/) }]);
      await waha.applyWebhooks?.(restore, call);
      expect(state.config).toEqual(config);
    }
  });

  it("works on a session without any configuration", async () => {
    const { http, state } = server(null);
    await openWaha(http).applyWebhooks?.(await plan(http, ["rsvp"], URL, {}), call);
    expect(hooks(state.config)).toEqual([{ url: URL, events: ["event.response"], retries: { policy: "exponential", delaySeconds: 2, attempts: 15 } }]);
  });

  it("refuses when the settings have changed since the plan", async () => {
    const { http, state, requests } = server();
    const planned = await plan(http);
    state.config = { ...CONFIG, metadata: { tenant: "043" } };
    expect(await rejection(openWaha(http).applyWebhooks?.(planned, call))).toMatchObject({ code: "CONFLICT", outcome: "not-sent" });
    expect(requests.some(({ method }) => method === "PUT")).toBe(false);
  });

  it("refuses a plan that is none", async () =>
    expect(await rejection(openWaha(server().http).applyWebhooks?.({ before: secret("x"), after: secret("[]"), changes: [] }, call))).toMatchObject({ code: "INVALID_ARGUMENT" }));

  it("says that a key may not change settings", async () => {
    const { http: reading } = server();
    const planned = await plan(reading);
    const { http } = scriptedHttp({ [GET]: { json: { name: "salon-042", config: CONFIG } }, [PUT]: { status: 403, json: { message: "Forbidden", statusCode: 403 } } });
    expect(await rejection(openWaha(http).applyWebhooks?.(planned, call))).toMatchObject({ code: "PERMISSION_DENIED", outcome: "not-sent", context: { operation: "applyWebhooks" } });
    const unknown = await rejection(openWaha(scriptedHttp({ [GET]: { status: 404, json: fixture<Readonly<Record<string, { readonly body: unknown }>>>("error-answers")["404-session"]?.body } }).http).planWebhooks?.({ url: secret(URL), types: ["rsvp"] }, call));
    expect(unknown).toMatchObject({ code: "NOT_FOUND", outcome: "not-sent" });
  });
});
