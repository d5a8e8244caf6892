import { getEventListeners } from "node:events";
import { describe, expect, it, jest } from "@jest/globals";
import { isMessagingError } from "../error/messaging-error.js";
import { staticDirectory } from "../accounts/directory.js";
import { createMessaging } from "./create-messaging.js";
import type { CallOptions } from "./call-options.js";
import type { TenantMessaging } from "./messaging-types.js";
import { bench, checkUp, ending, http } from "../../test/support/bench.js";
import { FakeVendor, hangs, held } from "../../test/support/fake-vendor.js";

/** Never resolves, whatever happens. */
const never = <T>() => new Promise<T>(() => undefined);

function unresponsive(part: "forTenant" | "byId" | "records" | "probe" | "none") {
  const vendor = new FakeVendor();
  const accounts = { a: { provider: "fake", config: { key: "k" } } };
  const directory = staticDirectory({ accounts, tenants: { clinic: "a" } });
  const made = bench({ providers: [vendor.definition()] });
  if (part === "probe") vendor.probe = never;
  const messaging = createMessaging({
    providers: [vendor.definition()], http, now: made.now,
    directory: { forTenant: part === "forTenant" ? never : directory.forTenant, byId: part === "byId" ? never : directory.byId },
    book: part === "records" ? { ...made.book, records: never } : made.book, inbox: made.inbox,
  });
  return { vendor, messaging, clinic: messaging.forTenant("clinic") };
}

describe("a call that its caller gives up", () => {
  it("before it began sends nothing and is not sent", async () => {
    const { clinic, vendor } = bench();
    expect(await ending(clinic.send(checkUp, { signal: AbortSignal.abort() }))).toBe("CANCELED not-sent");
    expect(vendor.requests).toEqual([]);
    expect(await ending(clinic.send(checkUp))).toBe("resolved");
  });

  it.each(["forTenant", "records", "probe"] as const)("while %s hangs ends at once, and nothing is sent", async (part) => {
    const { clinic, vendor, messaging } = unresponsive(part);
    const caller = new AbortController();
    const call = ending(clinic.send(checkUp, { signal: caller.signal }));
    const planned = part === "records" ? undefined : ending(clinic.plan(checkUp, { signal: caller.signal }));
    await new Promise<void>((resolve) => setImmediate(resolve));
    caller.abort();
    expect(await call).toBe("CANCELED not-sent");
    if (planned) expect(await planned).toBe("CANCELED not-sent");
    expect(vendor.requests).toEqual([]);
    if (part !== "probe") await messaging.close();
  });

  it("leaves nothing on a signal that outlives the call", async () => {
    const { clinic, vendor } = bench();
    const slow = held();
    vendor.next.push(slow.behaviour);
    const shutdown = new AbortController();
    const call = clinic.send(checkUp, { signal: shutdown.signal });
    await slow.reached;
    expect(getEventListeners(shutdown.signal, "abort")).toHaveLength(1);
    slow.letGo();
    await call;
    expect(getEventListeners(shutdown.signal, "abort")).toHaveLength(0);
  });

  it("between the plan and the request sends nothing: the record says not sent", async () => {
    const caller = new AbortController();
    const { clinic, vendor, book } = bench({ book: (real) => ({ ...real, begin: async (record) => { const begun = await real.begin(record); caller.abort(); return begun; } }) });
    expect(await ending(clinic.send(checkUp, { signal: caller.signal }))).toBe("CANCELED not-sent");
    expect([vendor.requests.length, (await book.records(clinic.tenant, "apt_1"))[0]?.state]).toEqual([0, "not-sent"]);
  });

  it("during the request has the outcome that the adapter proves", async () => {
    const { clinic, vendor } = bench();
    vendor.next.push(hangs);
    const caller = new AbortController();
    const call = ending(clinic.send(checkUp, { signal: caller.signal }));
    await new Promise<void>((resolve) => setImmediate(resolve));
    expect(vendor.requests).toHaveLength(1);
    caller.abort();
    expect(await call).toBe("CANCELED unknown");
    expect(await ending(clinic.send(checkUp))).toBe("CANCELED unknown");
  });

  it("while it waits for the same call made before leaves that one alone", async () => {
    const { clinic, vendor } = bench();
    const slow = held();
    vendor.next.push(slow.behaviour);
    const first = ending(clinic.send(checkUp));
    await slow.reached;
    const caller = new AbortController();
    const second = ending(clinic.send(checkUp, { signal: caller.signal }));
    await new Promise<void>((resolve) => setImmediate(resolve));
    caller.abort();
    expect(await second).toBe("CANCELED unknown");
    slow.letGo();
    expect([await first, vendor.requests.length]).toEqual(["resolved", 1]);
  });

  it("during a request whose adapter heeds no signal ends all the same, and is unknown", async () => {
    jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick"] });
    try {
      const { clinic, vendor, messaging } = bench();
      vendor.next.push(never);
      const call = ending(clinic.send(checkUp, { deadlineMs: 5_000 }));
      await jest.advanceTimersByTimeAsync(6_999);
      expect(vendor.requests).toHaveLength(1);
      await jest.advanceTimersByTimeAsync(1);
      expect(await call).toBe("TIMEOUT unknown");
      expect(await ending(clinic.send(checkUp))).toBe("TIMEOUT unknown");
      await messaging.close();
      expect([vendor.closed, jest.getTimerCount()]).toEqual([["a"], 0]);
    } finally {
      jest.useRealTimers();
    }
  });

  it("by its deadline is a TIMEOUT, not sent while the account is still being asked", async () => {
    jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick"] });
    try {
      const { clinic } = unresponsive("probe");
      const call = ending(clinic.send(checkUp, { deadlineMs: 1_000 }));
      await jest.advanceTimersByTimeAsync(1_000);
      expect(await call).toBe("TIMEOUT not-sent");
    } finally {
      jest.useRealTimers();
    }
  });

  it("leaves no timer behind, however it ends", async () => {
    jest.useFakeTimers({ doNotFake: ["setImmediate", "nextTick"] });
    try {
      const { clinic, accounts, messaging } = bench();
      const { handle } = await clinic.send(checkUp);
      await clinic.plan(checkUp);
      await clinic.supports("invitation.send", "direct");
      await messaging.account("a").probe();
      await ending(clinic.send({ ...checkUp, title: "Other" }));
      delete accounts.a;
      const calls: ((client: TenantMessaging, options: CallOptions) => Promise<unknown>)[] = [
        (client) => client.supports("invitation.send", "direct"), (client) => client.require("invitation.send"), (client, options) => client.send({ ...checkUp, key: "apt_2" }, options),
        (client, options) => client.cancel(handle, options), (client, options) => client.plan(checkUp, options), () => messaging.account("a").probe(), () => messaging.account("a").planWebhooks({ url: "https://x.example" }),
      ];
      for (const call of calls) expect(await ending(call(clinic, {}))).toBe("NOT_FOUND not-sent");
      expect(jest.getTimerCount()).toBe(0);
    } finally {
      jest.useRealTimers();
    }
  });
});

describe("closing", () => {
  it("refuses new calls, waits for running ones, closes the accounts once, and may be repeated", async () => {
    const { clinic, vendor, messaging } = bench();
    const slow = held();
    vendor.next.push(slow.behaviour);
    const running = ending(clinic.send(checkUp));
    await slow.reached;
    let closed = false;
    const closing = Promise.all([messaging.close(), messaging.close()]).then(() => (closed = true));
    for (const call of [clinic.send(checkUp), clinic.find("apt_1"), clinic.plan(checkUp), messaging.account("a").probe()]) expect(await ending(call)).toBe("STOPPED not-sent");
    expect(closed).toBe(false);
    slow.letGo();
    await closing;
    expect([await running, vendor.closed]).toEqual(["resolved", ["a"]]);
    await messaging.close();
    expect(vendor.closed).toEqual(["a"]);
  });

  it("answers deliveries that come afterwards with 503, so that the vendor comes again, and keeps nothing", async () => {
    const { messaging, answer, inbox, clinic } = bench();
    await clinic.send(checkUp);
    await messaging.close();
    expect(await answer("R1", "GOING")).toEqual({ handled: true, status: 503 });
    expect(await inbox.nextDue()).toBeUndefined();
  });

  it("does not close a pool or an HTTP client that it was given, and still keeps no delivery after it", async () => {
    const vendor = new FakeVendor();
    let httpClosed = false;
    const client = { ...http, close: async () => void (httpClosed = true) };
    const { createAccountPool } = await import("../accounts/pool.js");
    const made = bench();
    const pool = createAccountPool({ providers: [vendor.definition()], http: client, book: made.book });
    const { messaging, answer, inbox } = bench({ providers: [vendor.definition()], pool, http: client });
    await messaging.forTenant("clinic").send(checkUp);
    await messaging.close();
    expect(await answer("R1", "GOING")).toEqual({ handled: true, status: 503 });
    expect([vendor.closed, httpClosed, await inbox.nextDue()]).toEqual([[], false, undefined]);
    await pool.close();
    expect(vendor.closed).toEqual(["a"]);
  });
});

describe("a directory that fails", () => {
  it("gives a typed error, and nothing of its own", async () => {
    const fail = () => Promise.reject(new Error("postgres://user:canary@host"));
    const { vendor, clinic } = (() => {
      const made = bench();
      const messaging = createMessaging({ providers: [made.vendor.definition()], http, directory: { forTenant: fail, byId: fail } });
      return { vendor: made.vendor, clinic: messaging.forTenant("clinic") };
    })();
    const error: unknown = await clinic.send(checkUp).catch((reason: unknown) => reason);
    expect(isMessagingError(error) && [error.code, error.outcome, error.persistence]).toEqual(["STORE_FAILED", "not-sent", "transient"]);
    expect([String(error).includes("canary"), vendor.opened]).toEqual([false, []]);
  });
});
