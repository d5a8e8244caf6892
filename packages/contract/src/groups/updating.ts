import { instant, type EditCommand } from "@event-messaging/core/driver";
import { targetOf, type Bench } from "../bench.js";
import { copyOf, demand, demandEqual, rejected, show } from "../demand.js";
import { differences, plain } from "../sample.js";
import { perAudience, type Group } from "../suite-case.js";
import { AUDIENCES } from "../vendor-under-test.js";
import type { Audience, CapabilityCode } from "@event-messaging/core/driver";

const NEEDS: readonly CapabilityCode[] = ["invitation.send", "invitation.update"];
const LATER = instant("2027-05-04T09:15:00Z");

async function sent(bench: Bench, audience: Audience) {
  const recipient = bench.recipient(audience);
  const card = await bench.made(() => bench.do("send", { to: recipient, details: plain("First words") }));
  return { recipient, card, target: targetOf(recipient, { messageId: card.messageId, vendorIds: {} }) };
}

export const updating: Group = {
  name: "update",
  about: "Vendors replace the whole event: what an edit leaves out may be gone. So core merges first and hands over everything, and the adapter edits the card that was sent first, whatever came later.",
  cases: [
    ...perAudience((audience) => ({
      name: "an update shows the new words and time on the same card", needs: NEEDS,
      run: async (bench) => {
        const { recipient, card, target } = await sent(bench, audience);
        const details = { ...plain("New words"), startsAt: LATER };
        const act = await bench.made(() => bench.do("update", { target, details }), "an update");
        demand(act.operation === "update" && bench.sameChat(act.recipient, recipient), `the vendor did ${act.operation} in ${act.recipient}`);
        demand(act.target === undefined || act.target === card.messageId, `it changed the card ${show(act.target)} instead of ${card.messageId}`);
        const wrong = differences(details, act.shown);
        demand(wrong.length === 0, wrong.join("; "));
      },
    })),
    ...perAudience((audience) => ({
      name: "one update is one request", needs: NEEDS,
      run: async (bench) => {
        const { target } = await sent(bench, audience);
        const watch = await bench.watch();
        await bench.do("update", { target, details: plain("New words") });
        demand((await watch.requests()) === 1, `one update caused ${await watch.requests()} requests`);
      },
    })),
    ...perAudience((audience) => ({
      name: "what an update leaves out stays on the card", needs: NEEDS,
      run: async (bench) => {
        const clinic = bench.tenant();
        const place = bench.supports("field.location", audience) ? { location: "Clinic North" } : {};
        const { handle } = await clinic.send({ key: "kept", to: bench.recipient(audience), ...plain("First words"), description: "Bring your badge", ...place });
        const { shown } = await bench.made(() => clinic.update(handle, { title: "New words" }), "an update");
        const wrong = differences({ ...plain("New words"), description: "Bring your badge", ...(place.location && { location: { name: place.location } }) }, shown);
        demand(wrong.length === 0, wrong.join("; "));
      },
    })),
    ...perAudience((audience) => ({
      name: "what an update takes away is gone, and nothing else", needs: [...NEEDS, "field.clear"],
      run: async (bench) => {
        const clinic = bench.tenant();
        const { handle } = await clinic.send({ key: "taken", to: bench.recipient(audience), ...plain("Keeps its title"), description: "To be taken away" });
        const { shown } = await bench.made(() => clinic.update(handle, { description: null }), "an update");
        const wrong = differences(plain("Keeps its title"), shown);
        demand(wrong.length === 0, wrong.join("; "));
      },
    })),
    ...perAudience((audience) => ({
      name: "a second update changes the first card, not the first update", needs: NEEDS,
      run: async (bench) => {
        const clinic = bench.tenant();
        const card = await bench.made(async () => clinic.send({ key: "twice", to: bench.recipient(audience), ...plain("One") }));
        const [handle] = await clinic.find("twice");
        demand(handle !== undefined, "the book does not find the invitation");
        const second = await clinic.update(handle, { title: "Two" });
        const act = await bench.made(() => clinic.update(second.handle, { title: "Three" }), "the second update");
        demand(act.shown.title === "Three" && (act.target === undefined || act.target === card.messageId), `the card ${show(act.target)} shows ${show(act.shown.title)}`);
      },
    })),
    {
      name: "an update leaves what it was given as it was", needs: NEEDS,
      run: async (bench) => {
        const [audience] = bench.audiencesOf("invitation.update");
        const { target } = await sent(bench, audience ?? "group");
        const command: EditCommand = { target, details: plain("Not to be touched") };
        const before = copyOf(command);
        await bench.do("update", command);
        demandEqual(command, before, "the command after the call");
      },
    },
    {
      name: "where a field cannot be taken away, an update that would is refused before any request, and one that words it anew is not", needs: NEEDS,
      run: async (bench) => {
        const clinic = bench.tenant();
        for (const audience of bench.audiencesOf("invitation.update").filter((each) => !bench.supports("field.clear", each))) {
          const { handle } = await clinic.send({ key: `kept-${audience}`, to: bench.recipient(audience), ...plain("Keeps its words"), description: "Not to be taken away" });
          const watch = await bench.watch();
          const error = await rejected(clinic.update(handle, { description: null }), "update()");
          demand(error.code === "UNSUPPORTED" && error.outcome === "not-sent" && error.plan?.lost.some(({ code, path }) => code === "field.clear" && path === "description") === true, `it rejected with ${error.code}, ${error.outcome}`);
          demand((await watch.requests()) === 0 && (await watch.acts()).length === 0, `the refusal cost ${await watch.requests()} requests and ${(await watch.acts()).length} acts`);
          const { shown } = await bench.made(() => clinic.update(handle, { description: "Nothing to bring" }), "an update");
          const wrong = differences({ ...plain("Keeps its words"), description: "Nothing to bring" }, shown);
          demand(wrong.length === 0, wrong.join("; "));
        }
      },
    },
    {
      name: "where updates are absent, they are refused before any request, with the plan", needs: ["invitation.send"],
      run: async (bench) => {
        const clinic = bench.tenant();
        for (const audience of AUDIENCES.filter((each) => bench.supports("invitation.send", each) && !bench.supports("invitation.update", each))) {
          const { handle } = await clinic.send({ key: `no-update-${audience}`, to: bench.recipient(audience), ...plain() });
          const watch = await bench.watch();
          const error = await rejected(clinic.update(handle, { title: "Cannot be" }), "update()");
          demand(error.code === "UNSUPPORTED" && error.outcome === "not-sent" && error.plan?.lost.some(({ code }) => code === "invitation.update") === true, `it rejected with ${error.code}, ${error.outcome}`);
          demand((await watch.requests()) === 0 && (await watch.acts()).length === 0, `the refusal cost ${await watch.requests()} requests and ${(await watch.acts()).length} acts`);
        }
      },
    },
  ],
};
