import { afterEach, describe, expect, it } from "@jest/globals";
import { CHAT, EVENT, GROUP, objectAt, SESSION, startBench, type Bench } from "./test-bench.js";

let bench: Bench;
afterEach(() => bench.stop());
const EVENTS = `/api/${SESSION}/events`;

describe("POST /api/{session}/events", () => {
  it("answers 201 with exactly id and _data", async () => {
    bench = await startBench();
    const { status, headers, json } = await bench.call("POST", EVENTS, { chatId: CHAT, event: EVENT });
    expect(status).toBe(201);
    expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(Object.keys(json)).toEqual(["id", "_data"]);
    expect(json["id"]).toMatch(/^true_351960000123@c\.us_3EB0[0-9A-F]{18}$/);
    expect(objectAt(json, "_data", "Info")).toMatchObject({ Chat: "351960000123@s.whatsapp.net", Sender: "351910000777:7@s.whatsapp.net", IsFromMe: true, IsGroup: false });
    expect(objectAt(json, "_data", "Message", "eventMessage")).toEqual({
      isCanceled: false, name: "Colour appointment", description: "Please arrive early.", location: { degreesLatitude: 0, degreesLongitude: 0, name: "Salon North" },
      startTime: 1798797600, endTime: 1798803000, extraGuestsAllowed: false,
    });
  });

  it.each([
    [CHAT, /^true_351960000123@c\.us_3EB0[0-9A-F]{18}$/],
    ["351960000123", /^true_351960000123@c\.us_3EB0[0-9A-F]{18}$/],
    ["351960000123@s.whatsapp.net", /^true_351960000123@c\.us_3EB0[0-9A-F]{18}$/],
    ["271000000000099@lid", /^true_271000000000099@lid_3EB0[0-9A-F]{18}$/],
    [GROUP, /^true_120363400000000555@g\.us_3EB0[0-9A-F]{18}_351910000777@c\.us$/],
    ["+351 960 000 123", /^true_\+351 960 000 123@c\.us_3EB0[0-9A-F]{18}$/],
  ])("spells the id for %s as the vendor does, cleaning nothing", async (chatId, id) => {
    bench = await startBench();
    expect((await bench.call("POST", EVENTS, { chatId, event: EVENT })).json["id"]).toMatch(id);
  });

  it("writes into the journal what a phone shows, once per send", async () => {
    bench = await startBench();
    const id = await bench.invite(CHAT);
    expect(bench.waha.journal.entries({ act: "event.created" })).toEqual([
      expect.objectContaining({
        account: SESSION, chat: CHAT, messageId: id,
        shown: { title: "Colour appointment", description: "Please arrive early.", startsAt: "2027-01-01T10:00:00.000Z", endsAt: "2027-01-01T11:30:00.000Z", location: "Salon North", extraGuestsAllowed: false },
      }),
    ]);
  });

  it("quotes a known message by full or bare id, ignores an unknown one, and fails on a malformed one", async () => {
    bench = await startBench();
    const first = await bench.invite(CHAT);
    const quoteOf = async (reply_to: unknown): Promise<unknown> => {
      const { status, json } = await bench.call("POST", EVENTS, { chatId: CHAT, reply_to, event: EVENT });
      return status === 500 ? objectAt(json, "exception")["message"] : bench.waha.journal.entries({ act: "event.created" }).at(-1)?.shown?.replyTo;
    };
    expect(await quoteOf(`true_${CHAT}_${first}`)).toBe(first);
    expect(await quoteOf(first)).toBe(first);
    expect(await quoteOf("3EB0UNKNOWN")).toBeUndefined();
    expect(await quoteOf(null)).toBeUndefined();
    expect(await quoteOf("")).toBeUndefined();
    expect(await quoteOf("one_two")).toBe("Message id be in format false_11111111111@c.us_AAAAAAAAAAAAAAAAAAAA[_participant]");
  });

  it("has no cancel route and no GET", async () => {
    bench = await startBench();
    const cancel = await bench.call("POST", `${EVENTS}/abc/cancel`, {});
    expect([cancel.status, cancel.text]).toEqual([404, `{"message":"Cannot POST ${EVENTS}/abc/cancel","error":"Not Found","statusCode":404}`]);
    expect((await bench.call("GET", EVENTS)).text).toBe(`{"message":"Cannot GET ${EVENTS}","error":"Not Found","statusCode":404}`);
  });

  it.each(["NOWEB", "WEBJS", "WPP"] as const)("answers 501 on %s, but only on a working session", async (engine) => {
    bench = await startBench({ switches: { engine } });
    const refused = await bench.call("POST", EVENTS, { chatId: CHAT, event: EVENT });
    expect([refused.status, refused.text]).toEqual([501, `{"message":"The method is not implemented by '${engine}' engine. Check the docs and try another engine: https://waha.devlike.pro/","error":"Not Implemented","statusCode":501}`]);
    bench.waha.putSession({ name: SESSION, status: "FAILED" });
    expect((await bench.call("POST", EVENTS, { chatId: CHAT, event: EVENT })).status).toBe(422);
    expect(bench.waha.journal.count("event.created")).toBe(0);
  });
});

describe("switches of a send", () => {
  const sent = async (switches: NonNullable<Parameters<typeof startBench>[0]>["switches"], chatId = CHAT) => {
    bench = await startBench({ switches: switches ?? {} });
    return (await bench.call("POST", EVENTS, { chatId, event: EVENT })).json;
  };
  it("sentData: the raw message or null", async () => {
    expect((await sent({ sentData: "null" }))["_data"]).toBeNull();
  });
  it("sentAnswer: two keys or a whole message", async () => {
    expect(Object.keys(await sent({ sentAnswer: "whole-message" }))).toEqual(expect.arrayContaining(["id", "timestamp", "from", "fromMe", "ack", "_data"]));
  });
  it("chatRewrite: a Brazilian number may come back without its ninth digit", async () => {
    expect((await sent({}, "5511987650001@c.us"))["id"]).toMatch(/^true_5511987650001@c\.us_/);
    await bench.stop();
    expect((await sent({ chatRewrite: "brazil-ninth-digit" }, "5511987650001@c.us"))["id"]).toMatch(/^true_551187650001@c\.us_/);
  });
  it.each(["before", "with", "after", "none"] as const)("echo: message.any comes %s the answer", async (echo) => {
    bench = await startBench({ switches: { echo, acks: "none" } });
    const { json } = await bench.call("POST", EVENTS, { chatId: CHAT, event: EVENT });
    const early = bench.of("message.any").length;
    await bench.waha.flush();
    const echoes = bench.of("message.any");
    expect(echoes).toHaveLength(echo === "none" ? 0 : 1);
    if (echo === "before") expect(early).toBe(1);
    if (echo !== "none") {
      expect(echoes[0]?.payload).toMatchObject({ id: json["id"], fromMe: true, source: "api", ack: 1, ackName: "SERVER" });
      expect(echoes[0]?.payload).not.toHaveProperty("body");
      expect(objectAt(echoes[0]?.payload, "_data", "Message", "eventMessage")["name"]).toBe("Colour appointment");
    }
    expect(bench.of("message")).toHaveLength(0);
  });
});
