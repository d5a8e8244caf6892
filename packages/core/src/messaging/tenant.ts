import { codesOf, isSupported, supportOf } from "../capability/table.js";
import type { CapabilityCode } from "../capability/codes.js";
import { invalidArgument } from "../error/invalid.js";
import { MessagingError } from "../error/messaging-error.js";
import type { ProviderDefinition } from "../driver/provider.js";
import { isTenantId, type TenantId } from "../model/ids.js";
import type { Audience } from "../model/recipient.js";
import { adopt, find } from "./adopt.js";
import { startCall } from "./deadline.js";
import { cancel, respond, update } from "./follow-up.js";
import { accountOfTenant, type House } from "./house.js";
import type { TenantMessaging } from "./messaging-types.js";
import { answersTo, historyOf } from "./rsvps.js";
import { planSend, send } from "./send.js";
import { typedErrors } from "./typed-errors.js";

/** The calls of one tenant, over what the messaging object shares. */
export function tenantMessaging(house: House, name: string): TenantMessaging {
  const run = <T>(operation: string, work: (tenant: TenantId) => Promise<T>) =>
    house.running(() => typedErrors(operation, "not-sent", () => work(checked(operation, name))));
  // Inside it promises every code; what callers may rely on is what `require` checked, which the return types say.
  const client: TenantMessaging<CapabilityCode> = {
    // Checked at each call: making a client never fails.
    tenant: name as TenantId,
    plan: (input, options) => run("plan", (tenant) => planSend(house, tenant, input, options)),
    send: (input, options) => run("send", (tenant) => send(house, tenant, input, options)),
    update: (handle, changes, options) => run("update", (tenant) => update(house, tenant, handle, changes, options)),
    cancel: (handle, options) => run("cancel", (tenant) => cancel(house, tenant, handle, options)),
    respond: (handle, response, options) => run("respond", (tenant) => respond(house, tenant, handle, response, options)),
    adopt: (event) => run("adopt", (tenant) => adopt(house, tenant, event)),
    answers: (key) => run("answers", (tenant) => answersTo(house.book, tenant, key, house.newDate)),
    history: (key, guest) => run("history", (tenant) => historyOf(house.book, tenant, key, guest)),
    find: (key) => run("find", (tenant) => find(house, tenant, key)),
    supports: (code, audience) => run("supports", (tenant) => supports(house, tenant, code, audience)),
    require: async (...wanted: readonly (CapabilityCode | ProviderDefinition)[]) => {
      await run("require", (tenant) => demand(house, tenant, wanted.flatMap((one) => (typeof one === "string" ? [one] : promisedBy(one)))));
      return client;
    },
  };
  return client;
}

function checked(operation: string, tenant: string): TenantId {
  if (isTenantId(tenant)) return tenant;
  throw invalidArgument(`${operation} was refused`, [{ path: "tenant", message: "must be 1 to 256 characters without spaces or control characters" }]);
}

/** What a definition is wanted for: not what it lists in order to say that it is absent or unproved. */
function promisedBy({ capabilities }: ProviderDefinition): readonly CapabilityCode[] {
  return codesOf(capabilities).filter((code) => isSupported(supportOf(capabilities, code, "direct")) || isSupported(supportOf(capabilities, code, "group")));
}

async function supports(house: House, tenant: TenantId, code: CapabilityCode, audience: Audience) {
  const lease = await house.pool.use(await accountOfTenant(house, tenant));
  const { call, done } = startCall();
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
