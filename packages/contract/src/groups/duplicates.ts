import type { Messaging } from "@event-messaging/core";
import type { CapabilityCode, MessageId, Recipient } from "@event-messaging/core/driver";
import { factsIn, type Bench } from "../bench.js";
import { demand, demandEqual } from "../demand.js";
import { deliver, later, post, untilLater } from "../deliver.js";
import { plain } from "../sample.js";
import { perAudience, type Group } from "../suite-case.js";
import type { Person } from "../vendor-under-test.js";

const RSVP: readonly CapabilityCode[] = ["invitation.send", "rsvp.receive"];

interface Told {
  readonly messaging: Messaging;
  readonly heard: readonly string[];
  readonly card: { readonly chat: Recipient; readonly by: Person; readonly target: MessageId };
}

/** An invitation sent through createMessaging, and what its handlers hear. */
async function told(bench: Bench, audience: "direct" | "group"): Promise<Told> {
  const messaging = bench.messaging();
  const heard: string[] = [];
  messaging.on("rsvp", ({ response }) => void heard.push(response));
  const [by] = bench.vendor.people;
  const chat = audience === "direct" ? by.phone : bench.recipient("group");
  const { messageId: target } = await bench.made(() => messaging.forTenant("first").send({ key: "repeated", to: chat, ...plain("Please answer") }));
  return { messaging, heard, card: { chat, by, target } };
}

const filed = async ({ messaging }: Told) => (await messaging.forTenant("first").history("repeated")).filter(({ fact }) => fact.type === "rsvp").length;

export const duplicates: Group = {
  name: "duplicates",
  about: "Vendors repeat deliveries: twice at once, minutes later, or the same message under a new delivery. Through createMessaging an answer is one transition, told once, and a changed mind is a second one.",
  cases: [
    ...perAudience((audience) => ({
      name: "one delivery that comes twice at once and again later is told once", needs: RSVP,
      run: async (bench) => {
        const made = await told(bench, audience);
        const deliveries = await bench.vendor.script({ type: "rsvp", response: "GOING", ...made.card });
        const results = await Promise.all([...deliveries, ...deliveries].map((delivery) => post(bench, made.messaging, delivery)));
        demand(results.every(({ status }) => status === 200), `a repeated delivery was answered with status ${results.map(({ status }) => status).join(", ")}`);
        await made.messaging.idle();
        await later();
        await deliver(bench, made.messaging, deliveries);
        demandEqual(made.heard, ["GOING"], "what the handlers heard");
        demandEqual(await filed(made), 1, "answers in the history");
      },
    })),
    ...perAudience((audience) => ({
      name: "the same answer under a new delivery is told once", needs: RSVP,
      run: async (bench) => {
        const made = await told(bench, audience);
        await deliver(bench, made.messaging, await bench.vendor.script({ type: "rsvp", response: "GOING", twice: true, ...made.card }));
        demandEqual(made.heard, ["GOING"], "what the handlers heard");
        demandEqual(await filed(made), 1, "answers in the history");
      },
    })),
    ...perAudience((audience) => ({
      name: "two different answers of one guest are two, each told once", needs: RSVP,
      run: async (bench) => {
        const made = await told(bench, audience);
        for (const response of ["GOING", "NOT_GOING"] as const) {
          const deliveries = await bench.vendor.script({ type: "rsvp", response, ...made.card });
          await deliver(bench, made.messaging, deliveries);
          await later();
          await deliver(bench, made.messaging, deliveries);
          for (const { at } of factsIn(bench.read(deliveries), "rsvp").slice(0, 1)) await untilLater(at);
        }
        demandEqual(made.heard, ["GOING", "NOT_GOING"], "what the handlers heard");
        demandEqual(await filed(made), 2, "answers in the history");
      },
    })),
  ],
};
