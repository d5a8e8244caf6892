import { afterEach, describe, expect, it } from "@jest/globals";
import { memoryProvider, memoryVendor } from "@event-messaging/core/memory";
import { startWaha, startZapi } from "@event-messaging/simulator";
import { runAccount, type AccountModeOptions } from "./account-mode.js";
import { vendorClient } from "./vendor-client.js";

const open: { stop(): Promise<void> }[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.stop();
});

/** Runs the mode in this process; `printed` resolves with the first line that fits. */
function start(options: Pick<AccountModeOptions, "account" | "to"> & Partial<AccountModeOptions>) {
  const lines: string[] = [];
  const waiting = new Map<RegExp, (line: string) => void>();
  const end = new AbortController();
  const write = (line: string) => {
    lines.push(line);
    for (const [pattern, found] of waiting) if (pattern.test(line)) found(line);
  };
  const printed = (pattern: RegExp) => new Promise<string>((resolve) => {
    const line = lines.find((each) => pattern.test(each));
    if (line === undefined) waiting.set(pattern, resolve);
    else resolve(line);
  });
  const code = runAccount({ configureWebhooks: false, host: "127.0.0.1", port: 0, now: () => new Date(), write, signal: end.signal, ...options });
  return { lines, printed, code, end: () => end.abort() };
}

describe("trying out an account", () => {
  it("shows probe, plan and receipt, then every answer, until it is ended", async () => {
    const waha = await startWaha({ clockFactor: 0, apiKey: "key", sessions: [{ name: "own" }] });
    open.push(waha);
    const run = start({ to: "+351910000001", account: { id: "mine", provider: "waha", config: { baseUrl: waha.url, session: "own", apiKey: "key", hmacKey: "hmac" } } });
    const [url = ""] = /http:\S+/.exec(await run.printed(/^Listening/)) ?? [];
    await run.printed(/^Waiting/);
    const vendor = vendorClient(waha.url);
    await vendor.putAccount("own", { config: { webhooks: [{ url, events: ["event.response"], hmac: { key: "hmac" } }] } });
    await vendor.answer({ account: "own", chat: "351910000001", guest: { phone: "351910000001" }, response: "GOING", extraGuests: 1 });
    expect(await run.printed(/ rsvp /)).toMatch(/ rsvp \+351910000001 GOING and brings 1 more \(signature\)$/);
    run.end();
    expect(await run.code).toBe(0);
    expect(run.lines.join("\n")).toMatch(/Probe: waha account "mine" is ready[^]*engine GOWS[^]*Plan: goes out as native[^]*Webhooks: untouched[^]*Receipt: handed-over[^]*message [0-9A-F]+/);
    expect((await vendor.journal()).filter(({ act }) => act === "event.created")).toHaveLength(1);
  });

  it("sends nothing when the plan says that it cannot be sent, and says why", async () => {
    const zapi = await startZapi({ clockFactor: 0, clientToken: "client", instances: [{ id: "I1", token: "T1" }] });
    open.push(zapi);
    const run = start({ to: "+351910000001", account: { id: "mine", provider: "zapi", config: { baseUrl: zapi.url, instance: "I1", token: "T1", clientToken: "client" } } });
    expect(await run.code).toBe(1);
    expect(run.lines).toContainEqual(expect.stringContaining("not possible: invitation.send. Z-API documents events in groups only"));
    const asked = (await vendorClient(zapi.url).journal()).flatMap(({ operation }) => operation ?? []);
    expect(asked).toContain("status");
    expect(asked.filter((operation) => operation.startsWith("send"))).toEqual([]);
  });

  it("tells a wrong configuration and an unknown vendor in a sentence that holds no secret", async () => {
    const wrong = start({ to: "+351910000001", account: { id: "mine", provider: "zapi", config: { instance: "I1", token: "se/cret", extra: 1 } } });
    expect(await wrong.code).toBe(1);
    expect(wrong.lines.at(-1)).toMatch(/^CONFIG_INVALID, outcome not-sent: /);
    expect(wrong.lines.join()).not.toContain("se/cret");
    const unknown = start({ to: "+351910000001", account: { id: "mine", provider: "other", config: {} } });
    expect(await unknown.code).toBe(1);
    expect(unknown.lines.at(-1)).toContain('names provider "other", which is not loaded');
  });

  it("changes webhooks only when asked to, shows the changes first, and puts them back at the end", async () => {
    const vendor = memoryVendor();
    const account = { id: "mine", provider: "memory", config: { ...vendor.configFor("line"), webhookSecrets: ["url-secret"] } };
    const run = start({ to: "+351910000001", account, vendors: [memoryProvider(vendor)], publicUrl: "https://x.example/", configureWebhooks: true });
    await run.printed(/^Waiting/);
    const writes = () => vendor.requests().filter(({ path }) => path === "webhooks.write").length;
    expect(writes()).toBe(1);
    expect(run.lines.findIndex((line) => line.includes("url: another address"))).toBeLessThan(run.lines.indexOf("Webhooks: changed."));
    expect(run.lines.join()).not.toContain("url-secret");
    run.end();
    expect(await run.code).toBe(0);
    expect(writes()).toBe(2);
    expect(run.lines.at(-1)).toBe("Webhooks: put back.");
  });

  it("leaves a vendor's own settings as it found them", async () => {
    const webhooks = [{ url: "https://bot.example/hook", events: ["message"] }];
    const waha = await startWaha({ clockFactor: 0, apiKey: "key", sessions: [{ name: "own", config: { webhooks } }] });
    open.push(waha);
    const settings = async () => JSON.stringify(await (await fetch(`${waha.url}/__sim/accounts/own`)).json());
    const before = await settings();
    const account = { id: "mine", provider: "waha", config: { baseUrl: waha.url, session: "own", apiKey: "key", hmacKey: "hmac" } };
    const run = start({ to: "+351910000001", account, publicUrl: "https://x.example", configureWebhooks: true });
    await run.printed(/^Waiting/);
    expect(await settings()).toContain("https://x.example/webhooks/mine");
    run.end();
    expect(await run.code).toBe(0);
    expect(await settings()).toBe(before);
  });

  it("waits for a session that its own webhook set-up restarts, and then sends", async () => {
    const waha = await startWaha({ clockFactor: 0.1, apiKey: "key", sessions: [{ name: "own" }] });
    open.push(waha);
    const account = { id: "mine", provider: "waha", config: { baseUrl: waha.url, session: "own", apiKey: "key", hmacKey: "hmac", webhookSecrets: ["url-secret"] } };
    const run = start({ to: "+351910000001", account, publicUrl: "http://127.0.0.1:9", configureWebhooks: true });
    await Promise.race([run.printed(/^Waiting for what comes in/), run.code]);
    expect(run.lines).toEqual(expect.arrayContaining([expect.stringMatching(/not ready yet/), expect.stringMatching(/^Receipt: handed-over/)]));
    run.end();
    expect(await run.code).toBe(0);
  });

  it("puts the webhooks back also when the send fails", async () => {
    const vendor = memoryVendor();
    const run = start({ to: "+351910000001", account: { id: "mine", provider: "memory", config: { ...vendor.configFor("line") } }, vendors: [memoryProvider({ ...vendor, exchange: refuseSends(vendor) })], publicUrl: "https://x.example", configureWebhooks: true });
    expect(await run.code).toBe(1);
    expect(run.lines.at(-2)).toMatch(/outcome unknown/);
    expect(run.lines.at(-1)).toBe("Webhooks: put back.");
  });
});

function refuseSends(vendor: ReturnType<typeof memoryVendor>): typeof vendor.exchange {
  return (request, signal) => (request.path === "cards.send" ? Promise.resolve({ status: 500, body: "{}" }) : vendor.exchange(request, signal));
}
