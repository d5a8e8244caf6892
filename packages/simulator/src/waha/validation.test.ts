import { afterEach, describe, expect, it } from "@jest/globals";
import { CHAT, EVENT, objectAt, SESSION, startBench, type Bench } from "./test-bench.js";

let bench: Bench;
afterEach(() => bench.stop());
const post = (body: unknown) => bench.call("POST", `/api/${SESSION}/events`, body);
const NUMBER = "must be a number conforming to the specified constraints";

describe("strict: a release that validates the event", () => {
  it.each<readonly [string, unknown, readonly string[]]>([
    ["no event", {}, ["event should not be empty"]],
    ["an empty event", { chatId: CHAT, event: {} }, ["event.name should not be empty", "event.name must be a string", "event.startTime should not be empty", `event.startTime ${NUMBER}`]],
    ["a text as event", { chatId: CHAT, event: "text" }, ["nested property event must be either object or array"]],
    ["wrong types", { chatId: CHAT, event: { ...EVENT, description: 1, endTime: "x", location: "there", extraGuestsAllowed: "yes" } },
      ["event.description must be a string", `event.endTime ${NUMBER}`, "event.nested property location must be either object or array", "event.extraGuestsAllowed must be a boolean value"]],
    ["a nameless location", { chatId: CHAT, event: { ...EVENT, location: {} } }, ["event.location.name should not be empty", "event.location.name must be a string"]],
  ])("refuses %s with 400", async (_what, body, message) => {
    bench = await startBench();
    const { status, text } = await post(body);
    expect([status, text]).toEqual([400, JSON.stringify({ message, error: "Bad Request", statusCode: 400 })]);
    expect(bench.waha.journal.count("event.created")).toBe(0);
  });

  it("accepts null for location and end, and answers before any session wait", async () => {
    bench = await startBench();
    expect((await post({ chatId: CHAT, event: { ...EVENT, location: null, endTime: null } })).status).toBe(201);
    expect((await bench.call("POST", "/api/unknown/events", {})).status).toBe(400);
  });

  it("lets fractional seconds and a missing chat through to the engine, which fails", async () => {
    bench = await startBench();
    const fraction = await post({ chatId: CHAT, event: { ...EVENT, startTime: 1798797600.5 } });
    expect([fraction.status, objectAt(fraction.json, "exception")["message"]]).toEqual([500, expect.stringMatching(/^13 INTERNAL: .*Assertion failed$/)]);
    const chatless = await post({ event: EVENT });
    expect(objectAt(chatless.json, "exception")["message"]).toBe("Cannot read properties of undefined (reading 'includes')");
  });
});

describe("legacy: 2025.11.3 validates nothing", () => {
  it.each<readonly [string, unknown, string]>([
    ["no body", undefined, "Cannot read properties of undefined (reading 'chatId')"],
    ["no chat", { event: EVENT }, "Cannot read properties of undefined (reading 'includes')"],
    ["no event", { chatId: CHAT }, "Cannot read properties of undefined (reading 'location')"],
    ["an ISO time", { chatId: CHAT, event: { ...EVENT, startTime: "2026-12-31T10:00:00Z" } }, "13 INTERNAL: Request message serialization failure: Failure: for [..] at [3]"],
  ])("fails with 500 on %s", async (_what, body, message) => {
    bench = await startBench({ switches: { mode: "legacy" } });
    const { status, json } = await post(body);
    expect([status, objectAt(json, "exception")["message"]]).toEqual([500, message]);
  });

  it("sends an untitled event at 1970 for an empty one, and for `title` in place of `name`", async () => {
    bench = await startBench({ switches: { mode: "legacy" } });
    expect((await post({ chatId: CHAT, event: {} })).status).toBe(201);
    expect((await post({ chatId: CHAT, event: { title: "Colour", startTime: 1798797600, location: "Salon" } })).status).toBe(201);
    const shown = bench.waha.journal.entries({ act: "event.created" }).map((entry) => entry.shown);
    expect(shown).toEqual([
      { title: "", startsAt: "1970-01-01T00:00:00.000Z", extraGuestsAllowed: false },
      { title: "", startsAt: "2027-01-01T10:00:00.000Z", extraGuestsAllowed: false },
    ]);
  });

  it("accepts milliseconds, and shows a date tens of thousands of years away", async () => {
    bench = await startBench({ switches: { mode: "legacy" } });
    expect((await post({ chatId: CHAT, event: { ...EVENT, startTime: 1798797600000 } })).status).toBe(201);
    expect(bench.waha.journal.entries({ act: "event.created" })[0]?.shown?.startsAt).toBe("+058971-08-17T16:00:00.000Z");
  });

  it("may also be a newer server: validation and version are two switches", async () => {
    bench = await startBench({ switches: { mode: "legacy", version: "2026.7.1" } });
    expect((await post({ chatId: CHAT, event: {} })).status).toBe(201);
    expect((await bench.call("GET", "/api/server/version")).json["version"]).toBe("2026.7.1");
  });
});
