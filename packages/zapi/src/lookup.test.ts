import { describe, expect, it } from "@jest/globals";
import { instant, isMessagingError, type InvitationDetails, type SentMessage } from "@event-messaging/core/driver";
import { ACK, call, CONFIG, runtimeWith, stubHttp, type Canned, type Seen } from "../test/stub-http.js";
import { held, id, person, recipient } from "../test/known.js";
import { zapi } from "./index.js";

const chat = recipient("120363041234567890@g.us");
const details: InvitationDetails = { title: "Safety \"briefing\"", startsAt: instant("2026-11-20T18:00:00Z") };
const since = instant("2026-11-10T09:00:00Z");
const CREATED = Date.parse("2026-11-10T09:00:01Z");
const sent: SentMessage = { id: id(ACK.messageId), form: "native", role: "invitation", vendorIds: { zaapId: ACK.zaapId } };

const item = (changes: object = {}) => ({ _id: "x", ZaapId: ACK.zaapId, MessageId: ACK.messageId, InstanceId: "i", Phone: "120363041234567890-group", Message: "Safety \"briefing\"", DelayMessage: -1, DelayTyping: 0, Created: CREATED, ...changes });
const pageOf = (messages: readonly unknown[], next?: string) => ({ json: { messages, hasMore: next !== undefined, pagingState: next ?? null } });
const opened = (answer: (seen: Seen) => Canned | Error) => {
  const http = stubHttp(answer);
  return { provider: zapi.open(CONFIG, runtimeWith(http)), seen: http.seen };
};
const operation = ({ method, path }: Seen) => `${method} ${path.split("/").slice(5).join("/")}`;

describe("finding a send of unknown outcome", () => {
  const found = async (...items: readonly unknown[]) => held(opened(() => pageOf(items)).provider.findSent)({ to: chat, details, since }, call());

  it("the queue shows it by chat, time and title, with all its ids", async () => {
    expect(await found(item())).toEqual({ matches: [{ messageId: ACK.messageId, vendorIds: { zaapId: ACK.zaapId, messageId: ACK.messageId } }], conclusive: false });
  });

  it.each([
    ["the title inside an object", { Message: { event: { name: "Safety \"briefing\"" } } }, 1],
    ["the title escaped in a text", { Message: "{\"name\":\"Safety \\\"briefing\\\"\"}" }, 1],
    ["another chat", { Phone: "5511987650001" }, 0],
    ["an earlier message", { Created: CREATED - 2000 }, 0],
    ["another title", { Message: "Lunch" }, 0],
    ["a text that only speaks of the event", { Message: "Reminder: Safety \"briefing\" tomorrow" }, 0],
    ["no text at all", { Message: null }, 0],
    ["no id", { MessageId: null }, 0],
    ["a numeric id", { MessageId: 12345 }, 0],
  ])("with %s", async (_, changes, matches) => {
    expect((await found(item(changes))).matches.length).toBe(matches);
  });

  it("a Brazilian number is found in either spelling", async () => {
    const { provider } = opened(() => pageOf([item({ Phone: "551187650001" })]));
    expect((await held(provider.findSent)({ to: recipient("+5511987650001"), details, since }, call())).matches.length).toBe(1);
  });

  it("zapi-13.28: nothing but the queue is read, and finding nothing there proves nothing", async () => {
    const { provider, seen } = opened(() => pageOf([]));
    expect(await held(provider.findSent)({ to: chat, details, since }, call())).toEqual({ matches: [], conclusive: false });
    expect(seen.map(operation)).toEqual(["POST queue"]);
  });

  it("zapi-13.32: every page is read, thirty at a time, and a page that names itself ends the reading", async () => {
    const { provider, seen } = opened(({ json }) => (Object(json).pagingState === "p2" ? pageOf([item()]) : pageOf([item({ Message: "Lunch" })], "p2")));
    expect((await held(provider.findSent)({ to: chat, details, since }, call())).matches.length).toBe(1);
    expect(seen.map(({ json }) => json)).toEqual([{ pageSize: 30 }, { pageSize: 30, pagingState: "p2" }]);
    const stuck = opened(() => pageOf([item()], "p2"));
    await held(stuck.provider.findSent)({ to: chat, details, since }, call());
    expect(stuck.seen.length).toBe(2);
  });

  it("an answer that is no queue is an error, and a read leaves no doubt", async () => {
    for (const answer of [{ json: { error: "x" } }, { status: 500 }, { json: [] }]) {
      const error: unknown = await held(opened(() => answer).provider.findSent)({ to: chat, details, since }, call()).catch((caught: unknown) => caught);
      expect(isMessagingError(error) && error.outcome).toBe("not-sent");
    }
  });
});

describe("withdrawing", () => {
  /** A queue with one message, which a DELETE takes out. */
  const vendor = (options: { readonly connected?: boolean; readonly answer?: Canned; readonly stays?: boolean } = {}) => {
    let waiting = true;
    return opened((one) => {
      if (operation(one) === "POST queue") return pageOf(waiting ? [item()] : []);
      if (operation(one) === "GET status") return { json: { connected: options.connected ?? false, error: null } };
      waiting = options.stays === true;
      return options.answer ?? { status: 200 };
    });
  };

  it("a message of a disconnected account is taken out by its zaapId", async () => {
    const { provider, seen } = vendor();
    expect(await held(provider.withdraw)(sent, call())).toBe("withdrawn");
    expect(seen.map(operation)).toContain(`DELETE queue/${ACK.zaapId}`);
  });

  it("without its zaapId it is found by its message id", async () => {
    const { provider, seen } = vendor();
    expect(await held(provider.withdraw)({ ...sent, vendorIds: {} }, call())).toBe("withdrawn");
    expect(seen.map(operation)).toContain(`DELETE queue/${ACK.zaapId}`);
  });

  it("what is not in the queue is too late, and nothing is deleted", async () => {
    const { provider, seen } = opened(() => pageOf([item({ ZaapId: "other", MessageId: "3EB0000000000000000009" })]));
    expect(await held(provider.withdraw)(sent, call())).toBe("too-late");
    expect(seen.every(({ method }) => method === "POST")).toBe(true);
  });

  it.each([
    ["a connected account may have sent it meanwhile", { connected: true }, "unknown"],
    ["unless the vendor says that it was taken out", { connected: true, answer: { json: { value: true } } }, "withdrawn"],
    ["a message that stays is not withdrawn", { stays: true }, "unknown"],
    ["a refusal in a 200 is none either", { stays: true, answer: { json: { value: false } } }, "unknown"],
  ])("%s", async (_, options, result) => {
    expect(await held(vendor(options).provider.withdraw)(sent, call())).toBe(result);
  });

  it("an account that was connected may have sent it before the connection broke", async () => {
    let asked = 0;
    let waiting = true;
    const { provider } = opened((one) => {
      if (operation(one) === "POST queue") return pageOf(waiting ? [item()] : []);
      if (operation(one) === "GET status") return { json: { connected: asked++ === 0, error: null } };
      waiting = false;
      return { status: 200 };
    });
    expect(await held(provider.withdraw)(sent, call())).toBe("unknown");
  });

  it("a refused deletion throws", async () => {
    await expect(held(vendor({ answer: { status: 500 } }).provider.withdraw)(sent, call())).rejects.toMatchObject({ code: "UNAVAILABLE", outcome: "unknown" });
  });
});

describe("looking up a person", () => {
  const asked = (answer: Canned) => held(opened(() => answer).provider.resolveContact)(person("+5511987650001"), call());

  it.each([
    ["an object", { exists: true, phone: "551187650001", lid: "70123456789012@lid" }],
    ["a list of one, with words", [{ exists: "true", phone: "551187650001", lid: "70123456789012@lid" }]],
  ])("zapi-13.29: the answer may be %s: the vendor's own spelling of the number and the LID", async (_, json) => {
    expect(await asked({ json })).toEqual({ exists: true, guest: { phone: "+551187650001", lid: "70123456789012@lid" } });
  });

  it.each([[{ exists: false, phone: "5511987650001", lid: null }, false], [[{ exists: "false" }], false], [[], "unknown"], [{ exists: "true ou false" }, "unknown"]])("%j is exists: %j under the number asked for", async (json, exists) => {
    expect(await asked({ json })).toEqual({ exists, guest: { phone: "+5511987650001" } });
  });

  it("a LID is returned as it is, without a request: it has no way back to a number", async () => {
    const { provider, seen } = opened(() => ({}));
    expect(await held(provider.resolveContact)(person("70123456789012@lid"), call())).toEqual({ exists: "unknown", guest: { lid: "70123456789012@lid" } });
    expect(seen).toEqual([]);
  });

  it("a refusal throws, in a 200 as well", async () => {
    await expect(asked({ json: { error: "NOT_FOUND", message: "Unable to find matching target resource method" } })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(asked({ status: 400, json: { error: "Invalid phone" } })).rejects.toMatchObject({ code: "REFUSED", outcome: "not-sent" });
  });
});
