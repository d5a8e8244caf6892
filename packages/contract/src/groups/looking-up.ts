import { instant, isGroupId, isLid, isPhone, secret, type Receipt } from "@event-messaging/core/driver";
import { isPerson } from "../bench.js";
import { demand, demandEqual, endingOf, rejected, show } from "../demand.js";
import { plain } from "../sample.js";
import { perAudience, type Group } from "../suite-case.js";

const WISH = { url: secret("https://hooks.example.org/webhooks/first/dont-show-this-path"), types: ["rsvp", "invitation.failed"] as const };
const sentMessage = ({ messageId: id, vendorIds }: Receipt) => ({ id, form: "native" as const, role: "invitation" as const, vendorIds });
const hourAgo = () => instant(new Date(Date.now() - 3_600_000));

export const lookingUp: Group = {
  name: "looking up and setting up",
  about: "A send of unknown outcome is looked for, a contact is resolved, webhooks are planned before they are changed. Looking only reads, says no more than it saw, and a plan shows no secret.",
  cases: [
    ...perAudience((audience) => ({
      name: "what was sent is found, or the search does not claim to be conclusive", needs: ["invitation.send", "message.find"],
      run: async (bench) => {
        const to = bench.recipient(audience);
        const card = await bench.made(() => bench.do("send", { to, details: plain("Look for me") }));
        const { matches, conclusive } = await bench.do("findSent", { to, details: plain("Look for me"), since: hourAgo() });
        const found = matches.some(({ messageId }) => messageId === card.messageId);
        demand(found || !conclusive, "the search missed the message and calls itself conclusive");
      },
    })),
    ...perAudience((audience) => ({
      name: "what was never sent is not found", needs: ["invitation.send", "message.find"],
      run: async (bench) => {
        const to = bench.recipient(audience);
        await bench.do("send", { to, details: plain("Something else") });
        const { matches } = await bench.do("findSent", { to, details: plain("Never sent"), since: hourAgo() });
        demand(matches.length === 0, `the search found ${show(matches)}`);
      },
    })),
    {
      name: "a search that fails has sent nothing", needs: ["message.find"],
      run: async (bench) => {
        await bench.vendor.failNext("act-then-reset");
        const watch = await bench.watch();
        const ending = await endingOf(bench.do("findSent", { to: bench.someone("message.find"), details: plain(), since: hourAgo() }));
        demand(!ending.resolved, "a search without an answer resolved");
        demand(ending.outcome === "not-sent", `the outcome is ${ending.outcome}`);
        demand((await watch.acts()).length === 0, "the vendor acted");
      },
    },
    {
      name: "a contact is found under his own ids only", needs: ["contact.resolve"], audience: "direct",
      run: async (bench) => {
        const [person] = bench.vendor.people;
        const { exists, guest } = await bench.do("resolveContact", person.phone);
        demand(exists !== false, "somebody who is there is said not to exist");
        demand((guest.phone === undefined || isPhone(guest.phone)) && (guest.lid === undefined || isLid(guest.lid)) && isPerson(guest, person), `the guest is ${show(guest)}, the person ${show(person)}`);
      },
    },
    {
      name: "a contact that is known by LID is not given a made-up number", needs: ["contact.resolve"], audience: "direct",
      run: async (bench) => {
        const [person] = bench.vendor.people;
        const ending = await endingOf(bench.do("resolveContact", person.lid));
        if (!ending.resolved) return demand(ending.ours?.outcome === "not-sent", "it rejected otherwise than with a MessagingError that says nothing was sent");
        demand(isPerson(ending.value.guest, person), `the guest is ${show(ending.value.guest)}, the person ${show(person)}`);
      },
    },
    {
      name: "the account's groups are listed, those under test among them, each once and by its canonical id", needs: ["group.list"], audience: "group",
      run: async (bench) => {
        const watch = await bench.watch();
        const groups = await bench.do("listGroups", {});
        const ids = groups.map(({ id }) => id);
        demand(ids.every(isGroupId) && new Set(ids).size === ids.length, `the ids are ${show(ids)}`);
        const missing = bench.vendor.recipients.group.filter((id) => !ids.includes(id));
        demand(missing.length === 0, `not listed: ${missing.join(", ")}`);
        demand((await watch.acts()).length === 0, "the vendor acted");
      },
    },
    {
      name: "a group that is asked for by itself is found, and says whether the account may write there", needs: ["group.list"], audience: "group",
      run: async (bench) => {
        for (const only of bench.vendor.recipients.group.slice(0, 2)) {
          const groups = await bench.do("listGroups", { only });
          demand(groups.length === 1 && groups[0]?.id === only, `asked for ${only}, it found ${show(groups)}`);
          demand(groups[0]?.mayWrite !== false, "it says that the account may not write where it may");
        }
      },
    },
    {
      name: "a group that the account does not know is NOT_FOUND, and nothing was sent", needs: ["group.list"], audience: "group",
      run: async (bench) => {
        const only = "120363999999999999@g.us";
        demand(isGroupId(only), "the suite's own group is none");
        const error = await rejected(bench.do("listGroups", { only }), "asking for an unknown group");
        demand(error.code === "NOT_FOUND" && error.outcome === "not-sent", `it rejected with ${error.code}, ${error.outcome}`);
      },
    },
    ...perAudience((audience) => ({
      name: "what is withdrawn never shows, and what shows is not said to be withdrawn", needs: ["invitation.send", "message.withdraw"],
      run: async (bench) => {
        const receipt = await bench.do("send", { to: bench.recipient(audience), details: plain("To be withdrawn") });
        const shown = (await bench.vendor.journal()).some(({ operation, shown: { title } }) => operation === "send" && title === "To be withdrawn");
        const result = await bench.do("withdraw", sentMessage(receipt));
        const withdrawn = (await bench.vendor.journal()).some(({ operation }) => operation === "withdraw");
        demand(result !== "withdrawn" || withdrawn || !shown, "the phone shows it, and withdraw() says that it was withdrawn");
      },
    })),
    {
      name: "planning webhooks only reads, and shows no secret", needs: ["webhook.configure"],
      run: async (bench) => {
        const watch = await bench.watch();
        const plan = await bench.do("planWebhooks", WISH);
        demandEqual((await bench.do("planWebhooks", WISH)).changes, plan.changes, "the changes of a second plan");
        demand((await watch.acts()).length === 0, "the vendor acted");
        demand(plan.changes.length > 0, "a wish that changes everything has no changes");
        const printed = `${JSON.stringify(plan)}${show(plan)}${String(plan.before)}`;
        demand(!printed.includes("dont-show-this-path") && !bench.vendor.secrets.some((each) => printed.includes(each)), "the plan shows a secret");
      },
    },
    {
      name: "an applied plan leaves nothing to change, and its answer restores what was", needs: ["webhook.configure"],
      run: async (bench) => {
        const plan = await bench.do("planWebhooks", WISH);
        const undo = await bench.do("applyWebhooks", plan);
        demandEqual((await bench.do("planWebhooks", WISH)).changes, [], "the changes after applying");
        await bench.do("applyWebhooks", undo);
        demandEqual((await bench.do("planWebhooks", WISH)).changes, plan.changes, "the changes after restoring");
      },
    },
    {
      name: "a plan is refused when the account has changed since", needs: ["webhook.configure"],
      run: async (bench) => {
        const plan = await bench.do("planWebhooks", WISH);
        await bench.do("applyWebhooks", plan);
        const error = await rejected(bench.do("applyWebhooks", plan), "a plan that was applied before");
        demand(error.code === "CONFLICT" && error.outcome === "not-sent", `it rejected with ${error.code}, ${error.outcome}`);
      },
    },
  ],
};
