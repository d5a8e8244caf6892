import { createHash } from "node:crypto";
import { Script } from "node:vm";
import { afterEach, describe, expect, it } from "@jest/globals";
import { isObject, type JsonObject } from "../json.js";
import { startWaha, wahaDefaults, type WahaOptions, type WahaSimulator } from "../waha/start.js";
import { startZapi, zapiDefaults, type ZapiSimulator } from "../zapi/start.js";
import { PAGE_SCRIPT } from "./phone-page.js";

let sim: WahaSimulator | ZapiSimulator;
afterEach(() => sim.stop());
const waha = async (options: WahaOptions = {}): Promise<WahaSimulator> => {
  const started = await startWaha({ clockFactor: 0, ...options });
  sim = started;
  return started;
};
const zapi = async (): Promise<ZapiSimulator> => {
  const started = await startZapi({ clockFactor: 0 });
  sim = started;
  return started;
};
const CHAT = "351960000123@c.us";
const send = (url: string, chatId: string, name = "Colour appointment") =>
  fetch(`${url}/api/${wahaDefaults.session}/events`, { method: "POST", headers: { "x-api-key": wahaDefaults.apiKey, "content-type": "application/json" }, body: JSON.stringify({ chatId, event: { name, startTime: 1798711200 } }) });
const chats = async (url: string): Promise<readonly JsonObject[]> => {
  const list: unknown = await (await fetch(`${url}/__sim/chats`)).json();
  return Array.isArray(list) ? list.filter(isObject) : [];
};

describe("the page at /", () => {
  it("is one HTML document that loads nothing from elsewhere, the same whatever the chats hold", async () => {
    const { url } = await waha();
    const before = await (await fetch(url)).text();
    await send(url, CHAT, "<script>alert(1)</script>");
    const response = await fetch(`${url}/`);
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const html = await response.text();
    expect(html).toBe(before);
    expect(html).toContain("<title>WAHA simulator</title>");
    expect(html.match(/\b(?:src|href)="(?!data:,)[^"]*"/g)).toBeNull();
    expect(html.replaceAll("https://call.whatsapp.com", "")).not.toMatch(/https?:\/\//);
  });

  it("allows its own script and style by their digests, and nothing else", async () => {
    const { url } = await zapi();
    const response = await fetch(url);
    const html = await response.text();
    expect(html).toContain("<title>Z-API simulator</title>");
    const digest = (tag: string): string => createHash("sha256").update(new RegExp(`<${tag}>([^]*?)</${tag}>`).exec(html)?.[1] ?? "").digest("base64");
    expect(response.headers.get("content-security-policy")).toBe(
      `default-src 'none'; script-src 'sha256-${digest("script")}'; style-src 'sha256-${digest("style")}'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
  });

  it("has a script that parses and never makes HTML of a text", () => {
    expect(() => new Script(PAGE_SCRIPT)).not.toThrow();
    expect(PAGE_SCRIPT).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|\beval\b|new Function/);
  });

  it("needs no key, and is not an API call of the vendor", async () => {
    const { url, journal } = await waha();
    expect((await fetch(url)).status).toBe(200);
    expect((await fetch(url, { method: "POST" })).status).toBe(404);
    expect(journal.entries({ act: "request.received" })).toEqual([]);
  });
});

describe("GET /__sim/live", () => {
  const reader = async (url: string, headers: Readonly<Record<string, string>> = {}) => {
    const response = await fetch(`${url}/__sim/live`, { headers });
    const stream = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    const until = async (wanted: string): Promise<string> => {
      while (!text.includes(wanted)) {
        const { done, value } = (await stream?.read()) ?? { done: true, value: undefined };
        if (done) throw new Error(`the stream ended without ${wanted}`);
        text += value;
      }
      return text;
    };
    return { type: response.headers.get("content-type"), until, rest: async () => (await stream?.read())?.done };
  };

  it("sends what has happened and then whatever happens, one event for each entry", async () => {
    const { url, journal } = await waha();
    await send(url, CHAT, "First");
    const live = await reader(url);
    expect(live.type).toBe("text/event-stream; charset=utf-8");
    await live.until("First");
    await send(url, CHAT, "Second");
    const ids = [...(await live.until("Second")).matchAll(/^id: (\d+)$/gm)].map(([, id]) => Number(id));
    expect(ids).toEqual(ids.map((_id, index) => index + 1));
    expect(journal.entries().length).toBeGreaterThanOrEqual(ids.length);
  });

  it("goes on after Last-Event-ID, so that a page which lost the connection misses nothing", async () => {
    const { url, journal, flush } = await waha();
    await send(url, CHAT, "First");
    await flush();
    const seen = journal.entries().length;
    await send(url, CHAT, "Second");
    const live = await reader(url, { "last-event-id": String(seen) });
    expect(await live.until("Second")).not.toContain("First");
  });

  it("ends when the simulator stops", async () => {
    const simulator = await waha();
    await send(simulator.url, CHAT);
    const live = await reader(simulator.url);
    await live.until("event.created");
    await simulator.stop();
    await expect(live.rest()).rejects.toThrow();
  });
});

describe("GET /__sim/chats, for the page", () => {
  it("WAHA: names the other person of a direct chat under both of his ids", async () => {
    const { url, answer } = await waha({ sessions: [{ name: "default", pushName: "Salon North" }] });
    await send(url, CHAT);
    const known = (): Promise<readonly JsonObject[]> => chats(url);
    expect(await known()).toMatchObject([{ accountName: "Salon North", direct: true, people: [{ guest: { phone: "351960000123" }, ids: [CHAT] }] }]);
    await answer({ account: "default", chat: CHAT, guest: { phone: "351960000123", lid: "271000000000099", name: "Rita" }, response: "GOING" });
    expect(await known()).toMatchObject([{ people: [{ guest: { name: "Rita" }, ids: [CHAT, "271000000000099@lid"] }] }]);
  });

  it("WAHA: a chat addressed by LID has a person with a number, the known one if there is one", async () => {
    const { url } = await waha({ sessions: [{ name: "default", lids: [{ lid: "271000000000099", pn: "351960000123" }] }] });
    await send(url, "271000000000099@lid");
    await send(url, "271000000000100@lid");
    expect((await chats(url)).map(({ people }) => people)).toMatchObject([[{ guest: { phone: "351960000123" }, ids: [CHAT, "271000000000099@lid"] }], [{ guest: { lid: "271000000000100" } }]]);
  });

  it("a group without known members has sample guests, and keeps whoever is added", async () => {
    const { url, answer } = await waha();
    const chat = "120363400000000555@g.us";
    await send(url, chat);
    const names = async () => JSON.stringify((await chats(url))[0]?.["people"]).match(/"name":"[^"]+"/g);
    expect(await names()).toEqual(['"name":"Rita"', '"name":"Tom"']);
    await answer({ account: "default", chat, guest: { phone: "351960000789", name: "Ana" }, response: "MAYBE" });
    expect(await names()).toEqual(['"name":"Ana"', '"name":"Rita"', '"name":"Tom"']);
  });

  it("Z-API: has the group's name and participants, with LID and both spellings of a Brazilian number", async () => {
    const started = await zapi();
    const { instanceId, token, clientToken, group } = zapiDefaults;
    started.putInstance({ id: instanceId, groups: [{ phone: group, name: "Family", participants: [{ phone: "5511987650001", lid: "70123", name: "Rita" }] }] });
    await fetch(`${started.url}/instances/${instanceId}/token/${token}/send-text`, { method: "POST", headers: { "client-token": clientToken, "content-type": "application/json" }, body: JSON.stringify({ phone: group, message: "Hello" }) });
    await started.flush();
    expect(await chats(started.url)).toMatchObject([{ name: "Family", direct: false, people: [{ guest: { phone: "5511987650001", name: "Rita" }, ids: ["5511987650001", "551187650001", "70123@lid"] }] }]);
  });

  it("a vote shows the labels chosen, one by one, and whether several may be chosen", async () => {
    const { url, answer } = await waha();
    await fetch(`${url}/api/sendPoll`, { method: "POST", headers: { "x-api-key": wahaDefaults.apiKey, "content-type": "application/json" }, body: JSON.stringify({ session: "default", chatId: CHAT, poll: { name: "When?", options: ["Now, or later", "Never"], multipleAnswers: true } }) });
    await answer({ account: "default", chat: CHAT, guest: { phone: "351960000123" }, vote: ["Now, or later", "Never"] });
    expect(await chats(url)).toMatchObject([{ messages: [{ shown: { severalAnswers: true }, answers: [{ options: ["Now, or later", "Never"] }] }] }]);
  });
});

describe("basePath", () => {
  it("puts API, controls and page under a path, as a reverse proxy would, and nothing beside it", async () => {
    const { url, port } = await waha({ basePath: "/whatsapp/one/" });
    expect(url).toBe(`http://127.0.0.1:${port}/whatsapp/one`);
    expect((await send(url, CHAT)).status).toBe(201);
    expect(await chats(url)).toHaveLength(1);
    expect(await (await fetch(`${url}/`)).text()).toContain("WAHA simulator");
    for (const path of ["/", "/whatsapp/one", "/whatsapp/onething/", "/__sim/chats", "/api/sessions"]) expect((await fetch(`http://127.0.0.1:${port}${path}`)).status).toBe(404);
  });

  it("is there for Z-API, too, and must be a path", async () => {
    const { url, stop } = await startZapi({ clockFactor: 0, basePath: "/z" });
    const { instanceId, token, clientToken } = zapiDefaults;
    expect((await fetch(`${url}/instances/${instanceId}/token/${token}/status`, { headers: { "client-token": clientToken } })).status).toBe(200);
    await stop();
    await waha();
    for (const basePath of ["whatsapp", "/a b", "http://x"]) await expect(startWaha({ basePath })).rejects.toThrow(/basePath/);
  });
});
