import { createHmac } from "node:crypto";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "@jest/globals";
import { createTestMessaging, type TestMessaging } from "@event-messaging/core/testing";
import { createApp } from "./app.js";

const ANA = "+351960000123";
const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0).reverse()) await stop();
});

/** The application on a port of its own, with one invitation out, what its handler was told, and what the bot got. */
async function start() {
  const bench = createTestMessaging();
  const told: string[] = [];
  const bot: unknown[] = [];
  bench.messaging.on("rsvp", ({ key, response, guest }) => void told.push(`${key} ${response} ${guest.name}`));
  const { handle } = await bench.messaging.forTenant("clinic").send({ key: "apt_1", to: ANA, title: "Check-up", startsAt: "2090-12-01T15:00:00Z" });
  stops.push(() => bench.close());
  const server = createApp(bench.messaging, (request, response) => {
    bot.push(request.body);
    response.json({});
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  stops.push(() => new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  }));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { ...bench, told, bot, url, card: handle.messages[0]?.id ?? "" };
}

/** What the vendor posts when something happens; with spaces and escapes that no JSON.stringify would give back. */
function delivery({ vendor }: Pick<TestMessaging, "vendor">, happening: Parameters<TestMessaging["happen"]>[0], padding = "") {
  const [made] = vendor.happen("line-1", happening);
  const json: unknown = JSON.parse(Buffer.from(made?.body ?? []).toString("utf8"));
  const body = `${JSON.stringify({ ...Object(json), padding }, undefined, 2).replaceAll("é", "\\u00e9")}\n`;
  const signature = createHmac("sha256", String(vendor.configFor("line-1").signingKeys?.[0])).update(body).digest("hex");
  const headers = [...(made?.headers ?? [])].map(([name, value]): [string, string] => [name, /^[0-9a-f]{64}$/.test(value) ? signature : value]);
  return { method: "POST", headers, body };
}

const answer = (target: string) => ({ type: "answer", target, by: ANA, response: "yes", name: "André" }) as const;

describe("an Express application", () => {
  it("hands over the bytes as they came, so that the signature fits", async () => {
    const app = await start();
    const response = await fetch(`${app.url}/webhooks/clinic-memory`, delivery(app, answer(app.card)));
    await app.messaging.idle();
    expect([response.status, app.told, app.bot]).toEqual([200, ["apt_1 GOING André"], []]);
  });

  it("refuses a delivery of which one byte was changed, and shows it to nobody", async () => {
    const app = await start();
    const { body, ...rest } = delivery(app, answer(app.card));
    const response = await fetch(`${app.url}/webhooks/clinic-memory`, { ...rest, body: body.replace("\n", " ") });
    await app.messaging.idle();
    expect([response.status, app.told, app.bot]).toEqual([404, [], []]);
  });

  it("passes what is not ours on to the bot at the same URL, whole and parsed", async () => {
    const app = await start();
    const response = await fetch(`${app.url}/webhooks/clinic-memory`, delivery(app, { type: "picture", by: ANA }, "x".repeat(300_000)));
    expect([response.status, app.told]).toEqual([200, []]);
    expect(app.bot).toEqual([expect.objectContaining({ type: "picture", padding: "x".repeat(300_000) })]);
  });

  it("leaves the application's other routes their parsed bodies", async () => {
    const { url } = await start();
    const response = await fetch(`${url}/orders`, { method: "POST", headers: { "content-type": "application/json" }, body: '{"id": 7}' });
    expect(await response.json()).toEqual({ got: { id: 7 } });
  });

  it("answers 400 to what is no JSON", async () => {
    const app = await start();
    const body = "{";
    const { headers } = delivery(app, answer(app.card));
    const signature = createHmac("sha256", String(app.vendor.configFor("line-1").signingKeys?.[0])).update(body).digest("hex");
    const response = await fetch(`${app.url}/webhooks/clinic-memory`, { method: "POST", body, headers: headers.map(([name, value]): [string, string] => [name, /^[0-9a-f]{64}$/.test(value) ? signature : value]) });
    expect([response.status, app.bot]).toEqual([400, []]);
  });
});
