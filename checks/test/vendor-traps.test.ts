import { createHmac } from "node:crypto";
import { createServer, request } from "node:http";
import { afterEach, describe, expect, it } from "@jest/globals";
import { createMessaging, memoryInbox, type CommonOptions, type InboundEvent, type Messaging } from "@event-messaging/core";
import { waha } from "@event-messaging/waha";
import { GROUP, startTwoVendors, ZAPI_GROUP, type TwoVendors, type TwoVendorsOptions } from "../src/two-vendors.js";

const HMAC_KEY = "north window 17";
let closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.map((close) => close()));
  closing = [];
});

/** One WAHA account with a receiver in front of it, and deliveries signed as WAHA signs them. */
async function wahaReceiver(options: Partial<CommonOptions> = {}) {
  const messaging: Messaging = createMessaging({
    providers: [waha], tenants: { clinic: "clinic" }, accounts: { clinic: { provider: "waha", config: { baseUrl: "http://localhost:3000", session: "clinic", hmacKey: HMAC_KEY } } }, ...options,
  });
  const server = createServer(messaging.nodeHandler("/webhooks"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  closing.push(() => messaging.close(), () => new Promise((resolve) => server.close(resolve)));
  const post = (body: string, { path = "/webhooks/clinic", key = HMAC_KEY } = {}) => new Promise<{ readonly status: number | undefined; readonly location: string | undefined }>((resolve, reject) => {
    const headers = { "content-type": "application/json", "x-webhook-hmac-algorithm": "sha512", "x-webhook-hmac": createHmac("sha512", key).update(body).digest("hex") };
    const sending = request({ port, path, method: "POST", headers, agent: false }, (response) => {
      response.resume().on("end", () => resolve({ status: response.statusCode, location: response.headers.location }));
    });
    sending.on("error", reject).end(body);
  });
  return { messaging, post };
}

const envelope = (event: string, payload: object, more: object = {}) => JSON.stringify({ id: "evt_01k9x7r3m2v5q8w1z4c6b0n7td", timestamp: 1_798_711_500_123, event, session: "clinic", me: { id: "351910000777@c.us" }, payload, ...more });
const answer = envelope("event.response", {
  id: "false_351960000123@c.us_3A3F5C9E77B2D4086A9C", timestamp: 1_798_711_500, from: "351960000123@c.us", fromMe: false,
  eventCreationKey: { id: "true_351960000123@c.us_3EB0C4D1A2B3F4E5061728" }, eventResponse: { response: "GOING", timestampMs: 1_798_711_499_870 },
});

describe("WAHA's deliveries", () => {
  it("waha-9.19: are acknowledged only after the inbox has them: one that the inbox refuses is no duplicate when it comes again", async () => {
    const inbox = memoryInbox();
    const put = inbox.put.bind(inbox);
    let refusals = 1;
    inbox.put = (entries) => ((refusals -= 1) >= 0 ? Promise.reject(new Error("the disk is full")) : put(entries));
    const { messaging, post } = await wahaReceiver({ inbox });
    expect((await post(answer)).status).toBe(503);
    expect((await post(answer)).status).toBe(200);
    expect(messaging.counts()).not.toHaveProperty("duplicate");
    expect((await post(answer)).status).toBe(200);
    expect(messaging.counts()).toHaveProperty("duplicate", 1);
  });

  it.each([
    ["a kind of event that is not ours", envelope("presence.update", { id: "351960000123@c.us" })],
    ["private chat", envelope("message", { id: "false_351960000123@c.us_3A11", from: "351960000123@c.us", fromMe: false, body: "hello", timestamp: 1_798_711_500 })],
    ["another session", answer.replace('"clinic"', '"other"')],
  ])("waha-9.20: with %s get a 2xx, or each would be sent fifteen times more", async (_, body) => {
    expect((await (await wahaReceiver()).post(body)).status).toBe(200);
  });

  it.each([
    ["an answer without its event", envelope("event.response", { id: "false_351960000123@c.us_3A11", from: "351960000123@c.us", eventResponse: null })],
    ["a payload that is none", envelope("event.response", {})],
    ["an acknowledgement of nothing", envelope("message.ack", { ack: 2 })],
    ["no envelope", "[]"],
  ])("waha-9.21: that can never be read (%s) get a 2xx, never a 5xx", async (_, body) => {
    const { messaging, post } = await wahaReceiver();
    expect((await post(body)).status).toBe(200);
    expect(Object.keys(messaging.counts()).some((reason) => /^(?:malformed|foreign):/.test(reason))).toBe(true);
  });

  it("waha-9.21: that prove nothing, or are no JSON, are refused for good and not as an outage", async () => {
    const { post } = await wahaReceiver();
    expect((await post(answer, { key: "south window 18" })).status).toBe(404);
    expect((await post("not json")).status).toBe(400);
  });

  it.each(["/webhooks/clinic", "/webhooks/clinic/", "/webhooks//clinic", "/webhooks/clinic?x=1", "/webhooks", "/elsewhere"])("waha-9.22: to %s are never redirected: a redirect would turn them into an empty GET", async (path) => {
    const { status, location } = await (await wahaReceiver()).post(answer, { path });
    expect([Math.floor((status ?? 0) / 100) === 3, location]).toEqual([false, undefined]);
  });
});

async function twoVendors(options: TwoVendorsOptions): Promise<TwoVendors & { readonly rsvps: InboundEvent<"rsvp">[] }> {
  const stage = await startTwoVendors(options);
  closing.push(() => stage.stop());
  const rsvps: InboundEvent<"rsvp">[] = [];
  stage.messaging.on("rsvp", (event) => void rsvps.push(event));
  return { ...stage, rsvps };
}
const RITA = { phone: "5511987650001", lid: "70123456789012" };
const match = { key: "match_1", to: GROUP, title: "Match", startsAt: "2026-12-01T19:00:00+00:00" };

describe("Z-API's callbacks", () => {
  it.each([
    ["twice", { webhookCopies: "twice" }], ["in the wrong order", { webhookOrder: "reversed" }], ["late", { webhookDelay: "5-seconds" }],
    ["twice and in the wrong order", { webhookCopies: "twice", webhookOrder: "reversed" }],
  ] as const)("zapi-11.16: that come %s make one RSVP of each answer, the latest last", async (_, zapi) => {
    const { messaging, zapi: vendor, settled, rsvps } = await twoVendors({ zapi });
    await messaging.forTenant("club").send(match);
    await settled();
    for (const response of ["GOING", "NOT_GOING"]) {
      await vendor.answer({ account: "CLUB1", chat: ZAPI_GROUP, guest: RITA, response });
      await settled();
    }
    expect(rsvps.map(({ response }) => response)).toEqual(["GOING", "NOT_GOING"]);
  });

  it("zapi-11.16: are acknowledged at once, also when a handler fails, and none is lost", async () => {
    const { messaging, zapi: vendor, settled, rsvps } = await twoVendors({ messaging: { retries: { attempts: 3, firstDelayMs: 0, maxDelayMs: 0 } } });
    let failures = 1;
    messaging.on("rsvp", () => {
      failures -= 1;
      if (failures >= 0) throw new Error("the appointment book is closed");
    });
    await messaging.forTenant("club").send(match);
    await settled();
    await vendor.answer({ account: "CLUB1", chat: ZAPI_GROUP, guest: RITA, response: "GOING" });
    await settled();
    expect(vendor.journal.entries({ act: "webhook.failed" })).toEqual([]);
    expect(vendor.journal.entries({ act: "webhook.delivered" }).length).toBeGreaterThan(0);
    expect(new Set(rsvps.map(({ response }) => response))).toEqual(new Set(["GOING"]));
    expect(failures).toBeLessThan(0);
  });
});
