import { instant, type Audience, type CapabilityCode } from "@event-messaging/core/driver";
import { type Bench } from "../bench.js";
import { demand, show } from "../demand.js";
import { differences, plain } from "../sample.js";
import { invited } from "../invited.js";
import { perAudience, type Group, type SuiteCase } from "../suite-case.js";

const about = (name: string, code: CapabilityCode, check: (bench: Bench, audience: Audience) => Promise<void>): readonly SuiteCase[] =>
  perAudience((audience) => ({ name, needs: ["invitation.send", code], run: (bench) => check(bench, audience) }));

export const tracking: Group = {
  name: "tracking",
  about: "What became of a card: seen on the wire, handed over, shown, read, failed, deleted. An own echo proves an unknown send; a member's event can be adopted and answered.",
  cases: [
    ...about("the account's own card is observed as its own, with what it says", "track.observed", async (bench, audience) => {
      const { chat, target } = await invited(bench, audience, "Seen on the wire");
      const facts = await bench.facts("invitation.observed", { type: "echo", chat, target });
      const own = facts.filter(({ sighting }) => sighting.messageId === target);
      demand(own.length > 0, `observed were ${show(facts.map(({ sighting }) => sighting.messageId))} instead of ${target}`);
      for (const { sighting, canceled } of own) {
        const { location, ...details } = sighting.details;
        const wrong = differences(plain("Seen on the wire"), { ...details, ...(location && { location: location.name }) });
        demand(wrong.length === 0, wrong.join("; "));
        demand(sighting.createdBy === "self" && !canceled && bench.sameChat(sighting.recipient, chat), `it is of ${sighting.createdBy}, in ${sighting.recipient}, canceled: ${show(canceled)}`);
      }
    }),
    ...about("a member's event is observed as somebody else's", "track.observed", async (bench, audience) => {
      const chat = bench.recipient(audience);
      const facts = await bench.facts("invitation.observed", { type: "member-event", chat, by: bench.vendor.people[0], title: "Team dinner", startsAt: instant("2027-06-01T19:00:00Z") });
      demand(facts.length > 0, "it was not observed");
      for (const { sighting } of facts) {
        demand(sighting.createdBy === "other" && sighting.details.title === "Team dinner" && sighting.details.startsAt === "2027-06-01T19:00:00Z", `it is of ${sighting.createdBy}: ${show(sighting.details)}`);
      }
    }),
    ...about("a card that was delivered is reported as delivered", "track.delivered", async (bench, audience) => {
      const card = await invited(bench, audience);
      const facts = await bench.facts("invitation.delivered", { type: "delivered", ...card });
      demand(facts.some(({ target }) => target === card.target) && facts.every(({ reached }) => reached === "whatsapp" || reached === "device"), `the reports are ${show(facts)}`);
    }),
    ...about("a card that was read is reported as read", "track.read", async (bench, audience) => {
      const card = await invited(bench, audience);
      const facts = await bench.facts("invitation.read", { type: "read", ...card });
      demand(facts.some(({ target }) => target === card.target), `the reports are ${show(facts)}`);
    }),
    ...about("a card that failed is reported as failed, with a fixed word and an outcome", "track.failed", async (bench, audience) => {
      const card = await invited(bench, audience);
      const facts = await bench.facts("invitation.failed", { type: "failed", ...card });
      const ours = facts.filter(({ target, vendorIds }) => target === card.target || Object.values(vendorIds ?? {}).includes(card.target));
      demand(ours.length > 0, `the reports are ${show(facts)}`);
      for (const { vendorCode, outcome } of ours) demand(/^[a-z0-9-]{1,64}$/.test(vendorCode) && (outcome === "not-sent" || outcome === "unknown"), `code ${show(vendorCode)}, outcome ${show(outcome)}`);
    }),
    ...about("a card that was deleted is reported as revoked", "track.revoked", async (bench, audience) => {
      const card = await invited(bench, audience);
      const facts = await bench.facts("invitation.revoked", { type: "revoked", ...card });
      demand(facts.some(({ target }) => target === card.target), `the reports are ${show(facts)}`);
    }),
  ],
};
