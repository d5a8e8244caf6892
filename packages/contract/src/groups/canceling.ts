import type { CapabilityCode } from "@event-messaging/core/driver";
import { targetOf } from "../bench.js";
import { demand, rejected, show } from "../demand.js";
import { plain } from "../sample.js";
import { perAudience, type Group } from "../suite-case.js";
import { AUDIENCES } from "../vendor-under-test.js";

const NEEDS: readonly CapabilityCode[] = ["invitation.send", "invitation.cancel"];

export const canceling: Group = {
  name: "cancel",
  about: "A cancelled invitation is shown as cancelled, with its words still on it. It is the card that was sent first that is cancelled, once, whatever updates lie between.",
  cases: [
    ...perAudience((audience) => ({
      name: "a cancelled invitation is shown as cancelled, on its own card", needs: NEEDS,
      run: async (bench) => {
        const recipient = bench.recipient(audience);
        const card = await bench.made(() => bench.do("send", { to: recipient, details: plain() }));
        const act = await bench.made(() => bench.do("cancel", { target: targetOf(recipient, { messageId: card.messageId, vendorIds: {} }), details: plain() }), "a cancellation");
        demand(act.operation === "cancel" && act.shown.canceled === true, `the vendor did ${act.operation}, and canceled is ${show(act.shown.canceled)}`);
        demand(bench.sameChat(act.recipient, recipient) && (act.target === undefined || act.target === card.messageId), `it was the card ${show(act.target)} in ${act.recipient}`);
      },
    })),
    ...perAudience((audience) => ({
      name: "a cancelled invitation keeps its words", needs: NEEDS,
      run: async (bench) => {
        const clinic = bench.tenant();
        const { handle } = await clinic.send({ key: "words", to: bench.recipient(audience), ...plain("Still says this"), description: "And this" });
        const { shown } = await bench.made(() => clinic.cancel(handle), "a cancellation");
        demand(shown.title === "Still says this" && shown.description === "And this", `it shows ${show(shown.title)} and ${show(shown.description)}`);
      },
    })),
    ...perAudience((audience) => ({
      name: "a cancellation after an update cancels the first card", needs: [...NEEDS, "invitation.update"],
      run: async (bench) => {
        const clinic = bench.tenant();
        const card = await bench.made(() => clinic.send({ key: "after", to: bench.recipient(audience), ...plain() }));
        const [handle] = await clinic.find("after");
        demand(handle !== undefined, "the book does not find the invitation");
        const { handle: updated } = await clinic.update(handle, { title: "Updated" });
        const act = await bench.made(() => clinic.cancel(updated), "a cancellation");
        demand(act.shown.canceled === true && (act.target === undefined || act.target === card.messageId), `it cancelled ${show(act.target)} instead of ${card.messageId}`);
      },
    })),
    {
      name: "cancelling twice cancels once", needs: NEEDS,
      run: async (bench) => {
        const clinic = bench.tenant();
        const [audience] = bench.audiencesOf("invitation.cancel");
        const { handle } = await clinic.send({ key: "once", to: bench.recipient(audience ?? "group"), ...plain() });
        const watch = await bench.watch();
        await clinic.cancel(handle);
        await clinic.cancel(handle);
        demand((await watch.acts()).length === 1, `the vendor acted ${(await watch.acts()).length} times`);
      },
    },
    {
      name: "where cancelling is absent, it is refused before any request, with the plan", needs: ["invitation.send"],
      run: async (bench) => {
        const clinic = bench.tenant();
        for (const audience of AUDIENCES.filter((each) => bench.supports("invitation.send", each) && !bench.supports("invitation.cancel", each))) {
          const { handle } = await clinic.send({ key: `no-cancel-${audience}`, to: bench.recipient(audience), ...plain() });
          const watch = await bench.watch();
          const error = await rejected(clinic.cancel(handle), "cancel()");
          demand(error.code === "UNSUPPORTED" && error.outcome === "not-sent" && error.plan?.lost.some(({ code }) => code === "invitation.cancel") === true, `it rejected with ${error.code}, ${error.outcome}`);
          demand((await watch.requests()) === 0 && (await watch.acts()).length === 0, `the refusal cost ${await watch.requests()} requests and ${(await watch.acts()).length} acts`);
        }
      },
    },
  ],
};
