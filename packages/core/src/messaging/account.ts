import { isSupported, supportOf } from "../capability/table.js";
import type { Call, GroupFound, WebhookPlan } from "../driver/operations.js";
import type { Probe, ProviderDefinition } from "../driver/provider.js";
import { invalidArgument } from "../error/invalid.js";
import { MessagingError } from "../error/messaging-error.js";
import type { InboundType } from "../model/inbound.js";
import { INBOUND_TYPES } from "../model/inbound.js";
import { isGroupId } from "../model/recipient.js";
import { secret } from "../model/secret.js";
import { checkAccount } from "./check-account.js";
import { startCall } from "./deadline.js";
import { onAccount } from "./execute.js";
import { accountById, type House } from "./house.js";
import type { CallOptions } from "./call-options.js";
import type { AccountMessaging } from "./messaging-types.js";
import { typedErrors } from "./typed-errors.js";

/** Set-up and health of one account. */
export function accountMessaging(house: House, id: string): AccountMessaging {
  return {
    groups: (query) => house.running(() => typedErrors("groups", "not-sent", () => groups(house, id, query))),
    check: (options) => house.running(() => typedErrors("check", "not-sent", () => bounded((call) => checkAccount(house, id, call), options))),
    probe: (options) => house.running(() => typedErrors("probe", "not-sent", () => probe(house, id, options))),
    planWebhooks: (wish) => house.running(() => typedErrors("planWebhooks", "not-sent", () => planWebhooks(house, id, wish))),
    applyWebhooks: (plan) => house.running(() => typedErrors("applyWebhooks", "unknown", () => bounded((call) => onAccount(house, id, async (invoke, { definition, forgetProbe }) => {
      demandWebhooks(definition, id);
      try {
        return await invoke("applyWebhooks", plan, call);
      } finally {
        // What an account can do may hang on its webhooks.
        forgetProbe();
      }
    })))),
  };
}

async function probe(house: House, id: string, options?: Pick<CallOptions, "signal" | "deadlineMs">): Promise<Probe> {
  return bounded(async (call) => {
    const lease = await house.pool.use(await accountById(house, id));
    try {
      return await lease.probe(call, 0);
    } finally {
      lease.release();
    }
  }, options);
}

async function planWebhooks(house: House, id: string, { url, types = INBOUND_TYPES }: { readonly url: string; readonly types?: readonly InboundType[] }): Promise<WebhookPlan> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) throw invalidArgument("The webhooks cannot be planned", [{ path: "url", message: "must be an absolute http or https URL" }]);
  return bounded((call) => onAccount(house, id, (invoke, { definition }) => {
    demandWebhooks(definition, id);
    return invoke("planWebhooks", { url: secret(url), types }, call);
  }));
}

async function groups(house: House, id: string, { only }: { readonly only?: string } = {}): Promise<readonly GroupFound[]> {
  if (only !== undefined && !isGroupId(only)) throw invalidArgument("The groups cannot be listed", [{ path: "only", message: "must be \"<id>@g.us\"" }]);
  return bounded((call) => onAccount(house, id, (invoke, { definition: { name, capabilities } }) => {
    const entry = supportOf(capabilities, "group.list", "group");
    if (isSupported(entry)) return invoke("listGroups", only === undefined ? {} : { only }, call);
    throw new MessagingError(`The groups of account "${id}" cannot be listed through ${name}: ${entry.why}`, {
      code: "UNSUPPORTED", outcome: "not-sent", persistence: "permanent", context: { provider: name, operation: "listGroups", capability: "group.list" },
    });
  }));
}

function demandWebhooks({ name, capabilities }: ProviderDefinition, account: string): void {
  const entry = supportOf(capabilities, "webhook.configure", "direct");
  if (isSupported(entry)) return;
  throw new MessagingError(`The webhooks of account "${account}" cannot be set up through ${name}: ${entry.why} Nothing was changed.`, {
    code: "UNSUPPORTED", outcome: "not-sent", persistence: "permanent", context: { provider: name, operation: "planWebhooks", capability: "webhook.configure" },
  });
}

async function bounded<T>(work: (call: Call) => Promise<T>, options?: Pick<CallOptions, "signal" | "deadlineMs">): Promise<T> {
  const { call, done } = startCall(options);
  try {
    return await work(call);
  } finally {
    done();
  }
}
