import type { ErrorCode, Outcome } from "@event-messaging/core/driver";
import { anySending } from "../any-sending.js";
import { targetOf, untilAsked, type Bench } from "../bench.js";
import { demand, endingOf, nameOf, rejected, settledWithin, type Ending } from "../demand.js";
import { plain } from "../sample.js";
import type { Group, SuiteCase } from "../suite-case.js";
import { FAULTS, VENDOR_WORDS, type Fault } from "../vendor-under-test.js";

/** Runs one send under a fault. Where no answer will ever come, the deadline passes as soon as the vendor has done what the fault lets it do. */
export async function under<T>(bench: Bench, fault: Fault, send: (signal: AbortSignal) => Promise<T>): Promise<Ending<T>> {
  const deadline = new AbortController();
  const watch = await bench.watch();
  await bench.vendor.failNext(fault);
  const sending = endingOf(send(deadline.signal));
  if (fault.endsWith("hang")) {
    await untilAsked(watch, fault === "act-then-hang", sending);
    deadline.abort(new DOMException("the deadline of the call is over", "TimeoutError"));
  }
  const settled = await settledWithin(3000, sending, `a call under the fault ${fault}`);
  demand(settled.resolved, "an ending cannot reject");
  return settled.value;
}

interface Expected {
  readonly outcome?: Outcome;
  readonly codes?: readonly ErrorCode[];
  readonly acts: number;
}

const fault = (name: string, kind: Fault, expected: Expected): SuiteCase => ({
  name, needsAnySending: true,
  run: async (bench) => {
    const { send } = anySending(bench);
    const watch = await bench.watch();
    const ending = await under(bench, kind, (signal) => send(bench.call(signal)));
    const acts = (await watch.acts()).length;
    const did = `the vendor ${acts === 0 ? "did nothing" : "did what was asked"}`;
    demand(!ending.resolved, `${did}, its answer proved nothing (${kind}), and the call resolved as accepted`);
    if (expected.outcome !== undefined) demand(ending.outcome === expected.outcome, `${did}, and the outcome is ${ending.outcome} instead of ${expected.outcome}`);
    if (expected.codes !== undefined && ending.ours !== undefined) demand(expected.codes.includes(ending.ours.code), `the code is ${ending.ours.code} instead of ${expected.codes.join(" or ")}`);
  },
});

export const faults: Group = {
  name: "faults",
  about: "A sending call resolves only when the vendor accepted: a 2xx and a message id. Otherwise it says what was proved: not-sent where the vendor is known to have done nothing, unknown everywhere else. Only not-sent may ever be tried again, so a guess here sends an invitation twice, or never.",
  cases: [
    fault("a refusal that the vendor documents is not-sent", "refuse", { outcome: "not-sent", acts: 0 }),
    fault("refused credentials are not-sent, and named as what they are", "unauthorized", { outcome: "not-sent", codes: ["UNAUTHENTICATED", "PERMISSION_DENIED"], acts: 0 }),
    fault("an account that is not ready is not-sent, and named as what it is", "not-ready", { outcome: "not-sent", codes: ["ACCOUNT_NOT_READY"], acts: 0 }),
    fault("too many requests are named as what they are", "rate-limited", { codes: ["RATE_LIMITED"], acts: 0 }),
    fault("a failure inside the vendor's server is unknown", "server-error", { outcome: "unknown", acts: 0 }),
    fault("a redirect is unknown, never an acceptance", "redirect", { outcome: "unknown", acts: 0 }),
    fault("a connection that breaks before the request was read is never an acceptance", "reset-before-reading", { acts: 0 }),
    fault("an answer that was lost after the vendor acted is unknown", "act-then-reset", { outcome: "unknown", acts: 1 }),
    fault("an answer that never comes is unknown", "act-then-hang", { outcome: "unknown", acts: 1 }),
    fault("an answer that is cut short is unknown", "act-then-cut-body", { outcome: "unknown", acts: 1 }),
    fault("a success that nobody can read is unknown", "act-then-nonsense", { outcome: "unknown", acts: 1 }),
    fault("a success without a message id is unknown", "without-id", { outcome: "unknown", acts: 1 }),
    {
      name: "no fault makes a provider ask twice", needsAnySending: true,
      run: async (bench) => {
        const { send } = anySending(bench);
        for (const kind of FAULTS) {
          const [watch, through] = [await bench.watch(), bench.http.requests.length];
          await under(bench, kind, (signal) => send(bench.call(signal)));
          const handed = bench.http.requests.length - through;
          demand((await watch.requests()) <= 1 && handed <= 1, `under ${kind} the vendor was asked ${Math.max(await watch.requests(), handed)} times`);
          demand((await watch.acts()).length <= 1, `under ${kind} the vendor acted ${(await watch.acts()).length} times`);
        }
      },
    },
    {
      name: "whatever goes wrong, a call rejects with a MessagingError", needsAnySending: true,
      run: async (bench) => {
        const { send } = anySending(bench);
        for (const kind of FAULTS) {
          const ending = await under(bench, kind, (signal) => send(bench.call(signal)));
          demand(ending.resolved || ending.ours !== undefined, ending.resolved ? "" : `under ${kind} it rejected with ${nameOf(ending.error)}`);
        }
      },
    },
    {
      name: "an error says which operation of which provider and account failed, and never in the vendor's words", needsAnySending: true,
      run: async (bench) => {
        const { operation, send } = anySending(bench);
        for (const kind of ["refuse", "vendor-words"] as const) {
          const ending = await under(bench, kind, (signal) => send(bench.call(signal)));
          if (ending.resolved || ending.ours === undefined) continue;
          const { message, context } = ending.ours;
          demand(message.includes(operation) && message.includes(bench.definition.name), `the message does not name ${operation} and ${bench.definition.name}`);
          demand(context.operation === operation && context.provider === bench.definition.name && context.account === bench.account, "the context does not name operation, provider and account");
          demand(!`${message}${JSON.stringify(ending.ours)}${ending.ours.stack ?? ""}`.includes(VENDOR_WORDS), "the error quotes the vendor's answer");
        }
      },
    },
    {
      name: "after every fault the next call is fine", needsAnySending: true,
      run: async (bench) => {
        const { send } = anySending(bench);
        for (const kind of FAULTS) {
          await under(bench, kind, (signal) => send(bench.call(signal)));
          const ending = await endingOf(send());
          demand(ending.resolved, `after ${kind} the next call rejected`);
        }
      },
    },
    {
      name: "an update whose answer was lost is unknown", needs: ["invitation.send", "invitation.update"],
      run: async (bench) => {
        const [audience] = bench.audiencesOf("invitation.update");
        const recipient = bench.recipient(audience ?? "group");
        const receipt = await bench.do("send", { to: recipient, details: plain() });
        const ending = await under(bench, "act-then-reset", (signal) => bench.do("update", { target: targetOf(recipient, receipt), details: plain("Changed") }, bench.call(signal)));
        demand(!ending.resolved && ending.outcome === "unknown", ending.resolved ? "it resolved" : `the outcome is ${ending.outcome}`);
      },
    },
    {
      name: "a cancellation whose answer was lost is unknown", needs: ["invitation.send", "invitation.cancel"],
      run: async (bench) => {
        const [audience] = bench.audiencesOf("invitation.cancel");
        const recipient = bench.recipient(audience ?? "group");
        const receipt = await bench.do("send", { to: recipient, details: plain() });
        const ending = await under(bench, "act-then-reset", (signal) => bench.do("cancel", { target: targetOf(recipient, receipt), details: plain() }, bench.call(signal)));
        demand(!ending.resolved && ending.outcome === "unknown", ending.resolved ? "it resolved" : `the outcome is ${ending.outcome}`);
      },
    },
    {
      name: "through createMessaging a lost answer is not sent again by the same call", needs: ["invitation.send"],
      run: async (bench) => {
        const clinic = bench.tenant();
        const input = { key: "lost", to: bench.someone("invitation.send"), ...plain("Lost answer") };
        await clinic.plan(input);
        const watch = await bench.watch();
        await bench.vendor.failNext("act-then-reset");
        for (const time of ["first", "second"]) {
          const error = await rejected(clinic.send(input), `the ${time} call`);
          demand(error.outcome === "unknown", `the ${time} call's outcome is ${error.outcome}`);
        }
        demand((await watch.acts()).length === 1, `the vendor acted ${(await watch.acts()).length} times`);
      },
    },
    {
      name: "through createMessaging a refused invitation may be sent again under its key", needs: ["invitation.send"],
      run: async (bench) => {
        const clinic = bench.tenant();
        const input = { key: "again", to: bench.someone("invitation.send"), ...plain("Sent after a refusal") };
        await clinic.plan(input);
        await bench.vendor.failNext("refuse");
        const error = await rejected(clinic.send(input), "the first call");
        demand(error.outcome === "not-sent", `a documented refusal is ${error.outcome}`);
        await bench.made(() => clinic.send(input), "the second call");
      },
    },
  ],
};
