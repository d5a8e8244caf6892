import { request } from "node:http";
import { afterEach, describe, expect, it } from "@jest/globals";
import type { Fault } from "../faults.js";
import { CHAT, EVENT, GUEST, SESSION, startBench, type Bench } from "./test-bench.js";

let bench: Bench;
afterEach(() => bench.stop());

/** The raw outcome of one send: a status and body, "cut" for a broken body, or an error code. */
const send = (): Promise<string> =>
  new Promise((resolve) => {
    const body = JSON.stringify({ chatId: CHAT, event: EVENT });
    const headers = { "x-api-key": "simulator-key", "content-type": "application/json", "content-length": Buffer.byteLength(body) };
    const call = request(`${bench.waha.url}/api/${SESSION}/events`, { method: "POST", headers, agent: false }, (response) => {
      let text = "";
      response.on("data", (chunk: Buffer) => (text += chunk.toString("utf8")));
      response.on("end", () => resolve(`${response.statusCode ?? 0} ${text}`));
      response.on("error", () => resolve(`${response.statusCode ?? 0} cut`));
    });
    call.on("error", (error) => resolve("code" in error ? String(error.code) : "error"));
    call.end(body);
  });

describe("scripted faults", () => {
  it.each<readonly [Fault["fault"], RegExp, number]>([
    ["refuse", /^500 .*server returned error 463/, 0],
    ["reset-before-reading", /^ECONNRESET$/, 0],
    ["reset", /^ECONNRESET$/, 0],
    ["act-then-reset", /^ECONNRESET$/, 1],
    ["act-then-cut-body", /^201 cut$/, 1],
    ["act-then-nonsense", /^201 <html>/, 1],
    ["without-id", /^201 \{"_data":null\}$/, 1],
    ["redirect", /^307 /, 0],
    ["unauthorized", /^401 /, 0],
    ["rate-limited", /^429 /, 0],
    ["server-error", /^500 .*TypeError/, 0],
    ["not-ready", /^422 .*"status":"STARTING"/, 0],
    ["answer", /^418 \{"teapot":true\}$/, 0],
  ])("%s", async (fault, outcome, acted) => {
    bench = await startBench();
    bench.waha.faults.add({ operation: "events", fault, ...(fault === "answer" ? { status: 418, body: { teapot: true } } : {}) });
    expect(await send()).toMatch(outcome);
    expect(bench.waha.journal.count("event.created")).toBe(acted);
    expect(await send()).toMatch(/^201 /);
    expect(bench.waha.faults.waiting()).toEqual([]);
  });

  it.each<readonly [Fault["fault"], number]>([["hang", 0], ["act-then-hang", 1]])("%s never answers, and ends with the server", async (fault, acted) => {
    bench = await startBench();
    bench.waha.script({ account: SESSION, chat: CHAT, steps: [{ guest: GUEST, response: "GOING" }] });
    bench.waha.faults.add({ fault });
    const received = new Promise<void>((resolve) => bench.waha.journal.listen((entry) => entry.act === (acted === 1 ? "event.answered" : "request.received") && resolve()));
    const outcome = send();
    await received;
    await bench.waha.stop();
    expect(await outcome).toBe("ECONNRESET");
    expect(bench.waha.journal.count("event.created")).toBe(acted);
  });

  it("slow answers late, when the guest has long answered", async () => {
    bench = await startBench({ clockFactor: 0.02 });
    bench.waha.script({ account: SESSION, chat: CHAT, steps: [{ guest: GUEST, response: "GOING" }] });
    bench.waha.faults.add({ fault: "slow", afterMs: 10_000 });
    const order: string[] = [];
    bench.waha.journal.listen(({ act }) => act === "event.answered" && order.push(act));
    const answer = await send();
    order.push("the answer");
    expect(answer).toMatch(/^201 /);
    expect(order).toEqual(["event.answered", "the answer"]);
  });

  it("waits for its operation, meets as many requests as it says, and the guests still see what was acted on", async () => {
    bench = await startBench();
    bench.waha.script({ account: SESSION, chat: CHAT, steps: [{ guest: GUEST, response: "GOING" }] });
    bench.waha.faults.add({ operation: "sendText", fault: "unauthorized" });
    bench.waha.faults.add({ operation: "events", fault: "act-then-reset", times: 2 });
    expect([await send(), await send(), (await send()).slice(0, 3)]).toEqual(["ECONNRESET", "ECONNRESET", "201"]);
    await bench.waha.flush();
    expect(bench.of("event.response")).toHaveLength(3);
    expect(bench.waha.faults.waiting()).toEqual([{ operation: "sendText", fault: "unauthorized", times: 1 }]);
  });
});
