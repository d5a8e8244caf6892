import { describe, expect, it } from "@jest/globals";
import { INBOUND_TYPES, reveal, secret, type InboundType } from "@event-messaging/core/driver";
import { inspect } from "node:util";
import { call, CONFIG, runtimeWith, stubHttp, type Canned, type Seen } from "../test/stub-http.js";
import { held } from "../test/known.js";
import { zapi } from "./index.js";

const SECRET = "wh-s3cret-0123456789";
const OLD = "https://old.example/hook/0ld-s3cret";
const url = secret("https://app.example/webhooks/club");
const FIELDS: Readonly<Record<string, string>> = {
  "update-webhook-received": "receivedCallbackUrl", "update-webhook-delivery": "deliveryCallbackUrl", "update-webhook-message-status": "messageStatusCallbackUrl",
  "update-webhook-connected": "connectedCallbackUrl", "update-webhook-disconnected": "disconnectedCallbackUrl",
};

/** An instance that keeps its webhooks, as `GET /me` shows them. */
function account(config: object = {}, start: object = {}, override: (operation: string) => Canned | undefined = () => undefined) {
  const me: Record<string, unknown> = { token: "t", receivedCallbackUrl: OLD, deliveryCallbackUrl: null, presenceChatCallbackUrl: OLD, receiveCallbackSentByMe: false, ...start };
  const http = stubHttp(({ method, path, json }: Seen) => {
    const operation = path.split("/").at(-1) ?? "";
    const special = override(operation);
    if (special) return special;
    if (method === "GET") return { json: { ...me } };
    if (operation === "update-notify-sent-by-me" && (me.receivedCallbackUrl ?? "") === "") return { json: { value: false } };
    if (operation === "update-notify-sent-by-me") me.receiveCallbackSentByMe = Object(json).notifySentByMe;
    const field = FIELDS[operation];
    if (field) me[field] = Object(json).value;
    if (operation === "update-queue-settings") return { json: { success: true } };
    return operation === "update-notify-sent-by-me" ? { json: { value: true } } : { status: 200 };
  });
  const provider = zapi.open({ ...CONFIG, webhookSecrets: [SECRET], ...config }, runtimeWith(http));
  const writes = () => http.seen.filter(({ method }) => method === "PUT").map(({ path, json }) => [path.split("/").at(-1), json]);
  return { me, writes, plan: (types: readonly InboundType[] = INBOUND_TYPES, to = url) => held(provider.planWebhooks)({ url: to, types }, call()), apply: held(provider.applyWebhooks) };
}

const ours = `https://app.example/webhooks/club/${SECRET}`;

describe("setting up webhooks", () => {
  it("a plan only reads, shows no path of any address, and names what would change", async () => {
    const { plan, writes } = account();
    const made = await plan();
    expect(writes()).toEqual([]);
    expect(made.changes).toEqual([
      { path: "webhooks.received", message: "https://old.example/… becomes https://app.example/…" },
      ...["delivery", "message-status", "connected", "disconnected"].map((kind) => ({ path: `webhooks.${kind}`, message: "nothing becomes https://app.example/…" })),
      { path: "ownMessages", message: "off becomes on" },
    ]);
    const shown = inspect(made, { depth: 9, showHidden: true }) + JSON.stringify(made);
    for (const credential of [SECRET, "0ld-s3cret"]) expect(shown).not.toContain(credential);
  });

  it("zapi-13.21: each callback is set by its own call, never by the one for all, and the echo after the callback that it needs", async () => {
    const { plan, apply, writes, me } = account();
    await apply(await plan(), call());
    expect(writes()).toEqual([
      ["update-webhook-received", { value: ours }], ["update-webhook-delivery", { value: ours }], ["update-webhook-message-status", { value: ours }],
      ["update-webhook-connected", { value: ours }], ["update-webhook-disconnected", { value: ours }], ["update-notify-sent-by-me", { notifySentByMe: true }],
    ]);
    expect(me.presenceChatCallbackUrl).toBe(OLD);
  });

  it("applying gives the plan that restores", async () => {
    const { plan, apply, me } = account();
    const before = { ...me };
    const undo = await apply(await plan(), call());
    expect(undo.changes.length).toBe(6);
    await apply(undo, call());
    expect(me).toMatchObject({ receivedCallbackUrl: before.receivedCallbackUrl, deliveryCallbackUrl: "", receiveCallbackSentByMe: false });
  });

  it("the echo is switched on after the receive webhook is set and off before it is taken away, as the vendor demands", async () => {
    const { plan, apply, me, writes } = account({}, { receivedCallbackUrl: null });
    const undo = await apply(await plan(["invitation.observed"]), call());
    await apply(undo, call());
    expect(writes().map(([operation]) => operation)).toEqual(["update-webhook-received", "update-notify-sent-by-me", "update-notify-sent-by-me", "update-webhook-received"]);
    expect(me).toMatchObject({ receivedCallbackUrl: "", receiveCallbackSentByMe: false });
  });

  it("only what the wished types need is touched", async () => {
    const { plan, apply, writes } = account();
    await apply(await plan(["rsvp", "account.status"]), call());
    expect(writes().map(([operation]) => operation)).toEqual(["update-webhook-received", "update-webhook-connected", "update-webhook-disconnected"]);
  });

  it("an account that is set up has nothing to change, and its echo is never switched off", async () => {
    const { plan, apply, writes } = account();
    await apply(await plan(), call());
    const again = await plan(["rsvp"]);
    expect(again.changes).toEqual([]);
    const count = writes().length;
    await apply(again, call());
    expect(writes().length).toBe(count);
  });

  it("a secret that stands in the URL already is not put there twice; without secrets the URL stays", async () => {
    const withOwn = await account().plan(["rsvp"], secret(ours));
    expect(reveal(withOwn.after)).toContain(`"received":"${ours}"`);
    expect(reveal((await account({ webhookSecrets: undefined }).plan(["rsvp"])).after)).toContain('"received":"https://app.example/webhooks/club"');
  });

  it("only https is taken, save on this machine", async () => {
    await expect(account().plan(["rsvp"], secret("http://app.example/webhooks"))).rejects.toMatchObject({ code: "INVALID_ARGUMENT", issues: [{ path: "url" }] });
    expect((await account().plan(["rsvp"], secret("http://127.0.0.1:4000/webhooks"))).changes.length).toBe(1);
  });

  it("a plan that is out of date is refused before anything is written", async () => {
    const { plan, apply, writes, me } = account();
    const made = await plan();
    me.deliveryCallbackUrl = "https://somebody.example/else";
    await expect(apply(made, call())).rejects.toMatchObject({ code: "CONFLICT", outcome: "not-sent" });
    expect(writes()).toEqual([]);
  });

  it.each([
    ["a false", { json: { value: false } }, "REFUSED"],
    ["an error in a 200", { json: { error: "no" } }, "REFUSED"],
    ["a status", { status: 500 }, "UNAVAILABLE"],
  ])("zapi-11.7: %s in answer to a setting is a failure, and ends the set-up there", async (_, answer, code) => {
    const { plan, apply, writes } = account({}, {}, (operation) => (operation === "update-webhook-received" ? answer : undefined));
    await expect(apply(await plan(), call())).rejects.toMatchObject({ code, context: { operation: "applyWebhooks" }, message: expect.stringContaining("look at the panel") });
    expect(writes().length).toBe(1);
  });

  it.each([
    ["update-webhook-received", "not-sent"],
    ["update-webhook-delivery", "unknown"],
  ])("a documented refusal of %s is %s: what was taken before it is not undone", async (refused, outcome) => {
    const { plan, apply } = account({}, {}, (operation) => (operation === refused ? { status: 403, json: { error: "203.0.113.9 not allowed" } } : undefined));
    await expect(apply(await plan(), call())).rejects.toMatchObject({ code: "PERMISSION_DENIED", outcome });
  });

  it("a setting that was accepted and not kept is noticed", async () => {
    const { plan, apply } = account({}, {}, (operation) => (operation === "update-webhook-delivery" ? { status: 200 } : undefined));
    await expect(apply(await plan(), call())).rejects.toMatchObject({ code: "PROTOCOL" });
  });

  it("an account that cannot be read, and a plan of somebody else's, are refused", async () => {
    await expect(account({}, {}, () => ({ json: { error: "x" } })).plan()).rejects.toMatchObject({ outcome: "not-sent" });
    await expect(account().apply({ before: secret("{}"), after: secret("nonsense"), changes: [] }, call())).rejects.toMatchObject({ code: "INVALID_ARGUMENT" });
  });

  it("option queueWhileDisconnected: disable switches the queue off, leave does not touch it, and restoring leaves it", async () => {
    const { plan, apply, writes } = account({ queueWhileDisconnected: "disable" });
    const made = await plan(["rsvp"]);
    expect(made.changes.map(({ path }) => path)).toContain("queueWhileDisconnected");
    const undo = await apply(made, call());
    expect(writes()).toContainEqual(["update-queue-settings", { disableEnqueueWhenDisconnected: true }]);
    expect(undo.changes.map(({ path }) => path)).toEqual(["webhooks.received"]);
    const left = account({ queueWhileDisconnected: "leave" });
    await left.apply(await left.plan(["rsvp"]), call());
    expect(left.writes().map(([operation]) => operation)).toEqual(["update-webhook-received"]);
  });
});
