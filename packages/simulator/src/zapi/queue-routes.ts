import type { Reply } from "../server.js";
import { replies } from "./replies.js";
import type { Call, Operation } from "./operation.js";
import type { QueuedMessage, ZapiInstance } from "./state.js";

const PAGE_DEFAULT = 20;
const PAGE_LIMIT = 30;

/** Z-API docs: queue/post-queue, queue/get-queue (deprecated, page without effect), queue/delete-queue. */
export const queueOperations: readonly Operation[] = [
  { name: "queue", method: "POST", answer: list },
  { name: "queue", method: "GET", answer: ({ instance }) => replies.ok(instance.queue.slice(0, PAGE_LIMIT).map((item) => written(instance, item))) },
  { name: "queue/count", method: "GET", answer: ({ instance }) => replies.ok({ count: instance.queue.length }) },
  { name: "queue", method: "DELETE", answer: ({ instance }) => (instance.queue.splice(0), replies.empty(200)) },
  { name: "queue/*", method: "DELETE", answer: removeOne },
];

/** `pagingState` stands for the last item of the page before; it is `null` on the last page. */
function list({ world, instance, body }: Call): Reply {
  const asked = typeof body["pageSize"] === "number" ? body["pageSize"] : PAGE_DEFAULT;
  if (asked > PAGE_LIMIT && world.switches.queuePageOver30 === "400") return replies.error(400, "pageSize must not exceed 30");
  const size = Math.max(1, Math.min(PAGE_LIMIT, Math.floor(asked)));
  const after = typeof body["pagingState"] === "string" ? Number(Buffer.from(body["pagingState"], "base64").toString()) : 0;
  const waiting = instance.queue.filter((item) => item.n > after);
  const page = waiting.slice(0, size);
  const hasMore = waiting.length > page.length;
  const last = page.at(-1);
  return replies.ok({
    messages: page.map((item) => written(instance, item)),
    pagingState: hasMore && last !== undefined ? Buffer.from(String(last.n)).toString("base64") : null,
    hasMore,
  });
}

function removeOne({ instance, parameter }: Call): Reply {
  const index = instance.queue.findIndex((item) => item.zaapId === parameter);
  if (index >= 0) instance.queue.splice(index, 1);
  return replies.empty(200);
}

/** Pascal case, as nowhere else. What `Message` holds of an event is not documented. */
const written = (instance: ZapiInstance, item: QueuedMessage): Record<string, unknown> => ({
  _id: item.zaapId,
  ZaapId: item.zaapId,
  MessageId: item.messageId,
  InstanceId: instance.id,
  Phone: item.phone,
  Message: item.preview,
  DelayMessage: item.delayMessage,
  DelayTyping: 0,
  Created: item.createdAt,
  CreatedAt: new Date(item.createdAt).toISOString().replace("Z", "+00:00"),
  Beta: false,
  IsTrial: false,
});
