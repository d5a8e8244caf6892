import type { SendCommand } from "@event-messaging/core/driver";
import { copyOf, demand, demandEqual, isPending, rejected, show } from "../demand.js";
import { plain } from "../sample.js";
import { perAudience, type Group } from "../suite-case.js";
import { AUDIENCES } from "../vendor-under-test.js";

export const sending: Group = {
  name: "sending",
  about: "One accepted call is one invitation: the vendor did it once, when the call resolved and not before. Everything about retries, failover and books rests on this.",
  cases: [
    ...perAudience((audience) => ({
      name: "an accepted invitation is one act of the vendor, in the chat that was named", needs: ["invitation.send"],
      run: async (bench) => {
        const to = bench.recipient(audience);
        const { operation, recipient, shown } = await bench.made(() => bench.do("send", { to, details: plain("Once only") }));
        demand(operation === "send" && shown.title === "Once only", `the vendor did ${operation} with the title ${show(shown.title)}`);
        demand(bench.sameChat(recipient, to), "it went to another chat");
      },
    })),
    ...perAudience((audience) => ({
      name: "one call is one request", needs: ["invitation.send"],
      run: async (bench) => {
        const watch = await bench.watch();
        await bench.do("send", { to: bench.recipient(audience), details: plain() });
        demand((await watch.requests()) === 1, `one send caused ${await watch.requests()} requests`);
      },
    })),
    ...perAudience((audience) => ({
      name: "the same words twice are two invitations: only core decides what is a repetition", needs: ["invitation.send"],
      run: async (bench) => {
        const command: SendCommand = { to: bench.recipient(audience), details: plain("Twice meant") };
        const watch = await bench.watch();
        await bench.do("send", command);
        await bench.do("send", command);
        const acts = await watch.acts();
        demand(acts.length === 2 && acts[0]?.messageId !== acts[1]?.messageId, `two calls made ${acts.length} acts`);
      },
    })),
    {
      name: "calls at the same time do not mix", needs: ["invitation.send"],
      run: async (bench) => {
        const to = bench.someone("invitation.send");
        const titles = Array.from({ length: 12 }, (_, index) => `At once ${index + 1}`);
        const watch = await bench.watch();
        const receipts = await Promise.all(titles.map((title) => bench.do("send", { to, details: plain(title) })));
        const acts = await watch.acts();
        demandEqual(acts.map(({ shown }) => shown.title).sort(), [...titles].sort(), "what twelve calls at once made");
        demand(new Set(receipts.map(({ messageId }) => messageId)).size === titles.length, "two calls were given one receipt");
      },
    },
    {
      name: "what a call was given is left as it was", needs: ["invitation.send"],
      run: async (bench) => {
        const command: SendCommand = { to: bench.someone("invitation.send"), details: plain("Not to be touched") };
        const before = copyOf(command);
        await bench.do("send", command);
        demandEqual(command, before, "the command after the call");
      },
    },
    {
      name: "a receipt says how far the message came, and lists the vendor's ids as text", needs: ["invitation.send"],
      run: async (bench) => {
        const { stage, vendorIds } = await bench.do("send", { to: bench.someone("invitation.send"), details: plain() });
        demand(stage === "queued" || stage === "handed-over", `the stage is ${show(stage)}`);
        demand(Object.values(vendorIds).every((id) => typeof id === "string" && id !== ""), `the vendor's ids are ${show(vendorIds)}`);
      },
    },
    {
      name: "a call resolves because the vendor has acted, not because time has passed", needs: ["invitation.send"],
      run: async (bench) => {
        const gone = new AbortController();
        const watch = await bench.watch();
        await bench.vendor.failNext("hang");
        const call = bench.do("send", { to: bench.someone("invitation.send"), details: plain() }, bench.call(gone.signal));
        const pending = await isPending(200, call);
        gone.abort();
        await isPending(1000, call);
        const acts = await watch.acts();
        demand(pending, `the call ended while the vendor had done nothing and answered nothing (${acts.length} acts)`);
      },
    },
    ...perAudience((audience) => ({
      name: "an invitation may quote a message", needs: ["invitation.send", "field.reply-to"],
      run: async (bench) => {
        const to = bench.recipient(audience);
        const first = await bench.made(() => bench.do("send", { to, details: plain("To be quoted") }));
        const { shown } = await bench.made(() => bench.do("send", { to, details: plain("Quotes"), replyTo: first.messageId }));
        demand(shown.replyTo === first.messageId, `it quotes ${show(shown.replyTo)} instead of ${first.messageId}`);
      },
    })),
    {
      name: "through createMessaging the same call again is the same invitation", needs: ["invitation.send"],
      run: async (bench) => {
        const clinic = bench.tenant();
        const input = { key: "once", to: bench.someone("invitation.send"), ...plain("Sent once") };
        const watch = await bench.watch();
        const first = await clinic.send(input);
        const again = await clinic.send(input);
        demandEqual(again.handle, first.handle, "the handle of the second call");
        demand((await watch.acts()).length === 1, `the vendor acted ${(await watch.acts()).length} times`);
      },
    },
    {
      name: "where invitations are absent, they are refused before any request, with the plan",
      run: async (bench) => {
        const clinic = bench.tenant();
        for (const audience of AUDIENCES) {
          if (bench.supports("invitation.send", audience) || bench.vendor.recipients[audience].length === 0) continue;
          const input = { key: `absent-${audience}`, to: bench.recipient(audience), ...plain() };
          await clinic.plan(input);
          const watch = await bench.watch();
          const error = await rejected(clinic.send(input), "send()");
          demand(error.code === "UNSUPPORTED" && error.outcome === "not-sent" && error.plan?.form === "none", `it rejected with ${error.code}, ${error.outcome}`);
          demand((await watch.requests()) === 0 && (await watch.acts()).length === 0, `the refusal cost ${await watch.requests()} requests and ${(await watch.acts()).length} acts`);
        }
      },
    },
  ],
};
