import type { MessageId, WebhookRequest } from "@event-messaging/core/driver";
import { factsIn } from "../bench.js";
import { demand, demandEqual } from "../demand.js";
import { deliver, later, untilLater } from "../deliver.js";
import { plain } from "../sample.js";
import { perAudience, type Group } from "../suite-case.js";

/** A guest's mind, in the order of the vendor's clock. */
const MINDS = ["GOING", "NOT_GOING", "MAYBE"] as const;
const ORDERS = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] as const;

export const order: Group = {
  name: "order",
  about: "Deliveries overtake each other. The newest answer by the vendor's time counts, whenever it comes, and an older one that comes late is filed and not told; so an answer's time must be the vendor's, never that of the arrival.",
  cases: perAudience((audience) => ({
    name: "the answers of a guest, delivered in every order, end in the newest, and a late older one is not told", needs: ["invitation.send", "rsvp.receive"],
    run: async (bench) => {
      const messaging = bench.messaging();
      const clinic = messaging.forTenant("first");
      const heard: string[] = [];
      messaging.on("rsvp", ({ key, response }) => void heard.push(`${key} ${response}`));
      const [by] = bench.vendor.people;
      const chat = audience === "direct" ? by.phone : bench.recipient("group");
      const cards: { readonly key: string; readonly order: readonly number[]; readonly target: MessageId; readonly answers: (readonly WebhookRequest[])[] }[] = [];
      for (const each of ORDERS) {
        const key = `order-${each.join("-")}`;
        const { messageId: target } = await bench.made(() => clinic.send({ key, to: chat, ...plain(`Answers in the order ${each.join(", ")}`) }));
        cards.push({ key, order: each, target, answers: [] });
      }
      for (const response of MINDS) {
        for (const { target, answers } of cards) answers.push(await bench.vendor.script({ type: "rsvp", response, chat, by, target }));
        const [fact] = factsIn(bench.read(cards.at(-1)?.answers.at(-1) ?? []), "rsvp");
        demand(fact !== undefined, "an answer was not read");
        await untilLater(fact.at);
      }
      for (const { key, order: sequence, answers } of cards) {
        for (const index of sequence) {
          await deliver(bench, messaging, answers[index] ?? []);
          // A defect that takes the arrival for the answer's time shall not hide in one millisecond.
          await later();
        }
        const news = sequence.filter((index, place) => sequence.slice(0, place).every((earlier) => earlier < index));
        demandEqual(heard.filter((line) => line.startsWith(`${key} `)), news.map((index) => `${key} ${MINDS[index] ?? ""}`), `what the handlers heard of ${key}`);
        demandEqual((await clinic.answers(key)).guests.map(({ answer }) => answer?.response), ["MAYBE"], `what counts of ${key}`);
      }
    },
  })),
};
