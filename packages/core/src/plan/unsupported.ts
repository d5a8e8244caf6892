import { MessagingError } from "../error/messaging-error.js";
import type { Plan } from "./plan-types.js";

/** `UNSUPPORTED`, before any request, with the plan that says why. */
export function unsupported(operation: string, plan: Plan): MessagingError {
  const reasons = plan.lost.length === 0 ? ["The policy allows no form that the account has: name it in policy.forms."] : plan.lost.map(({ code, path, why }) => `${path === "" ? code : `${path} (${code})`}: ${why}`);
  const [first] = plan.lost;
  return new MessagingError(
    `${operation} through ${plan.provider} is not possible for ${plan.recipient.endsWith("@g.us") ? "a group" : "a direct chat"}. ${reasons.join(" ")} Nothing was sent; error.plan has the details.`,
    {
      code: "UNSUPPORTED", outcome: "not-sent", persistence: "permanent", plan,
      issues: plan.lost.map(({ path, why }) => ({ path, message: why })),
      context: { provider: plan.provider, account: plan.account, operation, ...(first && { capability: first.code }) },
    },
  );
}
