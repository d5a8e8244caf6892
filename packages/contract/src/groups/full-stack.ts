import type { Outcome, Sent } from "@event-messaging/core";
import type { CapabilityCode } from "@event-messaging/core/driver";
import type { Act, Fault } from "../vendor-under-test.js";
import type { Bench, Watch } from "../bench.js";
import { demand, endingOf, type Ending } from "../demand.js";
import { quickLayers } from "../quick-layers.js";
import { plain } from "../sample.js";
import type { Group, SuiteCase } from "../suite-case.js";
import { under } from "./faults.js";

/** What each misfortune must come to. Without an outcome: accepted by a repetition, or either. */
const KINDS = {
  "act-then-reset": { acts: 1, outcome: "unknown" },
  "act-then-hang": { acts: 1, outcome: "unknown" },
  "reset-before-reading": {},
  "rate-limited": {},
  "server-error": { acts: 0, outcome: "unknown" },
} as const satisfies Partial<Record<Fault, { readonly acts?: number; readonly outcome?: Outcome }>>;
type Kind = keyof typeof KINDS;
const NAMES: Readonly<Record<Kind, string>> = {
  "act-then-reset": "a lost answer", "act-then-hang": "an answer that never comes", "reset-before-reading": "a connection that breaks early",
  "rate-limited": "too many requests", "server-error": "a failure of the server",
};

/** One call under a fault, judged by the vendor's journal; then the same call once more. */
async function tried(bench: Bench, kind: Kind, what: string, work: (signal?: AbortSignal) => Promise<Sent>): Promise<void> {
  const expected: { readonly acts?: number; readonly outcome?: Outcome } = KINDS[kind];
  const watch = await bench.watch();
  const ending = await under(bench, kind, work);
  const acts = await watch.acts();
  demand(acts.length <= 1, `${what} under ${kind} made the vendor act ${acts.length} times`);
  if (expected.acts !== undefined) demand(acts.length === expected.acts, `${what} under ${kind} made the vendor act ${acts.length} times instead of ${expected.acts}`);
  if (expected.outcome !== undefined) demand(!ending.resolved && ending.outcome === expected.outcome, `${what} under ${kind} ${told(ending)} instead of ending as ${expected.outcome}`);
  demand(acts.length === 0 ? !ending.resolved : ending.resolved || ending.outcome === "unknown", `${what} under ${kind} ${told(ending)}, and the vendor ${acts.length === 0 ? "did nothing" : "did what was asked"}`);
  await again(watch, ending, acts, `${what} under ${kind}`, work);
}

async function again(watch: Watch, first: Ending<Sent>, acts: readonly Act[], what: string, work: () => Promise<Sent>): Promise<void> {
  const requests = await watch.requests();
  const second = await endingOf(work());
  const [after, asked] = [(await watch.acts()).length, (await watch.requests()) - requests];
  if (!first.resolved && first.outcome === "not-sent") {
    demand(second.resolved && after === 1, `${what} was not-sent, and the same call again ${told(second)}, with ${after} acts of the vendor`);
    return;
  }
  demand(asked === 0 && after === acts.length, `${what} ${told(first)}, and the same call again asked the vendor ${asked} times`);
  demand(second.resolved === first.resolved && (second.resolved || second.outcome === "unknown"), `${what} ${told(first)}, and the same call again ${told(second)}`);
}

const told = (ending: Ending<unknown>) => (ending.resolved ? "was accepted" : `ended as ${ending.outcome}`);

function inOneChat(bench: Bench, codes: readonly CapabilityCode[]) {
  const [audience] = bench.audiencesOf(codes[0] ?? "invitation.send").filter((each) => codes.every((code) => bench.supports(code, each)));
  demand(audience !== undefined, `${codes.join(", ")} hold together for nobody`);
  return bench.recipient(audience);
}

const sending = (kind: Kind): SuiteCase => ({
  name: `under ${NAMES[kind]} an invitation is sent once at most, and the same call again sends only what was not sent`, needs: ["invitation.send"],
  run: async (bench) => {
    const clinic = bench.tenant({ layers: quickLayers() });
    const input = { key: "stack", to: bench.someone("invitation.send"), ...plain(`Under ${kind}`) };
    await clinic.plan(input);
    await tried(bench, kind, "a send", (signal) => clinic.send(input, { signal }));
  },
});

export const fullStack: Group = {
  name: "full stack",
  about: "The provider behind createMessaging with its usual layers: repetitions, circuit breaker, idempotency. Whatever goes wrong, the vendor makes one card at most, the caller hears what was proved, and asking again is safe.",
  cases: [
    sending("act-then-reset"), sending("act-then-hang"), sending("reset-before-reading"), sending("rate-limited"), sending("server-error"),
    {
      name: "an edit is made once at most under the same faults, and the same edit again asks only for what was not made", needs: ["invitation.send", "invitation.update"],
      run: async (bench) => {
        for (const kind of ["act-then-reset", "act-then-hang", "reset-before-reading", "rate-limited", "server-error"] as const) {
          const clinic = bench.tenant({ layers: quickLayers() });
          const { handle } = await clinic.send({ key: kind, to: inOneChat(bench, ["invitation.send", "invitation.update"]), ...plain(`Edited under ${kind}`) });
          await tried(bench, kind, "an edit", (signal) => clinic.update(handle, { title: `Edited now under ${kind}` }, { signal }));
        }
      },
    },
  ],
};
