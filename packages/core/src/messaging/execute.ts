import type { OperationName } from "../capability/gates.js";
import { MessagingError } from "../error/messaging-error.js";
import type { Call, Operations, Receipt } from "../driver/operations.js";
import type { EventMessagingProvider } from "../driver/provider.js";
import type { AccountLease } from "../accounts/pool.js";
import type { Invoke } from "../layers/account-layer.js";
import type { LogicalCall, Sent } from "../layers/call-layer.js";
import { composeAccountLayers } from "../layers/compose.js";
import type { SentMessage } from "../model/handle.js";
import { accountId, messageId, type AccountId } from "../model/ids.js";
import type { Plan } from "../plan/plan-types.js";
import { endedEarly, withinCall } from "./deadline.js";
import { accountById, type House } from "./house.js";

/** How long an adapter may take to say how far it came, after its call has ended. */
const GRACE_MS = 2_000;
const ROLE = { send: "invitation", sendPoll: "invitation", sendText: "invitation", update: "update", cancel: "cancel", respond: "response" } as const;

/** The innermost step of a sending call: the planned account makes one request, and the handle grows by one message. */
export async function execute(house: Pick<House, "directory" | "pool" | "layers">, { request, plan, call, record }: LogicalCall): Promise<Sent> {
  if (call.signal.aborted) throw endedEarly(record.operation, call);
  const receipt: Receipt = await onAccount(house, plan.account, (invoke, { definition }) => {
    if (definition.name !== plan.provider) throw moved(record.operation, plan);
    if (call.signal.aborted) throw endedEarly(record.operation, call);
    return withinCall(call, GRACE_MS, () => deaf(record.operation, plan), invoke(request.operation, request.input, call));
  });
  if (!isReceipt(receipt)) throw unreadable(record.operation, plan);
  const chat = receipt.recipient ?? (request.operation === "send" ? request.input.to : record.handle.recipient);
  const message: SentMessage = {
    id: receipt.messageId,
    form: record.handle.form,
    role: ROLE[request.operation],
    vendorIds: receipt.vendorIds,
    ...(record.choices && { choices: record.choices }),
    ...(chat !== record.handle.recipient && { recipient: chat }),
  };
  return { handle: { ...record.handle, messages: [...record.handle.messages.filter(({ id }) => id !== message.id), message] }, stage: receipt.stage, plan };
}

/** Accepted means a message id: an adapter that resolves without one has proved nothing. */
function isReceipt(receipt: Partial<Receipt> | undefined): boolean {
  return messageId(receipt?.messageId) !== undefined && (receipt?.stage === "queued" || receipt?.stage === "handed-over") && typeof receipt.vendorIds === "object";
}

function unreadable(operation: string, { provider, account }: Plan): MessagingError {
  return new MessagingError(`${operation} through ${provider}: the adapter resolved without a message id, so whether anything was sent is unknown. Report it to the adapter's author.`, {
    code: "PROTOCOL", outcome: "unknown", persistence: "permanent", context: { provider, account, operation },
  });
}

function deaf(operation: string, { provider, account }: Plan): MessagingError {
  return new MessagingError(`${operation} through ${provider}: the call ended and the adapter did not, so whether anything was sent is unknown. Report it to the adapter's author.`, {
    code: "TIMEOUT", outcome: "unknown", persistence: "permanent", context: { provider, account, operation },
  });
}

function moved(operation: string, { provider, account }: Plan): MessagingError {
  return new MessagingError(`${operation}: account "${account}" left provider ${provider} during the call. Nothing was sent; make the call again.`, {
    code: "CONFLICT", outcome: "not-sent", persistence: "transient", context: { provider, account, operation },
  });
}

/** Runs calls on an open account, inside its layers. */
export async function onAccount<T>(house: Pick<House, "directory" | "pool" | "layers">, account: string, work: (invoke: Invoke, lease: AccountLease) => Promise<T>): Promise<T> {
  const record = await accountById(house, account);
  const lease = await house.pool.use(record);
  try {
    const scope = { provider: record.provider, revision: record.revision, probe: (call: Call) => lease.probe(call, 0) };
    return await work(composeAccountLayers(house.layers, invokerOf(lease.provider, record.provider, accountId(account)), accountId(account), scope), lease);
  } finally {
    lease.release();
  }
}

/** The provider's operations behind one function, so that a layer is written once for all of them. */
function invokerOf(provider: EventMessagingProvider, name: string, account: AccountId): Invoke {
  return <O extends OperationName>(operation: O, input: Operations[O]["input"], call: Call): Promise<Operations[O]["output"]> => {
    const method = provider[operation];
    if (method === undefined) {
      return Promise.reject(new MessagingError(`${operation} is not implemented by provider "${name}". Nothing was sent; ask supports() first.`, {
        code: "UNSUPPORTED", outcome: "not-sent", persistence: "permanent", context: { provider: name, account, operation },
      }));
    }
    // Indexing by O gives the method of O; the compiler cannot carry that through the optional member.
    return (method as (input: Operations[O]["input"], call: Call) => Promise<Operations[O]["output"]>).call(provider, input, call);
  };
}
