import { afterEach, describe, expect, it } from "@jest/globals";
import { isObject, type JsonObject } from "./json.js";
import { CHAT, GROUP, GUEST, objectAt, SESSION, startBench, type Bench } from "./waha/test-bench.js";

let bench: Bench;
afterEach(() => bench.stop());
const sim = (method: string, path: string, body?: unknown) => bench.call(method, `/__sim/${path}`, body, { "x-api-key": "" });
const objects = (list: readonly unknown[]): readonly JsonObject[] => list.filter(isObject);

describe("the controls under /__sim/", () => {
  it("need no key and leave no trace in the journal", async () => {
    bench = await startBench();
    expect((await sim("GET", "journal")).list).toEqual([]);
    expect((await sim("GET", "journal")).list).toEqual([]);
  });

  it("show the journal, in order and filtered", async () => {
    bench = await startBench();
    const id = await bench.invite(CHAT);
    const all = objects((await sim("GET", "journal")).list);
    expect(all.map(({ n }) => n)).toEqual(all.map((_entry, i) => i + 1));
    expect(all.map(({ act }) => act)).toEqual(["request.received", "event.created", "webhook.delivered", "message.delivered", "webhook.delivered"]);
    expect(objects((await sim("GET", "journal?act=event.created")).list)).toEqual([expect.objectContaining({ vendor: "waha", account: SESSION, messageId: id })]);
    expect((await sim("GET", `journal?since=${all.length}`)).list).toEqual([]);
    expect((await sim("GET", "journal?account=other")).list).toEqual([]);
    expect((await sim("GET", "journal?act=nonsense")).status).toBe(400);
  });

  it("change switches, and refuse unknown ones by name", async () => {
    bench = await startBench();
    expect((await sim("PATCH", "switches", { engine: "WEBJS" })).json["engine"]).toBe("WEBJS");
    expect((await sim("GET", "switches")).json["engine"]).toBe("WEBJS");
    const wrong = await sim("PATCH", "switches", { motor: "V8", engine: "GOWS2" });
    expect([wrong.status, wrong.json["error"]]).toEqual([400, expect.stringMatching(/motor: no such switch.*; engine: one of GOWS, NOWEB, WEBJS, WPP/)]);
    expect(bench.waha.switches().engine).toBe("WEBJS");
  });

  it("take faults, show those that wait, and forget them", async () => {
    bench = await startBench();
    expect((await sim("POST", "faults", { operation: "events", fault: "refuse", code: 475 })).list).toEqual([{ operation: "events", fault: "refuse", code: "475", times: 1 }]);
    expect((await sim("POST", "faults", { fault: "explode" })).status).toBe(400);
    expect((await sim("DELETE", "faults")).list).toEqual([]);
  });

  it("show and alter accounts without their secrets", async () => {
    bench = await startBench();
    expect((await sim("GET", "accounts/nobody")).status).toBe(404);
    const view = await sim("GET", `accounts/${SESSION}`);
    expect(view.text).not.toContain("north-window-17");
    expect(objects([view.json])[0]).toMatchObject({ name: SESSION, status: "WORKING", webhooks: [{ signed: true }] });
    expect((await sim("PUT", `accounts/${SESSION}`, { status: "FAILED" })).json["status"]).toBe("FAILED");
    expect((await sim("PUT", "accounts/new-one", { status: "STOPPED", phone: "351910000778", lid: null })).json["me"]).toMatchObject({ id: "351910000778@c.us" });
    expect((await sim("PUT", `accounts/${SESSION}`, { engine: "WPP" })).status).toBe(400);
  });

  it("let guests act by script, now, and with events of their own", async () => {
    bench = await startBench();
    expect((await sim("POST", "guests", { account: SESSION, chat: CHAT, steps: [{ guest: GUEST, response: "MAYBE", extraGuests: 1 }] })).status).toBe(200);
    const id = await bench.invite(CHAT);
    const { json } = await sim("POST", "answers", { account: SESSION, chat: CHAT, guest: GUEST, response: "GOING" });
    expect(bench.waha.journal.entries({ act: "event.answered" }).map(({ response, target }) => [response, target])).toEqual([["MAYBE", id], ["GOING", id]]);
    expect(bench.waha.journal.entries({ act: "event.answered" }).at(-1)?.messageId).toBe(json["messageId"]);
    const event = await sim("POST", "events", { account: SESSION, chat: GROUP, guest: GUEST, title: "Barbecue", startsAtMs: 1798797600000 });
    expect(bench.waha.journal.entries({ act: "event.created" }).at(-1)).toMatchObject({ messageId: event.json["messageId"], by: "271000000000099@lid", shown: { title: "Barbecue" } });
  });

  it.each<readonly [string, JsonObject]>([
    ["guests", { account: SESSION, chat: CHAT }],
    ["guests", { account: SESSION, chat: CHAT, steps: [{ guest: GUEST, response: 1 }] }],
    ["answers", { account: SESSION, chat: CHAT, guest: { lid: "1" }, response: "GOING" }],
    ["answers", { account: SESSION, chat: CHAT, guest: GUEST, response: "GOING", as: "fax" }],
    ["events", { account: SESSION, chat: CHAT, guest: GUEST, title: "x" }],
  ])("refuse to /%s what makes no sense", async (path, body) => {
    bench = await startBench();
    const { status, json } = await sim("POST", path, body);
    expect([status, typeof json["error"]]).toEqual([400, "string"]);
  });

  it("refuse what they cannot find", async () => {
    bench = await startBench();
    expect((await sim("POST", "answers", { account: "nobody", chat: CHAT, guest: GUEST, response: "GOING" })).status).toBe(404);
    expect((await sim("POST", "answers", { account: SESSION, chat: CHAT, guest: GUEST, response: "GOING" })).status).toBe(404);
    expect((await sim("GET", "nothing")).status).toBe(404);
    expect((await sim("POST", "answers", "{oops")).status).toBe(400);
  });

  it("show chats as phones would: cards, what they showed before, and who answered", async () => {
    bench = await startBench();
    bench.waha.script({ account: SESSION, chat: CHAT, steps: [{ guest: GUEST, response: "GOING", extraGuests: 1 }, { guest: GUEST, response: "NOT_GOING", undecryptable: true }, { guest: GUEST, vote: ["Maybe"] }] });
    const id = await bench.invite(CHAT);
    await bench.call("POST", "/api/sendPoll", { session: SESSION, chatId: CHAT, poll: { name: "Will you come?", options: ["Going", "Maybe"] } });
    await bench.waha.flush();
    await bench.call("DELETE", `/api/${SESSION}/chats/${CHAT}/messages/true_${CHAT}_${id}`);
    const chats = objects((await sim("GET", "chats")).list);
    expect(chats).toHaveLength(1);
    expect(chats[0]).toMatchObject({
      account: SESSION,
      chat: CHAT,
      messages: [
        { messageId: id, kind: "event", shown: { title: "Colour appointment" }, revoked: true, delivered: true, answers: [{ by: CHAT, response: "GOING", extraGuests: 1 }, { response: "NOT_GOING", unreadable: true }] },
        { kind: "poll", shown: { question: "Will you come?", options: ["Going", "Maybe"] }, revoked: false, answers: [{ by: CHAT, response: "Maybe" }] },
      ],
    });
  });

  it("flush: resolves when the guests have acted and the webhooks are through", async () => {
    bench = await startBench();
    bench.waha.script({ account: SESSION, chat: CHAT, steps: [{ guest: GUEST, response: "GOING", afterMs: 60_000 }] });
    bench.answerWith({ status: 500 }, { status: 500 });
    await bench.call("POST", `/api/${SESSION}/events`, { chatId: CHAT, event: { name: "x", startTime: 1798797600 } });
    expect((await sim("POST", "flush", {})).status).toBe(200);
    expect(objectAt(bench.of("event.response")[0]?.payload, "eventResponse")["response"]).toBe("GOING");
  });
});
