import { codesOf, isLid, isPhone, supportOf, type CapabilityCode, type Probe, type Support } from "@event-messaging/core/driver";
import { demand, demandEqual, endingOf, settledWithin, show } from "../demand.js";
import { demandNoLeak } from "../leaks.js";
import type { Bench } from "../bench.js";
import type { Group } from "../suite-case.js";
import { AUDIENCES } from "../vendor-under-test.js";

const RANK: Readonly<Record<Support, number>> = { native: 3, emulated: 2, unknown: 1, absent: 0 };

async function probed(bench: Bench, config?: object): Promise<Probe> {
  const ending = await endingOf(bench.open(config ?? bench.vendor.config).probe(bench.call()));
  demand(ending.resolved, "probe() rejected");
  return ending.value;
}

const entries = ({ capabilities }: Probe) => codesOf(capabilities).flatMap((code) => AUDIENCES.map((audience) => ({ code, audience, entry: supportOf(capabilities, code, audience) })));
const listed = (found: readonly { readonly code: CapabilityCode; readonly audience: string }[]) => found.map(({ code, audience }) => `${code} (${audience})`).join(", ");

export const probing: Group = {
  name: "probe and capabilities",
  about: "A probe says what holds for one account now: whether it is ready and why not, its own ids, and which capabilities its engine, version and settings take away. Core probes often, so a probe only reads, and it answers rather than throws when an account is in trouble.",
  cases: [
    {
      name: "an account that works is ready, and there is nothing to explain",
      run: async (bench) => {
        const { status, reason } = await probed(bench);
        demand(status === "ready", `the status is ${status}: ${reason}`);
        demand(reason === "", `it is ready and gives the reason ${show(reason)}`);
      },
    },
    {
      name: "probing any number of times changes nothing at the vendor",
      run: async (bench) => {
        const watch = await bench.watch();
        const seen = [];
        for (let times = 0; times < 5; times += 1) seen.push(await bench.provider.probe(bench.call()));
        const acts = await watch.acts();
        demand(acts.length === 0, `the vendor did: ${acts.map(({ operation }) => operation).join(", ")}`);
        for (const each of seen) demandEqual(each, seen[0], "a later probe");
      },
    },
    {
      name: "probes at the same time do not disturb one another",
      run: async (bench) => {
        const seen = await Promise.all(Array.from({ length: 10 }, () => bench.provider.probe(bench.call())));
        for (const each of seen) demandEqual(each, seen[0], "one of ten probes at once");
      },
    },
    {
      name: "a probe claims nothing beyond the definition",
      run: async (bench) => {
        const { capabilities } = bench.definition;
        const more = entries(await probed(bench)).filter(({ code, audience, entry }) => RANK[entry.support] > RANK[supportOf(capabilities, code, audience).support]);
        demand(more.length === 0, `claimed beyond it: ${listed(more)}`);
      },
    },
    {
      name: "what a probe takes away it explains",
      run: async (bench) => {
        const silent = entries(await probed(bench)).filter(({ entry }) => !(entry.support in RANK) || ((entry.support === "absent" || entry.support === "unknown") && entry.why.trim() === ""));
        demand(silent.length === 0, `without a word: ${listed(silent)}`);
      },
    },
    {
      name: "the account knows its own id, in the canonical spelling",
      run: async (bench) => {
        const { self } = await probed(bench);
        demand(self.phone !== undefined || self.lid !== undefined, "the probe shows neither a number nor a LID");
        demand((self.phone === undefined || isPhone(self.phone)) && (self.lid === undefined || isLid(self.lid)), `the ids are ${show(self)}`);
      },
    },
    {
      name: "an account that cannot send says so and why, and is ready again afterwards",
      run: async (bench) => {
        await bench.vendor.setReady(false);
        const { status, reason } = await probed(bench);
        demand(status === "not-ready", `an account that is not connected is ${status}`);
        demand(reason.trim() !== "", "there is no reason");
        await bench.vendor.setReady(true);
        const again = await probed(bench);
        demand(again.status === "ready", `connected again, it is ${again.status}: ${again.reason}`);
      },
    },
    {
      name: "wrong credentials are a status, not an error",
      run: async (bench) => {
        const { status, reason } = await probed(bench, bench.vendor.wrongConfig);
        demand(status !== "ready", "an account with wrong credentials is ready");
        demand(reason.trim() !== "", "there is no reason");
      },
    },
    {
      name: "an inspection of the account's settings only reads, says the same again, and shows no credential",
      run: async (bench) => {
        if (bench.provider.inspect === undefined) return;
        const watch = await bench.watch();
        const findings = await bench.provider.inspect(bench.call());
        demandEqual(await bench.provider.inspect(bench.call()), findings, "a second inspection");
        demand((await watch.acts()).length === 0, "the vendor acted");
        demandNoLeak(findings, bench.vendor.secrets, "the inspection");
      },
    },
    {
      name: "a probe whose caller has gone ends soon, in words or in a MessagingError that says nothing was sent",
      run: async (bench) => {
        const ending = await settledWithin(3000, bench.provider.probe(bench.call(AbortSignal.abort())), "a probe whose signal had ended before");
        demand(ending.resolved ? ending.value.status !== "ready" : ending.ours?.outcome === "not-sent", ending.resolved ? "it resolved as ready" : "it rejected otherwise");
      },
    },
  ],
};
