import { messageId, type EventMessagingProvider } from "@event-messaging/core/driver";
import { factsIn, type Bench } from "../bench.js";
import { demand, demandEqual, endingOf, show } from "../demand.js";
import { plain } from "../sample.js";
import type { Group } from "../suite-case.js";

/** A text or an invitation through one of the two, whichever the accounts can send. */
async function write(bench: Bench, provider: EventMessagingProvider, words: string): Promise<void> {
  if (bench.audiencesOf("text.send").length > 0) await bench.do("sendText", { to: bench.someone("text.send"), text: words }, bench.call(), provider);
  else await bench.do("send", { to: bench.someone("invitation.send"), details: plain(words) }, bench.call(), provider);
}

const wordsOf = async (bench: Bench, account: "first" | "second") => (await bench.vendor.journal()).filter((act) => act.account === account).map(({ shown }) => shown.text ?? shown.title);
const secondOf = (bench: Bench) => bench.open(bench.vendor.second.config, { account: "second-account" });

export const twoAccounts: Group = {
  name: "two accounts side by side",
  about: "One definition opens the accounts of many customers. They share nothing: no credential, no chat, no answer, no state.",
  cases: [
    {
      name: "each account sends as itself, also after the other was opened", needsAnySending: true,
      run: async (bench) => {
        const first = bench.provider;
        const second = secondOf(bench);
        await write(bench, first, "by the first");
        await write(bench, second, "by the second");
        await write(bench, first, "by the first again");
        demandEqual([await wordsOf(bench, "first"), await wordsOf(bench, "second")], [["by the first", "by the first again"], ["by the second"]], "what the vendor did for each");
      },
    },
    {
      name: "calls of both at the same time do not mix", needsAnySending: true,
      run: async (bench) => {
        const accounts = [bench.provider, secondOf(bench)] as const;
        await Promise.all(Array.from({ length: 16 }, (_, index) => write(bench, accounts[index % 2 === 0 ? 0 : 1], index % 2 === 0 ? `first ${index}` : `second ${index}`)));
        const [first, second] = [await wordsOf(bench, "first"), await wordsOf(bench, "second")];
        demand(first.length === 8 && second.length === 8 && first.every((words) => words?.startsWith("first")) && second.every((words) => words?.startsWith("second")), `the first did ${show(first)}, the second ${show(second)}`);
      },
    },
    {
      name: "each account knows its own id",
      run: async (bench) => {
        const [first, second] = [await bench.provider.probe(bench.call()), await secondOf(bench).probe(bench.call())];
        demand(JSON.stringify(first.self) !== JSON.stringify(second.self), `both are ${show(first.self)}`);
      },
    },
    {
      name: "an account that is in trouble or closed leaves the other alone", needsAnySending: true,
      run: async (bench) => {
        const second = secondOf(bench);
        await bench.vendor.second.setReady(false);
        await endingOf(second.probe(bench.call()));
        demand((await bench.provider.probe(bench.call())).status === "ready", "the first account is no longer ready");
        await second.close();
        await write(bench, bench.provider, "all the same");
        demandEqual(await wordsOf(bench, "first"), ["all the same"], "what the vendor did for the first");
      },
    },
    {
      name: "an answer to one account is a fact of that account only", needs: ["rsvp.receive"],
      run: async (bench) => {
        const [by] = bench.vendor.people;
        const [audience] = bench.audiencesOf("rsvp.receive");
        const chat = audience === "direct" ? by.phone : bench.recipient("group");
        const second = secondOf(bench);
        const before = (await bench.vendor.journal()).length;
        await bench.do("send", { to: chat, details: plain("By the second") }, bench.call(), second);
        const target = messageId((await bench.vendor.journal())[before]?.messageId);
        demand(target !== undefined, "the second account sent nothing");
        const deliveries = await bench.vendor.second.script({ type: "rsvp", response: "GOING", chat, by, target });
        demandEqual(factsIn(bench.read(deliveries, second), "rsvp").map((fact) => fact.target), [target], "what the second account reads");
        demandEqual(factsIn(bench.read(deliveries), "rsvp").length, 0, "what the first account reads");
        for (const delivery of deliveries) {
          // Even behind a proof that counts, another account's delivery is nobody's here.
          const parsed = bench.read([await bench.vendor.sign(delivery.body)]);
          demandEqual(factsIn(parsed, "rsvp").length, 0, "what the first account reads behind its own proof");
        }
      },
    },
    {
      name: "through createMessaging each tenant gets the answers to its own invitations", needs: ["invitation.send", "rsvp.receive"],
      run: async (bench) => {
        const messaging = bench.messaging();
        const heard: string[] = [];
        messaging.on("rsvp", ({ tenant, key, response }) => void heard.push(`${tenant} ${key} ${response}`));
        const [by] = bench.vendor.people;
        const [audience] = bench.audiencesOf("rsvp.receive");
        const chat = audience === "direct" ? by.phone : bench.recipient("group");
        const answers = { first: "GOING", second: "NOT_GOING" } as const;
        for (const [tenant, account, script] of [["first", bench.account, bench.vendor], ["second", "second-account", bench.vendor.second]] as const) {
          const { messageId: target } = await bench.made(() => messaging.forTenant(tenant).send({ key: "same-key", to: chat, ...plain("Same words") }));
          for (const delivery of await script.script({ type: "rsvp", response: answers[tenant], chat, by, target })) {
            const result = await messaging.receive("/webhooks", { method: "POST", path: ["/webhooks", account, ...delivery.tail].join("/"), headers: delivery.headers, body: delivery.body });
            demand(result.handled && result.status === 200, `the answer to ${tenant} was not taken: status ${result.status}`);
          }
        }
        await messaging.idle();
        demandEqual([...heard].sort(), ["first same-key GOING", "second same-key NOT_GOING"], "what the handlers heard");
      },
    },
  ],
};
