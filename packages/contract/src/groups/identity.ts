import { isRecipient, messageId, type CapabilityCode, type Fact } from "@event-messaging/core/driver";
import { allFacts, factsIn, jsonOf, type Bench } from "../bench.js";
import { demand, show } from "../demand.js";
import { invited, polled } from "../invited.js";
import { plain } from "../sample.js";
import { isObject } from "../secret-paths.js";
import { perAudience, type Group } from "../suite-case.js";
import { anySending } from "../any-sending.js";

const RSVP: readonly CapabilityCode[] = ["invitation.send", "rsvp.receive"];

/** What core makes of it: two deliveries of one key are one fact. A placeholder claims none. */
const claim = ({ type, source, edition, placeholder }: Fact) => (placeholder ? undefined : JSON.stringify([type, source, edition ?? ""]));
const swapCase = (text: string) => [...text].map((letter) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase())).join("");

async function readSigned(bench: Bench, text: string) {
  const delivery = await bench.vendor.sign(new TextEncoder().encode(text));
  return bench.read([delivery]);
}

export const identity: Group = {
  name: "identity",
  about: "An answer finds its card by a message id, and is counted once by its source and edition. So ids are bare, opaque and case-sensitive text, a source is never the id of a delivery, and whatever shares a source is told apart.",
  cases: [
    ...perAudience((audience) => ({
      name: "a receipt names the message that the vendor made, by its bare id", needs: ["invitation.send"],
      run: async (bench) => {
        let given: string | undefined;
        const { messageId: made } = await bench.made(async () => {
          given = (await bench.do("send", { to: bench.recipient(audience), details: plain() })).messageId;
        });
        demand(messageId(given) !== undefined, `${show(given)} is no bare message id`);
        demand(given === made, `the receipt says ${show(given)}, the vendor made ${made}`);
      },
    })),
    {
      name: "every sending operation gives the bare id of what it made", needsAnySending: true,
      run: async (bench) => {
        const operations = [
          ...bench.audiencesOf("text.send").map((audience) => () => bench.do("sendText", { to: bench.recipient(audience), text: "Which id?" })),
          ...bench.audiencesOf("poll.send").map((audience) => () => bench.do("sendPoll", { to: bench.recipient(audience), question: "Which id?", options: ["Yes", "No"] })),
        ];
        for (const operation of operations) {
          let given: string | undefined;
          const act = await bench.made(async () => {
            given = (await operation()).messageId;
          });
          demand(given === act.messageId, `${act.operation} says ${show(given)}, the vendor made ${act.messageId}`);
        }
      },
    },
    {
      name: "a receipt names another chat only in the canonical spelling", needsAnySending: true,
      run: async (bench) => {
        const { recipient } = await anySending(bench).send();
        demand(recipient === undefined || isRecipient(recipient), `the receipt's recipient is ${show(recipient)}`);
      },
    },
    {
      name: "message ids are case-sensitive", needs: RSVP,
      run: async (bench) => {
        const [audience] = bench.audiencesOf("rsvp.receive");
        const card = await invited(bench, audience ?? "group");
        const other = swapCase(card.target);
        for (const delivery of await bench.vendor.script({ type: "rsvp", response: "GOING", ...card })) {
          const text = new TextDecoder().decode(delivery.body).replaceAll(card.target, other);
          for (const fact of factsIn(await readSigned(bench, text), "rsvp")) demand(fact.target === other, `an answer about ${other} is read as about ${fact.target}`);
        }
      },
    },
    {
      name: "a number is no id: a delivery with numeric ids gives no answer", needs: RSVP,
      run: async (bench) => {
        const [audience] = bench.audiencesOf("rsvp.receive");
        const card = await invited(bench, audience ?? "group");
        for (const delivery of await bench.vendor.script({ type: "rsvp", response: "GOING", ...card })) {
          const facts = allFacts([bench.provider.webhook.parse(withNumbers(jsonOf(delivery), card.target), delivery)]);
          demand(facts.every((fact) => !("target" in fact)), `a number was taken for the id in ${show(facts)}`);
        }
      },
    },
    {
      name: "one answer that is delivered twice is one fact", needs: RSVP,
      run: async (bench) => {
        for (const audience of bench.audiencesOf("rsvp.receive")) {
          const parsed = bench.read(await bench.vendor.script({ type: "rsvp", response: "GOING", twice: true, ...await invited(bench, audience) }));
          const claims = factsIn(parsed, "rsvp").map(claim);
          demand(claims.length >= 2 && new Set(claims).size === 1, `two deliveries of one answer have the claims ${show(claims)}`);
        }
      },
    },
    {
      name: "every answer of a guest is a fact of its own", needs: RSVP,
      run: async (bench) => {
        for (const audience of bench.audiencesOf("rsvp.receive")) {
          const card = await invited(bench, audience);
          const claims = [];
          for (const response of ["GOING", "NOT_GOING", "GOING"] as const) claims.push(...(await bench.facts("rsvp", { type: "rsvp", response, ...card })).map(claim));
          demand(claims.length === 3 && new Set(claims).size === 3, `three answers have the claims ${show(claims)}`);
        }
      },
    },
    {
      name: "the answers of two guests are two facts", needs: RSVP,
      run: async (bench) => {
        for (const audience of bench.audiencesOf("rsvp.receive").filter((each) => each === "group")) {
          const card = await invited(bench, audience);
          const claims = [];
          for (const by of bench.vendor.people) claims.push(...(await bench.facts("rsvp", { type: "rsvp", response: "GOING", ...card, by })).map(claim));
          demand(claims.length === 2 && new Set(claims).size === 2, `two guests' answers have the claims ${show(claims)}`);
        }
      },
    },
    {
      name: "the votes of two guests in one poll are two facts, and so are two votes of one guest", needs: ["poll.send", "poll.receive"],
      run: async (bench) => {
        for (const audience of bench.audiencesOf("poll.receive").filter((each) => bench.supports("poll.send", each))) {
          const poll = await polled(bench, audience, ["Yes", "No"]);
          const voters = audience === "group" ? bench.vendor.people : [poll.by];
          const claims = [];
          for (const label of ["Yes", "No"]) {
            for (const by of voters) {
              // Some vendors tell votes apart by their time only, to the millisecond.
              await new Promise((resolve) => setTimeout(resolve, 5));
              claims.push(...(await bench.facts("poll.voted", { type: "vote", labels: [label], ...poll, by })).map(claim));
            }
          }
          demand(claims.length === 2 * voters.length && new Set(claims).size === claims.length, `${2 * voters.length} votes have the claims ${show(claims)}`);
        }
      },
    },
    {
      name: "two readers of one card are two facts", needs: ["invitation.send", "track.read"], audience: "group",
      run: async (bench) => {
        const card = await invited(bench, "group");
        const facts = [];
        for (const by of bench.vendor.people) facts.push(...await bench.facts("invitation.read", { type: "read", ...card, by }));
        const readers = new Set(facts.map(({ guest }) => guest?.lid ?? guest?.phone));
        // A vendor that does not say who read has one report for all.
        demand(new Set(facts.map(claim)).size === readers.size, `${readers.size} readers have ${new Set(facts.map(claim)).size} claims`);
      },
    },
    {
      name: "what may still follow claims nothing", needs: [...RSVP, "rsvp.unreadable"],
      run: async (bench) => {
        for (const audience of bench.audiencesOf("rsvp.unreadable")) {
          const facts = allFacts(bench.read(await bench.vendor.script({ type: "rsvp.unreadable", mayFollow: true, ...await invited(bench, audience) })));
          const real = await bench.facts("rsvp", { type: "rsvp", response: "GOING", ...await invited(bench, audience, "Another card") });
          // The vendor under test reuses the source only where its vendor does: then the placeholder must not stand in the way.
          demand(real.length > 0 && facts.every((fact) => fact.placeholder === true || !bench.vendor.placeholders), `a message that may still follow claims ${show(facts.map(claim))}`);
        }
      },
    },
    {
      name: "ids in a fact are bare ids, and chats are canonical", needs: RSVP,
      run: async (bench) => {
        for (const audience of bench.audiencesOf("rsvp.receive")) {
          const card = await invited(bench, audience);
          const events = [{ type: "rsvp", response: "GOING", ...card }, { type: "rsvp.unreadable", ...card }, { type: "echo", ...card }, { type: "text", chat: card.chat, by: card.by, text: "1", quotes: card.target }] as const;
          for (const event of events) {
            for (const fact of allFacts(bench.read(await bench.vendor.script(event)))) {
              if ("target" in fact) demand(fact.target === undefined || messageId(fact.target) !== undefined, `the target of ${fact.type} is ${show(fact.target)}`);
              if ("recipient" in fact) demand(isRecipient(fact.recipient), `the recipient of ${fact.type} is ${show(fact.recipient)}`);
              if ("sighting" in fact) demand(messageId(fact.sighting.messageId) !== undefined && isRecipient(fact.sighting.recipient), `the sighting is ${show(fact.sighting)}`);
              demand(typeof fact.source === "string" && fact.source !== "", `the source of ${fact.type} is ${show(fact.source)}`);
            }
          }
        }
      },
    },
  ],
};

/** The same delivery, with a number wherever the id stands. */
function withNumbers(json: unknown, id: string): unknown {
  if (typeof json === "string") return json.includes(id) ? 120363019502650977 : json;
  if (Array.isArray(json)) return json.map((item) => withNumbers(item, id));
  return isObject(json) ? Object.fromEntries(Object.entries(json).map(([name, value]) => [name, withNumbers(value, id)])) : json;
}

