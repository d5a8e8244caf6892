import { describe, expect, it } from "@jest/globals";
import type { CapabilityTable } from "../capability/table.js";
import { isMessagingError } from "../error/messaging-error.js";
import type { InvitationHandle } from "../model/handle.js";
import { bench, checkUp, ending, GROUP } from "../../test/support/bench.js";
import { doubts, FakeVendor, held, refuses } from "../../test/support/fake-vendor.js";

const absent = { support: "absent", why: "No page shows it.", source: "test" } as const;
const later = { startsAt: "2026-12-01T17:00:00Z" } as const;

async function invited() {
  const made = bench();
  const { handle } = await made.clinic.send({ ...checkUp, description: "Bring papers", location: "North" });
  return { ...made, handle };
}

/** An event of a member of the group, adopted. */
async function adopted() {
  const made = bench();
  const { handle } = await made.clinic.send({ ...checkUp, key: "dummy" });
  const theirs = await made.clinic.adopt({ key: "rehearsal", account: handle.account, recipient: (await made.clinic.send({ ...checkUp, to: GROUP })).handle.recipient, messageId: JSON.parse('"THEIRS"'), createdBy: "other", details: handle.details });
  made.vendor.requests.length = 0;
  return { ...made, handle: theirs };
}

describe("updating an invitation", () => {
  it("sends the whole details, with the changes merged in, to the account that invited", async () => {
    const { clinic, vendor, handle, tenants } = await invited();
    tenants.clinic = "b";
    const sent = await clinic.update(handle, { ...later, location: null });
    expect(vendor.requests[1]).toMatchObject({ operation: "update", account: "a", input: { target: { messages: [{ id: "M1" }] }, details: { title: "Check-up", description: "Bring papers", startsAt: "2026-12-01T17:00:00Z" } } });
    expect(sent.handle).toMatchObject({ revision: 2, details: { description: "Bring papers" }, messages: [{ id: "M1" }, { id: "M2", role: "update" }] });
    expect(sent.handle.details).not.toHaveProperty("location");
  });

  it("twice with the same changes is one request; two different edits of one stale handle conflict", async () => {
    const { clinic, vendor, handle } = await invited();
    const [one, two] = await Promise.all([clinic.update(handle, later), clinic.update(handle, later)]);
    expect(one.handle).toEqual(two.handle);
    expect((await clinic.update(handle, later)).handle).toEqual(one.handle);
    expect(await ending(clinic.update(handle, { title: "Other" }))).toBe("CONFLICT not-sent");
    expect(await ending(clinic.update(one.handle, { title: "Other" }))).toBe("resolved");
    expect(vendor.requests).toHaveLength(3);
  });

  it("that was refused may be made again, corrected; one of unknown outcome is never repeated", async () => {
    const { clinic, vendor, handle } = await invited();
    vendor.next.push(refuses(), doubts(false));
    expect(await ending(clinic.update(handle, later))).toBe("REFUSED not-sent");
    expect(await ending(clinic.update(handle, { title: "Other" }))).toBe("TIMEOUT unknown");
    expect(await ending(clinic.update(handle, { title: "Other" }))).toBe("TIMEOUT unknown");
    expect(vendor.requests).toHaveLength(3);
  });

  it("that takes a field away is refused before any request where the account keeps what was written, and nothing else is", async () => {
    const made = bench();
    made.vendor.probe = async () => ({ status: "ready", reason: "", self: {}, capabilities: { "field.clear": absent } });
    const { handle } = await made.clinic.send({ ...checkUp, description: "Bring papers" });
    expect(await ending(made.clinic.update(handle, { ...later, description: null }))).toBe("UNSUPPORTED not-sent");
    expect(made.vendor.requests).toHaveLength(1);
    const edited = await made.clinic.update(handle, { ...later, description: "Bring nothing" });
    expect(await ending(made.clinic.cancel(edited.handle))).toBe("resolved");
  });

  it("refuses bad changes by path and without a request", async () => {
    const { clinic, vendor, handle } = await invited();
    const update: (given: unknown, changes: unknown) => Promise<unknown> = Object(clinic.update);
    const error: unknown = await update(handle, { title: null, startsAt: 5, endsAt: "2026-12-01T14:00:00Z", colour: 1 }).catch((reason: unknown) => reason);
    expect(isMessagingError(error) && error.issues.map(({ path }) => path).sort()).toEqual(["colour", "startsAt", "title"]);
    for (const changes of [undefined, null, 1, []]) expect(await ending(update(handle, changes))).toBe("INVALID_ARGUMENT not-sent");
    expect(vendor.requests).toHaveLength(1);
  });

  it("of a cancelled invitation is refused, by a handle that knows of it and by one that does not", async () => {
    const { clinic, handle } = await invited();
    const { handle: canceled } = await clinic.cancel(handle);
    expect(await ending(clinic.update(canceled, later))).toBe("INVALID_ARGUMENT not-sent");
    expect(await ending(clinic.update(handle, later))).toBe("CONFLICT not-sent");
  });
});

describe("cancelling an invitation", () => {
  it("counts from the newest edit, so an old handle will do, and a second call changes nothing", async () => {
    const { clinic, vendor, handle } = await invited();
    const edited = await clinic.update(handle, { title: "Edited" });
    const first = await clinic.cancel(handle);
    expect(vendor.requests[2]).toMatchObject({ operation: "cancel", input: { details: { title: "Edited" }, target: { messages: [{ id: "M1" }, { id: "M2" }] } } });
    expect(first.handle).toMatchObject({ revision: 3, canceled: true });
    for (const again of [handle, edited.handle, first.handle]) expect((await clinic.cancel(again)).handle).toEqual(first.handle);
    expect(vendor.requests).toHaveLength(3);
  });

  it("that was refused may be repeated; one of unknown outcome may not", async () => {
    const { clinic, vendor, handle } = await invited();
    vendor.next.push(refuses(), doubts(true));
    expect(await ending(clinic.cancel(handle))).toBe("REFUSED not-sent");
    expect(await ending(clinic.cancel(handle))).toBe("TIMEOUT unknown");
    expect(await ending(clinic.cancel(handle))).toBe("TIMEOUT unknown");
    expect(vendor.requests).toHaveLength(3);
  });

  it("cancels the card of its handle, not another that was sent anew under the same key", async () => {
    const { clinic, vendor, handle } = await invited();
    const second = await clinic.send({ ...checkUp, revision: 2, title: "Second card" });
    await clinic.cancel(handle);
    expect(vendor.requests[2]).toMatchObject({ operation: "cancel", input: { target: { messages: [{ id: "M1" }] }, details: { title: "Check-up" } } });
    await clinic.cancel(second.handle);
    expect(vendor.requests[3]).toMatchObject({ operation: "cancel", input: { target: { messages: [{ id: "M2" }] }, details: { title: "Second card" } } });
  });

  it("goes out with what the account can say of it: a field that it cannot show is no reason to keep guests waiting", async () => {
    const vendor = new FakeVendor();
    const made = bench({ providers: [vendor.definition()], policy: { forms: ["native"] } });
    const { handle } = await made.clinic.send({ ...checkUp, location: "North" });
    vendor.probe = async () => ({ status: "ready", reason: "", self: {}, capabilities: { "field.location": absent } });
    made.clock.ms += 31_000;
    expect(await ending(made.clinic.update(handle, later))).toBe("UNSUPPORTED not-sent");
    expect(await ending(made.clinic.cancel(handle))).toBe("resolved");
    expect(vendor.requests[1]?.input).not.toHaveProperty("details.location");
  });

  it("works when the book has forgotten the invitation: the handle is enough", async () => {
    const { handle } = await invited();
    const { clinic, vendor } = bench();
    expect((await clinic.cancel(handle)).handle).toMatchObject({ revision: 2, canceled: true });
    expect(vendor.requests).toHaveLength(1);
  });
});

describe("answering an event", () => {
  it("of a member goes to the account that saw it; the same answer again is one request, a change of mind another", async () => {
    const { clinic, vendor, handle } = await adopted();
    const one = await clinic.respond(handle, "GOING");
    expect(await clinic.respond(handle, "GOING")).toEqual({ handle: one.handle, stage: one.stage });
    await clinic.respond(handle, "NOT_GOING");
    await clinic.respond(one.handle, "GOING");
    expect(vendor.requests.map(({ input }) => input)).toMatchObject([{ response: "GOING" }, { response: "NOT_GOING" }, { response: "GOING" }]);
  });

  it("of one's own is refused, and so is changing a member's", async () => {
    const own = await invited();
    const theirs = await adopted();
    expect(await ending(own.clinic.respond(own.handle, "GOING"))).toBe("INVALID_ARGUMENT not-sent");
    await expect(own.clinic.respond(own.handle, "GOING")).rejects.toThrow("creator always counts as going");
    expect(await ending(theirs.clinic.update(theirs.handle, later))).toBe("INVALID_ARGUMENT not-sent");
    expect(await ending(theirs.clinic.cancel(theirs.handle))).toBe("INVALID_ARGUMENT not-sent");
    expect([own.vendor.requests.length, theirs.vendor.requests.length]).toEqual([1, 0]);
  });

  it.each(["CLEARED", "going", "YES", "", null, undefined, true, 1, {}])("with %p is refused: it is no answer of one's own", async (response) => {
    const { clinic, handle } = await adopted();
    const respond: (given: unknown, answer: unknown) => Promise<unknown> = Object(clinic.respond);
    expect(await ending(respond(handle, response))).toBe("INVALID_ARGUMENT not-sent");
  });
});

describe("a follow-up that cannot be", () => {
  const calls = (client: ReturnType<typeof bench>["clinic"], handle: InvitationHandle) => [() => client.update(handle, later), () => client.cancel(handle)];

  it("is refused for a handle of another tenant, and nobody is told more", async () => {
    const { messaging, handle, vendor } = await invited();
    for (const call of calls(messaging.forTenant("choir"), handle)) expect(await ending(call())).toBe("INVALID_ARGUMENT not-sent");
    expect(vendor.requests).toHaveLength(1);
  });

  it.each<[string, unknown]>([["nothing", undefined], ["null", null], ["text", "handle"], ["a number", 1], ["an empty object", {}], ["a list", []]])("is refused for a handle that is %s", async (_, given) => {
    const { clinic } = bench();
    const any: Record<"update" | "cancel" | "respond", (handle: unknown, more?: unknown) => Promise<unknown>> = Object(clinic);
    for (const call of [any.update(given, later), any.cancel(given), any.respond(given, "GOING")]) expect(await ending(call)).toBe("INVALID_ARGUMENT not-sent");
  });

  it("is NOT_FOUND when the account has gone, and says to keep it", async () => {
    const { clinic, handle, accounts } = await invited();
    delete accounts.a;
    for (const call of calls(clinic, handle)) expect(await ending(call())).toBe("NOT_FOUND not-sent");
    await expect(clinic.cancel(handle)).rejects.toThrow("Keep accounts that have open events");
  });

  it("is a CONFLICT when another vendor's account has taken the id", async () => {
    const { clinic, handle, accounts, vendor } = await invited();
    accounts.a = { provider: "other", config: { key: "k" } };
    for (const call of calls(clinic, handle)) expect(await ending(call())).toBe("CONFLICT not-sent");
    expect(vendor.requests).toHaveLength(1);
  });

  it("is UNSUPPORTED, with the plan, when the account cannot do it, and when it no longer can", async () => {
    const vendor = new FakeVendor();
    const table: CapabilityTable = { "invitation.update": { direct: absent, group: { ...absent, support: "native" } } };
    const { clinic } = bench({ providers: [vendor.definition("fake", table)] });
    const { handle } = await clinic.send(checkUp);
    await expect(clinic.update(handle, later)).rejects.toMatchObject({ code: "UNSUPPORTED", outcome: "not-sent", plan: { form: "none", lost: [{ code: "invitation.update" }] }, context: { operation: "update" } });
    expect(vendor.requests).toHaveLength(1);
  });

  it("conflicts while another follow-up of the same handle is under way", async () => {
    const { clinic, handle, vendor } = await invited();
    const slow = held();
    vendor.next.push(slow.behaviour);
    const first = clinic.update(handle, later);
    await slow.reached;
    expect(await ending(clinic.update(handle, { title: "Other" }))).toBe("CONFLICT not-sent");
    slow.letGo();
    expect(await ending(first)).toBe("resolved");
  });
});
