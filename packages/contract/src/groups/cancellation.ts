import { anySending } from "../any-sending.js";
import { demand, endingOf, isPending, rejected, settledWithin } from "../demand.js";
import { untilAsked } from "../bench.js";
import { plain } from "../sample.js";
import type { Group } from "../suite-case.js";

export const cancellation: Group = {
  name: "cancellation and deadlines",
  about: "The caller's signal ends every wait. Ended before anything was requested, nothing was sent, and that is proved; ended later, nobody knows.",
  cases: [
    {
      name: "a call that ended before it began asks nothing, and is not-sent", needsAnySending: true,
      run: async (bench) => {
        const watch = await bench.watch();
        const ending = await settledWithin(3000, anySending(bench).send(bench.call(AbortSignal.abort())), "a call whose signal had ended before");
        demand(!ending.resolved, "it resolved");
        demand(ending.outcome === "not-sent", `the outcome is ${ending.outcome}`);
        demand((await watch.requests()) === 0, "the vendor was asked");
      },
    },
    {
      name: "a search that ended before it began asks nothing", needs: ["message.find"],
      run: async (bench) => {
        const watch = await bench.watch();
        const { startsAt } = plain();
        const ending = await settledWithin(3000, bench.do("findSent", { to: bench.someone("message.find"), details: plain(), since: startsAt }, bench.call(AbortSignal.abort())), "a search whose signal had ended before");
        demand(!ending.resolved && ending.outcome === "not-sent", "it did not reject as not-sent");
        demand((await watch.requests()) === 0, "the vendor was asked");
      },
    },
    {
      name: "a call that the caller ends while it waits ends at once, as CANCELED and unknown", needsAnySending: true,
      run: async (bench) => {
        const gone = new AbortController();
        const watch = await bench.watch();
        await bench.vendor.failNext("hang");
        const sending = endingOf(anySending(bench).send(bench.call(gone.signal)));
        await untilAsked(watch, false, sending);
        gone.abort();
        const settled = await settledWithin(1500, sending, "a call whose caller has gone");
        demand(settled.resolved && !settled.value.resolved, "it resolved");
        const { outcome, ours } = settled.value;
        demand(outcome === "unknown", `the outcome is ${outcome}, though the request was out`);
        demand(ours === undefined || ours.code === "CANCELED", `the code is ${ours?.code ?? ""}`);
      },
    },
    {
      name: "a call whose deadline passes ends at once, as TIMEOUT and unknown", needsAnySending: true,
      run: async (bench) => {
        const late = new AbortController();
        const watch = await bench.watch();
        await bench.vendor.failNext("act-then-hang");
        const sending = endingOf(anySending(bench).send(bench.call(late.signal)));
        await untilAsked(watch, true, sending);
        late.abort(new DOMException("the deadline of the call is over", "TimeoutError"));
        const settled = await settledWithin(1500, sending, "a call whose deadline has passed");
        demand(settled.resolved && !settled.value.resolved, "it resolved");
        const { outcome, ours } = settled.value;
        demand(outcome === "unknown", `the outcome is ${outcome}, though the vendor acted`);
        demand(ours === undefined || ours.code === "TIMEOUT", `the code is ${ours?.code ?? ""}`);
      },
    },
    {
      name: "a signal that ends after the answer changes nothing", needsAnySending: true,
      run: async (bench) => {
        const gone = new AbortController();
        const { send } = anySending(bench);
        await send(bench.call(gone.signal));
        gone.abort();
        const ending = await endingOf(send());
        demand(ending.resolved, "the next call rejected");
      },
    },
    {
      name: "one call that is ended leaves its neighbours alone", needsAnySending: true,
      run: async (bench) => {
        const gone = new AbortController();
        const { send } = anySending(bench);
        const watch = await bench.watch();
        await bench.vendor.failNext("hang");
        const ended = endingOf(send(bench.call(gone.signal)));
        await untilAsked(watch, false, ended);
        const neighbour = endingOf(send());
        gone.abort();
        demand((await neighbour).resolved, "a neighbour was ended as well");
        await isPending(1000, ended);
      },
    },
    {
      name: "through createMessaging a deadline is kept, and the invitation stays unknown", needs: ["invitation.send"],
      run: async (bench) => {
        const clinic = bench.tenant();
        const input = { key: "late", to: bench.someone("invitation.send"), ...plain("Too late") };
        await clinic.plan(input);
        const watch = await bench.watch();
        await bench.vendor.failNext("act-then-hang");
        const settled = await settledWithin(5000, rejected(clinic.send(input, { deadlineMs: 60 }), "send()"), "a send with a deadline of 60 ms");
        demand(settled.resolved, "it rejected with something else than a MessagingError");
        const acted = (await watch.acts()).length > 0;
        demand(settled.value.outcome === "unknown" || !acted, `the vendor acted, and the outcome is ${settled.value.outcome}`);
      },
    },
  ],
};
