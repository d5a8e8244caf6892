import { instant, messageId, type Audience, type CapabilityCode, type GivenResponse } from "@event-messaging/core/driver";
import { targetOf, type Bench } from "../bench.js";
import { demand, only, rejected, show } from "../demand.js";
import { plain } from "../sample.js";
import { perAudience, type Group, type SuiteCase } from "../suite-case.js";
import { AUDIENCES } from "../vendor-under-test.js";

const NEEDS: readonly CapabilityCode[] = ["invitation.respond", "track.observed"];

/** An event that a member of the chat made, as the account's own deliveries show it. */
async function memberEvent(bench: Bench, audience: Audience) {
  const chat = bench.recipient(audience);
  const facts = await bench.facts("invitation.observed", { type: "member-event", chat, by: bench.vendor.people[0], title: "Team dinner", startsAt: instant("2027-06-01T19:00:00Z") });
  const ids = new Set(facts.map(({ sighting }) => sighting.messageId));
  const id = messageId(only([...ids], "the member's event was observed under several ids or none"));
  demand(id !== undefined, "the member's event has no usable id");
  return { chat, id };
}

const answers = (response: GivenResponse, needs: readonly CapabilityCode[]): readonly SuiteCase[] => perAudience((audience) => ({
  name: `the account's own answer ${response} is given to the member's event`, needs: [...NEEDS, ...needs],
  run: async (bench) => {
    const { chat, id } = await memberEvent(bench, audience);
    const act = await bench.made(() => bench.do("respond", { target: targetOf(chat, { messageId: id, vendorIds: {} }, "other"), response }), "an answer");
    demand(act.operation === "respond" && act.shown.response === response, `the vendor did ${act.operation} with ${show(act.shown.response)}`);
    demand(bench.sameChat(act.recipient, chat) && (act.target === undefined || act.target === id), `it answered ${show(act.target)} in ${act.recipient}`);
  },
}));

export const responding: Group = {
  name: "respond",
  about: "An account can answer a member's event as itself. An answer that the vendor does not know is refused, never turned into another one.",
  cases: [
    ...answers("GOING", []),
    ...answers("NOT_GOING", []),
    ...answers("MAYBE", ["respond.maybe"]),
    {
      name: "an answer MAYBE that the vendor lacks is refused before any request", needs: NEEDS,
      run: async (bench) => {
        for (const audience of bench.audiencesOf("invitation.respond").filter((each) => !bench.supports("respond.maybe", each))) {
          const { chat, id } = await memberEvent(bench, audience);
          const watch = await bench.watch();
          const error = await rejected(bench.do("respond", { target: targetOf(chat, { messageId: id, vendorIds: {} }, "other"), response: "MAYBE" }), "respond() with MAYBE");
          demand(error.code === "UNSUPPORTED" && error.outcome === "not-sent", `it rejected with ${error.code}, ${error.outcome}`);
          demand((await watch.requests()) === 0 && (await watch.acts()).length === 0, "something was requested");
        }
      },
    },
    {
      name: "one's own invitation cannot be answered", needs: ["invitation.send", "invitation.respond"],
      run: async (bench) => {
        const [audience] = bench.audiencesOf("invitation.respond");
        const recipient = bench.recipient(audience ?? "group");
        const receipt = await bench.do("send", { to: recipient, details: plain() });
        const watch = await bench.watch();
        const error = await rejected(bench.do("respond", { target: targetOf(recipient, receipt), response: "GOING" }), "respond() to one's own invitation");
        demand(error.outcome === "not-sent", `the outcome is ${error.outcome}`);
        demand((await watch.acts()).length === 0, "the vendor acted");
      },
    },
    {
      name: "where answering is absent, it is refused before any request",
      run: async (bench) => {
        const clinic = bench.tenant();
        for (const audience of AUDIENCES.filter((each) => !bench.supports("invitation.respond", each) && bench.vendor.recipients[each].length > 0)) {
          const id = messageId(audience === "direct" ? "3EB0D1A2B3C4D5E6F7" : "3EB0D1A2B3C4D5E6F8");
          demand(id !== undefined, "the suite's own id is none");
          const handle = await clinic.adopt({ key: `no-respond-${audience}`, account: bench.account, recipient: bench.recipient(audience), messageId: id, createdBy: "other", details: plain("Theirs") });
          await clinic.supports("invitation.respond", audience);
          const watch = await bench.watch();
          const error = await rejected(clinic.respond(handle, "GOING"), "respond()");
          demand(error.code === "UNSUPPORTED" && error.outcome === "not-sent", `it rejected with ${error.code}, ${error.outcome}`);
          demand((await watch.requests()) === 0 && (await watch.acts()).length === 0, `the refusal cost ${await watch.requests()} requests and ${(await watch.acts()).length} acts`);
        }
      },
    },
  ],
};
