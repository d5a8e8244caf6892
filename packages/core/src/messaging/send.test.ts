import { describe, expect, it } from "@jest/globals";
import { isMessagingError, mayRepeat } from "../error/messaging-error.js";
import { ANA, bench, checkUp, ending, faulty, GROUP } from "../../test/support/bench.js";
import { doubts, explodes, held, refuses } from "../../test/support/fake-vendor.js";

describe("sending an invitation", () => {
  it("resolves with a handle of plain JSON that holds every id, and writes the book before the request", async () => {
    const { clinic, vendor, book } = bench();
    let state: string | undefined;
    vendor.next.push(async (act) => {
      [{ state } = { state: undefined }] = await book.records(clinic.tenant, "apt_1");
      return act();
    });
    const { handle, stage, plan } = await clinic.send(checkUp);
    expect([state, stage, plan?.form]).toEqual(["attempting", "queued", "native"]);
    expect(JSON.parse(JSON.stringify(handle))).toEqual(handle);
    expect(handle).toMatchObject({ v: 1, tenant: "clinic", key: "apt_1", recipient: ANA, revision: 1, provider: "fake", account: "a", createdBy: "self", messages: [{ id: "M1", role: "invitation", vendorIds: { queueId: "q1" } }] });
    expect((await book.records(clinic.tenant, "apt_1"))[0]).toMatchObject({ state: "accepted", handle });
  });

  it("gives the same answer to the same call again, without a request, whatever the account is by then", async () => {
    const { clinic, vendor, tenants } = bench();
    const first = await clinic.send(checkUp);
    tenants.clinic = "b";
    expect(await clinic.send({ ...checkUp })).toEqual({ handle: first.handle, stage: first.stage });
    expect(await clinic.send({ ...checkUp, startsAt: new Date("2026-12-01T16:00:00.7+01:00"), title: " Check-up " })).toEqual({ handle: first.handle, stage: first.stage });
    expect(vendor.requests).toHaveLength(1);
  });

  it("makes one request of the same call twice at once", async () => {
    const { clinic, vendor } = bench();
    const slow = held();
    vendor.next.push(slow.behaviour);
    const calls = [clinic.send(checkUp), clinic.send(checkUp)];
    await slow.reached;
    slow.letGo();
    const [one, two] = await Promise.all(calls);
    expect(one?.handle).toEqual(two?.handle);
    expect(vendor.requests).toHaveLength(1);
  });

  it("refuses another call under a key that is used, and says what to do", async () => {
    const { clinic, vendor } = bench();
    await clinic.send(checkUp);
    for (const other of [{ title: "Another" }, { location: "North" }, { startsAt: "2026-12-02T15:00:00Z" }, { replyTo: "M0" }]) {
      expect(await ending(clinic.send({ ...checkUp, ...other }))).toBe("CONFLICT not-sent");
    }
    await expect(clinic.send({ ...checkUp, title: "Another" })).rejects.toThrow(/update\(\) or a higher revision/);
    expect(vendor.requests).toHaveLength(1);
  });

  it("refuses another call under the key while the first is under way", async () => {
    const { clinic, vendor } = bench();
    const slow = held();
    vendor.next.push(slow.behaviour);
    const first = clinic.send(checkUp);
    await slow.reached;
    expect(await ending(clinic.send({ ...checkUp, title: "Another" }))).toBe("CONFLICT not-sent");
    slow.letGo();
    expect(await ending(first)).toBe("resolved");
    expect(vendor.acts).toHaveLength(1);
  });

  it("sends the same text to another guest, under another revision, and for another tenant with the same key", async () => {
    const { clinic, vendor, messaging } = bench();
    await clinic.send(checkUp);
    await clinic.send({ ...checkUp, to: GROUP });
    await clinic.send({ ...checkUp, revision: 2 });
    await messaging.forTenant("choir").send(checkUp);
    expect(vendor.acts.map(({ account }) => account)).toEqual(["a", "a", "a", "b"]);
  });

  it("keeps a refused call as not sent, so that it may be made again, corrected, or through another account", async () => {
    const { clinic, vendor, tenants, book } = bench();
    vendor.next.push(refuses(), refuses({ persistence: "permanent" }), refuses());
    expect(await ending(clinic.send(checkUp))).toBe("REFUSED not-sent");
    expect((await book.records(clinic.tenant, "apt_1"))[0]).toMatchObject({ state: "not-sent", code: "REFUSED" });
    expect(await ending(clinic.send(checkUp))).toBe("REFUSED not-sent");
    expect(await ending(clinic.send({ ...checkUp, title: "Corrected" }))).toBe("REFUSED not-sent");
    tenants.clinic = "b";
    const { handle } = await clinic.send({ ...checkUp, title: "Corrected again" });
    expect(handle).toMatchObject({ account: "b", revision: 1, details: { title: "Corrected again" } });
    expect(await ending(clinic.send(checkUp))).toBe("CONFLICT not-sent");
    expect([vendor.requests.length, vendor.acts.length]).toEqual([4, 1]);
  });

  it.each([["acted", true], ["had not acted", false]])("never repeats a call of unknown outcome, when the vendor %s", async (_, acts) => {
    const { clinic, vendor, tenants } = bench();
    vendor.next.push(doubts(acts));
    expect(await ending(clinic.send(checkUp))).toBe("TIMEOUT unknown");
    tenants.clinic = "b";
    const again: unknown = await clinic.send(checkUp).catch((error: unknown) => error);
    if (!isMessagingError(again)) throw new Error("no error");
    expect([again.code, again.outcome, again.persistence, mayRepeat(again)]).toEqual(["TIMEOUT", "unknown", "exhausted", false]);
    expect(await ending(clinic.send({ ...checkUp, title: "Corrected" }))).toBe("CONFLICT not-sent");
    expect(vendor.requests).toHaveLength(1);
  });

  it("refuses the same text to the same guest under another key while the outcome of the first is open", async () => {
    const { clinic, vendor } = bench();
    vendor.next.push(doubts(true));
    await ending(clinic.send(checkUp));
    expect(await ending(clinic.send({ ...checkUp, key: "apt_2" }))).toBe("CONFLICT not-sent");
    expect(await ending(clinic.send({ ...checkUp, key: "apt_2", title: "Another text" }))).toBe("resolved");
    expect(vendor.acts).toHaveLength(2);
  });

  it("takes a foreign error of an adapter for unknown, and shows nothing of it", async () => {
    const { clinic, vendor } = bench();
    vendor.next.push(explodes);
    const error: unknown = await clinic.send(checkUp).catch((reason: unknown) => reason);
    expect(isMessagingError(error) && [error.code, error.outcome]).toEqual(["UNKNOWN", "unknown"]);
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain("canary");
    expect(await ending(clinic.send(checkUp))).toBe("UNKNOWN unknown");
    expect(vendor.acts).toHaveLength(1);
  });

  it.each<[string, unknown]>([
    ["nothing", undefined], ["an empty object", {}], ["a receipt without an id", { stage: "queued", vendorIds: {} }], ["a numeric id", { stage: "queued", messageId: 12, vendorIds: {} }],
    ["a composite id", { stage: "queued", messageId: "true_1@c.us_A", vendorIds: {} }], ["another stage", { stage: "delivered", messageId: "A", vendorIds: {} }], ["no vendor ids", { stage: "queued", messageId: "A" }],
  ])("does not call it accepted when an adapter resolves with %s", async (_, receipt) => {
    const { clinic, vendor } = bench();
    vendor.next.push(async () => JSON.parse(JSON.stringify(receipt ?? null)));
    expect(await ending(clinic.send(checkUp))).toBe("PROTOCOL unknown");
    expect(await ending(clinic.send(checkUp))).toBe("PROTOCOL unknown");
    expect(vendor.requests).toHaveLength(1);
  });
});

describe("a book that fails", () => {
  it.each(["records", "begin"])("in %s: nothing is sent, and the call may be made again", async (method) => {
    const { clinic, vendor } = bench({ book: (book) => faulty(book, (name, nth) => (name === method && nth === 1 ? "before" : undefined)) });
    expect(await ending(clinic.send(checkUp))).toBe("STORE_FAILED not-sent");
    expect(vendor.requests).toEqual([]);
    expect(await ending(clinic.send(checkUp))).toBe("resolved");
  });

  it.each([[1, "accepted"], [2, "accepted"]])("%i times after the request: the result is written nonetheless", async (times, state) => {
    const { clinic, book } = bench({ book: (real) => faulty(real, (name, nth) => (name === "change" && nth <= times ? "before" : undefined)) });
    expect(await ending(clinic.send(checkUp))).toBe("resolved");
    expect((await book.records(clinic.tenant, "apt_1"))[0]?.state).toBe(state);
  });

  it("after every write: the caller still hears what the vendor said", async () => {
    const { clinic, vendor } = bench({ book: (real) => faulty(real, (name) => (name === "change" ? "after" : undefined)) });
    expect(await ending(clinic.send(checkUp))).toBe("resolved");
    expect(await ending(clinic.send(checkUp))).toBe("resolved");
    expect(vendor.requests).toHaveLength(1);
  });

  it("for good after the request: the caller still hears what the vendor said, and nobody sends again", async () => {
    const { clinic, vendor } = bench({ book: (real) => faulty(real, (name) => (name === "change" ? "before" : undefined)) });
    expect(await ending(clinic.send(checkUp))).toBe("resolved");
    expect(await ending(clinic.send(checkUp))).toBe("CONFLICT unknown");
    vendor.next.push(refuses());
    expect(await ending(clinic.send({ ...checkUp, key: "apt_2", title: "x" }))).toBe("REFUSED not-sent");
    expect(await ending(clinic.send({ ...checkUp, key: "apt_2", title: "x" }))).toBe("CONFLICT unknown");
    expect(vendor.requests).toHaveLength(2);
  });

  it("with a foreign error: it stays inside", async () => {
    const foreign = () => Promise.reject(new Error("postgres://user:canary@host"));
    for (const method of ["records", "begin"] as const) {
      const { clinic } = bench({ book: (book) => ({ ...book, [method]: foreign }) });
      const error: unknown = await clinic.send(checkUp).catch((reason: unknown) => reason);
      expect(isMessagingError(error) && [error.code, error.outcome]).toEqual(["UNKNOWN", "not-sent"]);
      expect(String(error)).not.toContain("canary");
    }
  });
});
