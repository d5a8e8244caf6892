import { toEpochMs, type CapabilityCode } from "@event-messaging/core/driver";
import { allFacts, factsIn, isPerson, jsonOf } from "../bench.js";
import { damaged } from "../damaged.js";
import { copyOf, demand, demandEqual, only, show } from "../demand.js";
import { invited, polled } from "../invited.js";
import { perAudience, type Group, type SuiteCase } from "../suite-case.js";

const RSVP: readonly CapabilityCode[] = ["invitation.send", "rsvp.receive"];
const PRIVATE = "private-words-of-a-stranger";

const answer = (response: "GOING" | "NOT_GOING" | "MAYBE", needs: readonly CapabilityCode[]): readonly SuiteCase[] => perAudience((audience) => ({
  name: `an answer ${response} is an rsvp by the guest about our card`, needs: [...RSVP, ...needs],
  run: async (bench) => {
    const card = await invited(bench, audience);
    const fact = only(await bench.facts("rsvp", { type: "rsvp", response, ...card }), "facts of one answer");
    demand(fact.response === response, `it is read as ${fact.response}`);
    demand(fact.target === card.target, `it is about ${fact.target} instead of ${card.target}`);
    demand(isPerson(fact.guest, card.by), `the guest is ${show(fact.guest)}`);
  },
}));

export const parsing: Group = {
  name: "webhook parsing",
  about: "A delivery becomes facts, or a reason why not. Nobody's answer is ever guessed: what cannot be decrypted is unreadable, what has no word here is kept as it came, and what is not about events is let go.",
  cases: [
    ...answer("GOING", []),
    ...answer("NOT_GOING", []),
    ...answer("MAYBE", ["rsvp.maybe"]),
    ...perAudience((audience) => ({
      name: "the number of further guests comes with the answer", needs: [...RSVP, "rsvp.extra-guest-count"],
      run: async (bench) => {
        const card = await invited(bench, audience);
        const { extraGuests } = only(await bench.facts("rsvp", { type: "rsvp", response: "GOING", extraGuests: 3, ...card }), "facts of one answer");
        demand(extraGuests === 3, `three further guests are read as ${show(extraGuests)}`);
      },
    })),
    ...perAudience((audience) => ({
      name: "an answer's time is the moment of the answer", needs: RSVP,
      run: async (bench) => {
        const card = await invited(bench, audience);
        const { at, guestAt } = only(await bench.facts("rsvp", { type: "rsvp", response: "GOING", ...card }), "facts of one answer");
        for (const time of [at, guestAt ?? at]) demand(Math.abs(toEpochMs(time) - Date.now()) < 10 * 60_000, `an answer of now is dated ${time}`);
      },
    })),
    ...perAudience((audience) => ({
      name: "a guest who is shown by LID is not given a made-up number", needs: RSVP,
      run: async (bench) => {
        const card = await invited(bench, audience);
        const { guest } = only(await bench.facts("rsvp", { type: "rsvp", response: "GOING", as: "lid", ...card }), "facts of one answer");
        demand(isPerson(guest, card.by), `the guest is ${show(guest)}, the person ${show(card.by)}`);
      },
    })),
    {
      name: "an answer that is taken back is CLEARED or kept as it came, never another answer", needs: RSVP,
      run: async (bench) => {
        for (const audience of bench.audiencesOf("rsvp.receive")) {
          const card = await invited(bench, audience);
          const facts = await bench.facts("rsvp", { type: "rsvp.cleared", ...card });
          demand(facts.every(({ response }) => response === "CLEARED"), `it is read as ${facts.map(({ response }) => response).join(", ")}`);
        }
      },
    },
    {
      name: "an answer in a word that has no meaning here is kept as it came, up to 64 characters", needs: RSVP,
      run: async (bench) => {
        for (const audience of bench.audiencesOf("rsvp.receive")) {
          const card = await invited(bench, audience);
          const word = `LATER_${"x".repeat(100)}`;
          const parsed = bench.read(await bench.vendor.script({ type: "rsvp.unrecognized", word, ...card }));
          demand(factsIn(parsed, "rsvp").length === 0, "it is read as an answer");
          const fact = only(factsIn(parsed, "rsvp.unrecognized"), "facts of one odd answer");
          demand(fact.target === card.target && fact.raw.length <= 64 && word.startsWith(fact.raw) && fact.raw !== "", `it is kept as ${show(fact.raw)}`);
        }
      },
    },
    {
      name: "an answer that cannot be decrypted is never read as an answer", needs: RSVP,
      run: async (bench) => {
        for (const audience of bench.audiencesOf("rsvp.receive")) {
          const facts = await bench.facts("rsvp", { type: "rsvp.unreadable", ...await invited(bench, audience) });
          demand(facts.length === 0, `it is read as ${facts.map(({ response }) => response).join(", ")}`);
        }
      },
    },
    ...perAudience((audience) => ({
      name: "an answer that cannot be decrypted is reported as such", needs: [...RSVP, "rsvp.unreadable"],
      run: async (bench) => {
        const card = await invited(bench, audience);
        const fact = only(await bench.facts("rsvp.unreadable", { type: "rsvp.unreadable", ...card }), "facts of one unreadable answer");
        demand(fact.target === card.target && isPerson(fact.guest, card.by), `it is about ${fact.target}, by ${show(fact.guest)}`);
      },
    })),
    ...perAudience((audience) => ({
      name: "a vote gives the labels that were chosen", needs: ["poll.send", "poll.receive"],
      run: async (bench) => {
        const poll = await polled(bench, audience, ["Yes", "No"]);
        const fact = only(await bench.facts("poll.voted", { type: "vote", labels: ["Yes"], ...poll }), "facts of one vote");
        demandEqual([fact.target, fact.labels], [poll.target, ["Yes"]], "poll and labels");
        demand(isPerson(fact.guest, poll.by), `the voter is ${show(fact.guest)}`);
      },
    })),
    {
      name: "a vote that is taken back has no labels", needs: ["poll.send", "poll.receive"],
      run: async (bench) => {
        const [audience] = bench.audiencesOf("poll.receive").filter((each) => bench.supports("poll.send", each));
        const poll = await polled(bench, audience ?? "group", ["Yes", "No"]);
        await bench.vendor.script({ type: "vote", labels: ["Yes"], ...poll });
        const { labels } = only(await bench.facts("poll.voted", { type: "vote", labels: [], ...poll }), "facts of one vote");
        demandEqual(labels, [], "the labels");
      },
    },
    ...perAudience((audience) => ({
      name: "a text that quotes our message is a reply to it", needs: ["text.send", "text.receive"],
      run: async (bench) => {
        const [by] = bench.vendor.people;
        const chat = audience === "direct" ? by.phone : bench.recipient(audience);
        const { messageId: quotes } = await bench.made(() => bench.do("sendText", { to: chat, text: "1 = yes, 2 = no" }));
        const replies = await bench.facts("message.replied", { type: "text", chat, by, text: "1", quotes });
        demand(replies.length > 0 && replies.every(({ target, text, recipient, guest }) => target === quotes && text === "1" && bench.sameChat(recipient, chat) && isPerson(guest, by)), `the replies are ${show(replies)}`);
      },
    })),
    {
      name: "ordinary chat is at most a text that core may look up, and its words go nowhere else",
      run: async (bench) => {
        const [by] = bench.vendor.people;
        for (const chat of [by.phone, ...bench.vendor.recipients.group.slice(0, 1)]) {
          for (const parsed of bench.read(await bench.vendor.script({ type: "text", chat, by, text: PRIVATE }))) {
            if (parsed.kind !== "facts") demand(!JSON.stringify(parsed).includes(PRIVATE), `the words are in the reason of ${parsed.kind}`);
            else for (const fact of parsed.facts) demand(fact.type === "message.replied" && fact.target === undefined, `ordinary chat is read as ${fact.type}`);
          }
        }
      },
    },
    {
      name: "through createMessaging ordinary chat is not handled and not kept",
      run: async (bench) => {
        const [by] = bench.vendor.people;
        const messaging = bench.messaging();
        for (const delivery of await bench.vendor.script({ type: "text", chat: by.phone, by, text: PRIVATE })) {
          // A placeholder in front of the text does not show yet what it stands for.
          if (!new TextDecoder().decode(delivery.body).includes(PRIVATE)) continue;
          const result = await messaging.receive("/webhooks", { method: "POST", path: ["/webhooks", bench.account, ...delivery.tail].join("/"), headers: delivery.headers, body: delivery.body });
          demand(!result.handled, `it was handled with status ${result.status}`);
        }
        demand(!JSON.stringify(messaging.counts()).includes(PRIVATE), "the counts hold its words");
      },
    },
    {
      name: "a kind of delivery that nobody knows is let go without an error",
      run: async (bench) => {
        const deliveries = await bench.vendor.script({ type: "noise" });
        demand(deliveries.length > 0, "the vendor under test makes no noise");
        for (const delivery of deliveries) {
          try {
            const parsed = bench.provider.webhook.parse(jsonOf(delivery), delivery);
            demand(parsed.kind === "foreign" || parsed.kind === "ignored", `it is ${parsed.kind}`);
          } catch {
            demand(false, "parse() threw");
          }
        }
      },
    },
    {
      name: "a damaged delivery gives no error and no answer about another card", needs: RSVP,
      run: async (bench) => {
        const [audience] = bench.audiencesOf("rsvp.receive");
        const card = await invited(bench, audience ?? "group");
        for (const delivery of await bench.vendor.script({ type: "rsvp", response: "GOING", ...card })) {
          for (const { json, where } of damaged(jsonOf(delivery))) {
            let facts: ReturnType<typeof allFacts>;
            try {
              facts = allFacts([bench.provider.webhook.parse(json, delivery)]);
            } catch {
              return demand(false, `parse() threw on damage at ${where}`);
            }
            const other = factsIn([{ kind: "facts", facts }], "rsvp").find(({ target, response }) => target !== card.target || response === "NOT_GOING");
            demand(other === undefined, `damage at ${where} turned it into ${other?.response ?? ""} about ${other?.target ?? ""}`);
          }
        }
      },
    },
    {
      name: "reading is pure: any number of times, with the same facts, and the delivery stays as it was", needs: RSVP,
      run: async (bench) => {
        const [audience] = bench.audiencesOf("rsvp.receive");
        for (const delivery of await bench.vendor.script({ type: "rsvp", response: "GOING", ...await invited(bench, audience ?? "group") })) {
          const json = jsonOf(delivery);
          const before = copyOf(json);
          const results = [1, 2, 3].map(() => bench.provider.webhook.parse(json, delivery));
          for (const each of results) demandEqual(each, results[0], "a later reading");
          demandEqual(json, before, "the delivery afterwards");
        }
      },
    },
    {
      name: "a change of the account's status is reported",
      run: async (bench) => {
        for (const ready of [false, true]) {
          const facts = await bench.facts("account.status", { type: "status", ready });
          demand(facts.length > 0 && facts.every(({ status }) => status === (ready ? "ready" : "not-ready")), `${ready ? "connected" : "disconnected"} is reported as ${show(facts.map(({ status }) => status))}`);
        }
      },
    },
  ],
};

