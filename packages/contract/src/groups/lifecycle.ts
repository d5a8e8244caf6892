import { accountId, fromEpochMs, type HttpClient } from "@event-messaging/core/driver";
import { anySending } from "../any-sending.js";
import { demand, endingOf, settledWithin } from "../demand.js";
import type { Group } from "../suite-case.js";
import { timersLeftBy } from "../watched-timers.js";

/** Answers every request at once with a 500, so that no timer but the provider's own can be at work. */
const instantly: HttpClient = { request: async () => ({ status: 500, headers: new Map(), json: {} }), close: async () => {} };

export const lifecycle: Group = {
  name: "lifecycle",
  about: "Core opens accounts when they are needed and closes them when a configuration changes, at any time, while others go on. An account leaves nothing behind, and what it borrowed it does not close.",
  cases: [
    {
      name: "an account closes, any number of times and at once, and never with an error",
      run: async (bench) => {
        const provider = bench.open();
        await provider.probe(bench.call());
        const ending = await settledWithin(3000, Promise.all([provider.close(), provider.close()]).then(() => provider.close()), "close()");
        demand(ending.resolved, "close() rejected");
      },
    },
    {
      name: "an account that was never used closes",
      run: async (bench) => {
        demand((await settledWithin(3000, bench.open().close(), "close()")).resolved, "close() rejected");
      },
    },
    {
      name: "the shared HTTP client stays open",
      run: async (bench) => {
        const provider = bench.open();
        await provider.probe(bench.call());
        await provider.close();
        demand(bench.http.closed() === 0, `the account closed the client that it only borrows`);
        demand((await bench.open().probe(bench.call())).status === "ready", "the next account cannot be probed");
      },
    },
    {
      name: "no timer is left behind",
      run: async (bench) => {
        const left = await timersLeftBy(async () => {
          const provider = bench.definition.open(bench.vendor.config, { account: accountId("timers"), http: instantly, learned: {}, now: () => fromEpochMs(Date.now()) });
          await endingOf(provider.probe(bench.call()));
          const [audience] = bench.audiencesOf("text.send");
          if (audience !== undefined) await endingOf(bench.do("sendText", { to: bench.recipient(audience), text: "Tick" }, bench.call(), provider));
          await provider.close();
        });
        demand(left === 0, `${left} timers are still waiting after close()`);
      },
    },
    {
      name: "an account that is opened again works like the first", needsAnySending: true,
      run: async (bench) => {
        const first = bench.open();
        await first.probe(bench.call());
        await first.close();
        const again = await endingOf(anySending(bench).send());
        demand(again.resolved, "a call on the account that was opened again rejected");
      },
    },
    {
      name: "an account that is opened beside another of the same configuration does not disturb it", needsAnySending: true,
      run: async (bench) => {
        const standing = bench.provider;
        const beside = bench.open();
        await beside.probe(bench.call());
        await beside.close();
        demand((await standing.probe(bench.call())).status === "ready", "the standing account is no longer ready");
        demand((await endingOf(anySending(bench).send())).resolved, "a call on the standing account rejected");
      },
    },
  ],
};
