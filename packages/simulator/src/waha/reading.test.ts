import { afterEach, describe, expect, it } from "@jest/globals";
import { isObject } from "../json.js";
import { CHAT, GROUP, GUEST, objectAt, SESSION, startBench, type Bench } from "./test-bench.js";

let bench: Bench;
afterEach(() => bench.stop());
const messages = (chat: string, rest = "") => `/api/${SESSION}/chats/${encodeURIComponent(chat)}/messages${rest}`;
const ids = (list: readonly unknown[]) => list.map((one) => (isObject(one) ? String(one["id"]).split("_")[2] : undefined));

describe("reading back", () => {
  it("lists a chat newest first, filtered and cut as asked", async () => {
    bench = await startBench();
    const [first, second] = [await bench.invite(CHAT), await bench.invite(CHAT)];
    await bench.invite(GROUP);
    await bench.waha.answer({ account: SESSION, chat: CHAT, guest: GUEST, text: "hello", unquoted: true });
    const list = async (query: string, chat = CHAT) => ids((await bench.call("GET", messages(chat, query))).list);
    expect((await list("")).slice(1)).toEqual([second, first]);
    expect(await list("?filter.fromMe=true&sortOrder=asc")).toEqual([first, second]);
    expect(await list("?limit=1&offset=1")).toEqual([second]);
    expect(await list("?filter.timestamp.gte=99999999999")).toEqual([]);
    expect(await list("?filter.ack=READ")).toEqual([]);
    expect(await list("", "all")).toHaveLength(4);
  });

  it("merges a person's chats by LID and by phone unless told not to", async () => {
    bench = await startBench({}, { lids: [{ lid: "271000000000099", pn: "351960000123" }] });
    const id = await bench.invite("271000000000099@lid");
    expect(ids((await bench.call("GET", messages(CHAT))).list)).toEqual([id]);
    expect((await bench.call("GET", messages(CHAT, "?merge=false"))).list).toEqual([]);
  });

  it("gives one message by full or bare id, shows the event and not the answers", async () => {
    bench = await startBench();
    bench.waha.script({ account: SESSION, chat: CHAT, steps: [{ guest: GUEST, response: "GOING" }] });
    const id = await bench.invite(CHAT);
    for (const path of [messages(CHAT, `/true_${encodeURIComponent(CHAT)}_${id}`), messages("all", `/${id}`)]) {
      const { json, text } = await bench.call("GET", path);
      expect(objectAt(json, "_data", "Message", "eventMessage")["name"]).toBe("Colour appointment");
      expect(text).not.toContain("GOING");
    }
    expect((await bench.call("GET", messages("all", "/3EB0UNKNOWN"))).text).toBe('{"message":"Message not found","error":"Not Found","statusCode":404}');
    bench.waha.putSession({ name: SESSION, config: { gows: { storage: { messages: false } } } });
    expect((await bench.call("GET", messages("all", `/${id}`))).status).toBe(404);
  });
});

describe("deleting and editing", () => {
  it("deletes by full id only, and answers with the id of the revoke", async () => {
    bench = await startBench();
    const id = await bench.invite(CHAT);
    const bare = await bench.call("DELETE", messages(CHAT, `/${id}`));
    expect([bare.status, objectAt(bare.json, "exception")["message"]]).toEqual([500, "Message id be in format false_11111111111@c.us_AAAAAAAAAAAAAAAAAAAA[_participant]"]);
    const { status, json } = await bench.call("DELETE", messages(CHAT, `/true_${encodeURIComponent(CHAT)}_${id}`));
    expect([status, Object.keys(json)]).toEqual([200, ["id", "_data"]]);
    expect(json["id"]).not.toContain(id);
    await bench.waha.flush();
    expect(bench.of("message.revoked")[0]?.payload["revokedMessageId"]).toBe(id);
    expect(bench.waha.journal.entries({ act: "message.revoked" })[0]?.target).toBe(id);
    await bench.waha.answer({ account: SESSION, chat: CHAT, target: id, guest: GUEST, response: "GOING" });
    expect(bench.of("event.response")).toHaveLength(1);
  });

  it("an edit of an event goes out as a text edit and leaves the event as it was", async () => {
    bench = await startBench();
    const id = await bench.invite(CHAT);
    const { status, json } = await bench.call("PUT", messages(CHAT, `/${id}`), { text: "New time" });
    expect([status, String(json["id"]).includes(id)]).toEqual([200, false]);
    expect(bench.waha.journal.count("event.edited")).toBe(0);
    expect(bench.waha.journal.entries({ act: "text.sent" })[0]).toMatchObject({ target: id, detail: "edit", shown: { text: "New time" } });
  });

  it("pinning is not implemented on GOWS", async () => {
    bench = await startBench();
    expect((await bench.call("POST", messages(CHAT, "/abc/pin"), { duration: 86400 })).status).toBe(501);
  });
});

describe("numbers and LIDs", () => {
  it("check-exists strips a plus, and corrects a Brazilian number", async () => {
    bench = await startBench({}, { absent: ["351960000999"] });
    const check = async (query: string) => (await bench.call("GET", `/api/contacts/check-exists?${query}`)).text;
    expect(await check(`session=${SESSION}&phone=%2B351960000123`)).toBe(`{"numberExists":true,"chatId":"${CHAT}"}`);
    expect(await check(`session=${SESSION}&phone=351960000999`)).toBe('{"numberExists":false,"chatId":null}');
    bench.waha.setSwitches({ missingNumber: "absent", chatRewrite: "brazil-ninth-digit" });
    expect(await check(`session=${SESSION}&phone=351960000999`)).toBe('{"numberExists":false}');
    expect(await check(`session=${SESSION}&phone=5511987650001`)).toBe('{"numberExists":true,"chatId":"551187650001@c.us"}');
    expect(await check("phone=1")).toContain('"statusCode":400');
    bench.waha.setSwitches({ mode: "legacy" });
    expect(await check("phone=1")).toBe('{"error":"Session name is required"}');
  });

  it("looks a pair up both ways, with null for what the engine has not met", async () => {
    bench = await startBench();
    const get = async (path: string) => (await bench.call("GET", `/api/${SESSION}/lids${path}`)).text;
    expect(await get("/271000000000099%40lid")).toBe('{"lid":"271000000000099@lid","pn":null}');
    expect(await get("/pn/351960000123%40c.us")).toBe(`{"lid":null,"pn":"${CHAT}"}`);
    await bench.waha.answer({ account: SESSION, chat: CHAT, guest: GUEST, text: "hello", unquoted: true });
    const pair = `{"lid":"271000000000099@lid","pn":"${CHAT}"}`;
    expect(await get("/271000000000099")).toBe(pair);
    expect(await get("/pn/351960000123")).toBe(pair);
    expect(await get("?limit=100&offset=0")).toBe(`[${pair}]`);
    expect(await get("/count")).toBe('{"count":1}');
    expect(await get("/351960000123%40c.us")).toBe('{"message":"Invalid LID - it must end with @lid","error":"Unprocessable Entity","statusCode":422}');
  });

  it("lidPairs: unknown even after the guest has acted", async () => {
    bench = await startBench({ switches: { lidPairs: "unknown" } });
    await bench.waha.answer({ account: SESSION, chat: CHAT, guest: GUEST, text: "hello", unquoted: true });
    expect((await bench.call("GET", `/api/${SESSION}/lids/count`)).text).toBe('{"count":0}');
  });
});
