import { reveal } from "@event-messaging/core/driver";
import { brokenMemory } from "./break.js";

/** A plan shows the address with the secret in it. */
export const showsTheWebhookAddress = brokenMemory("shows the webhook address", "looking up and setting up: planning webhooks only reads, and shows no secret", ({ good }) => ({
  async planWebhooks(wish, call) {
    const plan = await good.planWebhooks(wish, call);
    return { ...plan, changes: plan.changes.map((change) => (change.path === "url" ? { ...change, message: `becomes ${reveal(wish.url)}` } : change)) };
  },
}));
