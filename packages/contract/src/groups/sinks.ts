import type { InvitationHandle, Messaging, Telemetry } from "@event-messaging/core";
import type { CapabilityCode, WebhookRequest } from "@event-messaging/core/driver";
import { inspect } from "node:util";
import type { Bench } from "../bench.js";
import { demand, endingOf } from "../demand.js";
import { post } from "../deliver.js";
import { demandNoLeak } from "../leaks.js";
import { quickLayers } from "../quick-layers.js";
import { plain } from "../sample.js";
import type { Group } from "../suite-case.js";
import { FAULTS } from "../vendor-under-test.js";
import { under } from "./faults.js";

const CONSOLE = ["log", "info", "warn", "error", "debug", "trace", "dir"] as const;

/** All that left the library in one case, as text, by the place where it would be read. */
class Sinks {
  readonly #texts = new Map<string, string[]>();

  /** Notes a value in every form in which it is printed. Never fails. */
  note(sink: string, ...values: readonly unknown[]): void {
    const texts = this.#texts.get(sink) ?? [];
    this.#texts.set(sink, texts);
    for (const value of values) texts.push(inspect(value, { depth: Infinity, showHidden: true, maxStringLength: Infinity, maxArrayLength: Infinity }), jsonOf(value));
  }

  /** Of the secrets of both accounts, in any sink. */
  demandClean({ vendor }: Bench): void {
    demand(this.#texts.has("telemetry") && this.#texts.has("result"), "nothing was noted");
    for (const [sink, texts] of this.#texts) demandNoLeak(texts.join("\n"), [...vendor.secrets, ...vendor.second.secrets], `the sink "${sink}"`);
  }

  /** Ports of a tracer, a meter and a logger that note what they are given. */
  telemetry(): Telemetry {
    const note = (...values: readonly unknown[]) => this.note("telemetry", ...values);
    return {
      tracer: { startActiveSpan: (name, options, run) => {
        note(name, options);
        return run({ setAttributes: (attributes) => note(attributes), setStatus: (status) => note(status), end: () => {} });
      } },
      meter: { createCounter: () => ({ add: (_value, attributes) => note(attributes) }), createHistogram: () => ({ record: (_value, attributes) => note(attributes) }) },
      logger: { debug: note, info: note, warn: note, error: note },
    };
  }
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    // A circular value has no JSON.
    return "";
  }
}

/** Runs work on a messaging object with everything connected that prints, then searches what was printed. */
async function demandSilent(bench: Bench, work: (messaging: Messaging, sinks: Sinks) => Promise<void>): Promise<void> {
  const sinks = new Sinks();
  const kept = CONSOLE.map((name) => [name, console[name]] as const);
  for (const name of CONSOLE) console[name] = (...values: readonly unknown[]) => sinks.note("console", ...values);
  try {
    const messaging = bench.messaging({ telemetry: sinks.telemetry(), layers: quickLayers() });
    await work(messaging, sinks);
    sinks.note("counts", messaging.counts(), messaging.health(), await messaging.unresolved());
  } finally {
    for (const [name, write] of kept) console[name] = write;
  }
  sinks.demandClean(bench);
}

async function noted(sinks: Sinks, call: Promise<unknown>): Promise<void> {
  const ending = await endingOf(call);
  sinks.note(ending.resolved ? "result" : "error", ending.resolved ? ending.value : ending.error);
}

/** The same delivery behind a proof that does not count. */
function forged(delivery: WebhookRequest): readonly WebhookRequest[] {
  const wrong = new Map([...delivery.headers].map(([name, value]) => [name, name === "content-type" ? value : `${value}0`]));
  return [{ ...delivery, tail: [], headers: new Map() }, { ...delivery, tail: delivery.tail.map(() => "not-the-secret"), headers: wrong }, { ...delivery, body: new TextEncoder().encode("{\"forged\":true}") }];
}

async function underEveryFault(bench: Bench, code: CapabilityCode, work: (messaging: Messaging, handle: InvitationHandle, signal?: AbortSignal) => Promise<unknown>): Promise<void> {
  const [audience] = bench.audiencesOf(code);
  const to = bench.recipient(audience ?? "group");
  for (const kind of FAULTS) {
    await demandSilent(bench, async (messaging, sinks) => {
      const { handle } = await messaging.forTenant("first").send({ key: kind, to, ...plain(`Seen under ${kind}`) });
      sinks.note("result", handle);
      const ending = await under(bench, kind, (signal) => work(messaging, handle, signal));
      sinks.note(ending.resolved ? "result" : "error", ending.resolved ? ending.value : ending.error);
    });
  }
}

export const sinks: Group = {
  name: "sinks",
  about: "Behind createMessaging with a tracer, a meter, a logger and a console that listen: no credential of either account arrives anywhere, in no depth of an error and in no form of printing, when all is well and under every fault.",
  cases: [
    {
      name: "when all is well, no credential shows in a result, a count, a span, a log or the console", needs: ["invitation.send"],
      run: (bench) => demandSilent(bench, async (messaging, all) => {
        const input = { key: "well", to: bench.someone("invitation.send"), ...plain("All is well") };
        await noted(all, messaging.account(bench.account).probe());
        await noted(all, messaging.account(bench.account).check());
        await noted(all, messaging.forTenant("first").plan(input));
        await noted(all, messaging.forTenant("first").send(input));
        await noted(all, messaging.forTenant("first").find("well"));
      }),
    },
    {
      name: "under every fault, no credential shows when an invitation is sent", needs: ["invitation.send"],
      run: (bench) => underEveryFault(bench, "invitation.send", (messaging, { key, recipient }, signal) => messaging.forTenant("first").send({ key: `${key}-again`, to: recipient, ...plain(`Sent under ${key}`) }, { signal })),
    },
    {
      name: "under every fault, no credential shows when an invitation is edited", needs: ["invitation.send", "invitation.update"],
      run: (bench) => underEveryFault(bench, "invitation.update", (messaging, handle, signal) => messaging.forTenant("first").update(handle, { title: "Edited" }, { signal })),
    },
    {
      name: "under every fault, no credential shows when an invitation is canceled", needs: ["invitation.send", "invitation.cancel"],
      run: (bench) => underEveryFault(bench, "invitation.cancel", (messaging, handle, signal) => messaging.forTenant("first").cancel(handle, { signal })),
    },
    {
      name: "no credential shows in what becomes of deliveries, whether they are taken or refused", needs: ["invitation.send"],
      run: (bench) => demandSilent(bench, async (messaging, all) => {
        for (const type of ["rsvp", "account.status"] as const) messaging.on(type, (event) => all.note("event", event));
        const [by] = bench.vendor.people;
        const chat = bench.someone("invitation.send");
        const { messageId: target } = await bench.made(() => messaging.forTenant("first").send({ key: "asked", to: chat, ...plain("Please answer") }));
        const answered = bench.audiencesOf("rsvp.receive").length > 0 ? await bench.vendor.script({ type: "rsvp", response: "GOING", chat, by, target }) : [];
        const deliveries = [...answered, ...await bench.vendor.script({ type: "status", ready: true }), ...await bench.vendor.script({ type: "noise" })];
        for (const delivery of deliveries.flatMap((each) => [each, ...forged(each)])) all.note("answer to a delivery", await post(bench, messaging, delivery));
        await messaging.idle();
        await noted(all, messaging.forTenant("first").history("asked"));
      }),
    },
  ],
};
