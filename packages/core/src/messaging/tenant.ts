import { codesOf, isSupported, supportOf } from "../capability/table.js";
import type { CapabilityCode } from "../capability/codes.js";
import { MessagingError } from "../error/messaging-error.js";
import type { ProviderDefinition } from "../driver/provider.js";
import { tenantId, type TenantId } from "../model/ids.js";
import type { Audience } from "../model/recipient.js";
import { adopt, find } from "./adopt.js";
import { startCall } from "./deadline.js";
import { cancel, respond, update } from "./follow-up.js";
import { accountOfTenant, type House } from "./house.js";
import type { TenantMessaging } from "./messaging-types.js";
import { plan, send } from "./send.js";

/** The calls of one tenant, over what the messaging object shares. */
export function tenantMessaging(house: House, name: string): TenantMessaging {
  const tenant = tenantId(name);
  // Inside it promises every code; what callers may rely on is what `require` checked, which the return types say.
  const client: TenantMessaging<CapabilityCode> = {
    tenant,
    plan: (input, options) => house.running(() => plan(house, tenant, input, options)),
    send: (input, options) => house.running(() => send(house, tenant, input, options)),
    update: (handle, changes, options) => house.running(() => update(house, tenant, handle, changes, options)),
    cancel: (handle, options) => house.running(() => cancel(house, tenant, handle, options)),
    respond: (handle, response, options) => house.running(() => respond(house, tenant, handle, response, options)),
    adopt: (event) => house.running(() => adopt(house, tenant, event)),
    find: (key) => house.running(() => find(house, tenant, key)),
    supports: (code, audience) => house.running(() => supports(house, tenant, code, audience)),
    require: async (...wanted: readonly (CapabilityCode | ProviderDefinition)[]) => {
      await house.running(() => demand(house, tenant, wanted.flatMap((one) => (typeof one === "string" ? [one] : codesOf(one.capabilities)))));
      return client;
    },
  };
  return client;
}

async function supports(house: House, tenant: TenantId, code: CapabilityCode, audience: Audience) {
  const { call, done } = startCall();
  const lease = await house.pool.use(await accountOfTenant(house, tenant));
  try {
    return supportOf((await lease.probe(call)).capabilities, code, audience);
  } finally {
    lease.release();
    done();
  }
}

/** Each code must hold for one audience at least: which one a call needs shows only at the call. */
async function demand(house: House, tenant: TenantId, codes: readonly CapabilityCode[]): Promise<void> {
  for (const code of codes) {
    const [direct, group] = [await supports(house, tenant, code, "direct"), await supports(house, tenant, code, "group")];
    if (isSupported(direct) || isSupported(group)) continue;
    throw new MessagingError(`Tenant "${tenant}" needs ${code}, and its account does not have it: ${direct.why} Nothing was sent.`, {
      code: "UNSUPPORTED", outcome: "not-sent", persistence: "permanent", context: { operation: "require", capability: code },
    });
  }
}
