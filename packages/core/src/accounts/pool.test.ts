import { describe, expect, it } from "@jest/globals";
import { defineProvider } from "../driver/define-provider.js";
import type { Call } from "../driver/operations.js";
import type { Probe, ProviderDefinition } from "../driver/provider.js";
import { isMessagingError } from "../error/messaging-error.js";
import { memoryBook } from "../store/memory-book.js";
import { createAccountPool, type AccountPool } from "./pool.js";

const call: Call = { signal: new AbortController().signal, callId: "c", attempt: 1 };
const http = { request: () => Promise.reject(new Error("no HTTP here")), close: async () => {} };
const record = (revision: string | number, config: unknown = { name: String(revision) }) => ({ id: "acc", provider: "acme", config, revision });
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

interface Fixture { readonly pool: AccountPool; readonly opened: string[]; readonly closed: string[]; probe: () => Promise<Probe>; now: number }

function fixture(overrides: { readonly providers?: (definition: ProviderDefinition) => readonly ProviderDefinition[]; readonly learned?: () => Promise<Readonly<Record<string, string>>> } = {}): Fixture {
  const opened: string[] = [];
  const closed: string[] = [];
  const state = { probe: async (): Promise<Probe> => ({ status: "ready", reason: "", self: {}, capabilities: {} }), now: Date.UTC(2026, 10, 1) };
  const definition = defineProvider({
    name: "acme", capabilities: { "rsvp.receive": { support: "native", why: "It does.", source: "test" } }, recipientFromVendor: () => undefined,
    configSchema: { type: "object", properties: { name: { type: "string", format: "path-segment" } }, required: ["name"], additionalProperties: false },
    open: ({ name }: { readonly name: string }, { learned }) => {
      opened.push(learned.dialect === undefined ? name : `${name}:${learned.dialect}`);
      return {
        webhook: { authenticate: () => ({ ok: false, reason: "x" }) as const, parse: () => ({ kind: "ignored", reason: "x" }) as const },
        probe: () => state.probe(), close: async () => void closed.push(name),
      };
    },
  });
  const book = memoryBook();
  const pool = createAccountPool({ providers: overrides.providers?.(definition) ?? [definition], http, book: { ...book, learned: overrides.learned ?? book.learned }, now: () => new Date(state.now) });
  return Object.assign(state, { pool, opened, closed });
}

const code = (promise: Promise<unknown>) => promise.then(() => "resolved", (error: unknown) => (isMessagingError(error) ? error.code : `foreign: ${String(error)}`));

describe("the pool of open accounts", () => {
  it("opens once for concurrent callers and keeps the account open between them", async () => {
    const { pool, opened, closed } = fixture();
    const leases = await Promise.all([pool.use(record(1)), pool.use(record(1)), pool.use(record(1))]);
    for (const lease of leases) lease.release();
    (await pool.use(record(1))).release();
    expect([opened, closed]).toEqual([["1"], []]);
  });

  it("keeps a running call on the old account when the revision changes, and closes that account exactly once, afterwards", async () => {
    const { pool, opened, closed } = fixture();
    const running = await Promise.all([pool.use(record("a")), pool.use(record("a"))]);
    const next = await pool.use(record("b"));
    expect(next.provider).not.toBe(running[0].provider);
    await settled();
    expect(closed).toEqual([]);
    running[0].release();
    running[0].release();
    await settled();
    expect(closed).toEqual([]);
    running[1].release();
    await settled();
    expect([opened, closed]).toEqual([["a", "b"], ["a"]]);
    next.release();
    await pool.close();
    expect(closed).toEqual(["a", "b"]);
  });

  it("does not take a good account away for a bad new configuration", async () => {
    const { pool, opened, closed } = fixture();
    (await pool.use(record("good"))).release();
    expect(await code(pool.use(record("bad", { name: ".." })))).toBe("CONFIG_INVALID");
    (await pool.use(record("good"))).release();
    expect([opened, closed]).toEqual([["good"], []]);
  });

  it("forgets a failed opening, so that a corrected configuration under the same revision works", async () => {
    const { pool, opened } = fixture();
    expect(await code(pool.use(record(1, {})))).toBe("CONFIG_INVALID");
    (await pool.use(record(1, { name: "fixed" }))).release();
    expect(opened).toEqual(["fixed"]);
  });

  it.each([
    ["good, bad, good", ["a", "..", "c"]], ["good, bad, bad, good", ["a", "..", "../", "d"]], ["all good", ["a", "b", "c", "d"]], ["good, bad", ["a", ".."]], ["bad, good, bad", ["..", "b", "../"]],
  ])("closes every account that it opened exactly once, with revisions that change while others open: %s", async (_, names) => {
    const { pool, opened, closed } = fixture();
    const uses = names.map((name) => pool.use(record(name, { name })).then((lease) => lease.release(), () => undefined));
    await Promise.all(uses);
    const [last] = names.filter((name) => !name.startsWith(".")).slice(-1);
    (await pool.use(record(String(last), { name: String(last) }))).release();
    await settled();
    expect([...opened].filter((name) => !closed.includes(name))).toEqual([last]);
    await pool.close();
    expect([...closed].sort()).toEqual([...opened].sort());
  });

  it("remembers no failed opening that happened while another revision was opening", async () => {
    const { pool } = fixture();
    (await pool.use(record("a"))).release();
    const [b, c] = await Promise.all([code(pool.use(record("b", { name: ".." }))), code(pool.use(record("c", { name: ".." })))]);
    expect([b, c]).toEqual(["CONFIG_INVALID", "CONFIG_INVALID"]);
    (await pool.use(record("b", { name: "b" }))).release();
    await pool.close();
  });

  it("opens anew with what the account taught, and lets running calls keep the old one", async () => {
    let dialect = {};
    const { pool, opened, closed } = fixture({ learned: async () => dialect });
    const running = await pool.use(record(1));
    dialect = { dialect: "zero-offset" };
    pool.reopen("acc");
    pool.reopen("acc");
    pool.reopen("nobody");
    (await pool.use(record(1))).release();
    expect([opened, closed]).toEqual([["1", "1:zero-offset"], []]);
    running.release();
    await settled();
    expect(closed).toEqual(["1"]);
  });

  it("closes what is behind an account that is reopened while it opens", async () => {
    const { pool, opened, closed } = fixture();
    (await pool.use(record("a"))).release();
    const opening = pool.use(record("b")).then((lease) => lease.release());
    pool.reopen("acc");
    await opening;
    await pool.close();
    expect([...closed].sort()).toEqual([...opened].sort());
  });

  it("refuses after close with STOPPED, also a use that was on its way, and waits for running calls", async () => {
    const { pool, closed } = fixture();
    const running = await pool.use(record(1));
    const onItsWay = code(pool.use({ ...record(1), id: "other" }).then((lease) => lease.release()));
    let ended = false;
    const closing = pool.close().then(() => void (ended = true));
    expect(await onItsWay).toMatch(/STOPPED|resolved/);
    await settled();
    expect(ended).toBe(false);
    running.release();
    await pool.close();
    await closing;
    expect(await code(pool.use(record(1)))).toBe("STOPPED");
    expect(closed).toContain("1");
  });

  it.each<[string, (definition: ProviderDefinition) => readonly ProviderDefinition[], string]>([
    ["a provider that is not loaded", () => [], "CONFIG_INVALID"],
    ["a definition whose open throws something foreign", (definition) => [{ ...definition, open: () => { throw new TypeError("https://host/canary"); } }], "CONFIG_INVALID"],
  ])("refuses %s with a typed error that quotes nothing", async (_, providers, expected) => {
    const { pool } = fixture({ providers });
    const error: unknown = await pool.use(record(1)).catch((reason: unknown) => reason);
    expect(isMessagingError(error) && error.code).toBe(expected);
    expect(String(error)).not.toContain("canary");
  });

  it("refuses an account whose id could not stand in a path or a record", async () => {
    const { pool } = fixture();
    expect(await code(pool.use({ ...record(1), id: "a b" }))).toBe("CONFIG_INVALID");
  });

  it("shares one probe among concurrent callers, remembers it for half a minute, and asks anew on demand", async () => {
    const state = fixture();
    let asked = 0;
    state.probe = async () => ({ status: "ready", reason: `${++asked}`, self: {}, capabilities: { "invitation.send": { support: "native", why: "x", source: "probe" } } });
    const lease = await state.pool.use(record(1));
    await Promise.all([lease.probe(call), lease.probe(call)]);
    expect(asked).toBe(1);
    state.now += 29_999;
    expect((await lease.probe(call)).reason).toBe("1");
    state.now += 1;
    expect((await lease.probe(call)).reason).toBe("2");
    expect((await lease.probe(call, 0)).reason).toBe("3");
    lease.forgetProbe();
    const probe = await lease.probe(call);
    expect([probe.reason, Object.keys(probe.capabilities)]).toEqual(["4", ["rsvp.receive"]]); // never more than the definition
  });

  it.each<[string, () => Promise<Probe>]>([
    ["rejects", () => Promise.reject(new Error("https://host/canary"))], ["throws", () => { throw new Error("canary"); }],
    ["resolves with nothing", () => Promise.resolve(JSON.parse("null"))], ["resolves without capabilities", () => Promise.resolve(JSON.parse('{"status":"ready","reason":""}'))],
  ])("says of an account whose probe %s that its status is unknown", async (_, probe) => {
    const state = fixture();
    state.probe = probe;
    const seen = await (await state.pool.use(record(1))).probe(call);
    expect(seen.status).toBe("unknown");
    expect(JSON.stringify(seen)).not.toContain("canary");
  });
});
