import type { Reply } from "../server.js";
import { setConnection } from "./connection.js";
import { replies } from "./replies.js";
import type { Call, Operation } from "./operation.js";
import type { CallbackKind } from "./state.js";

/** Status, data and life cycle of an instance; three of the calls that change something are GETs. Z-API docs: instance/*. */
export const instanceOperations: readonly Operation[] = [
  { name: "status", method: "GET", answer: status },
  { name: "me", method: "GET", answer: me },
  { name: "device", method: "GET", answer: device },
  { name: "disconnect", method: "GET", answer: logOut },
  { name: "restart", method: "GET", answer: () => replies.value(true) },
  { name: "restore-session", method: "GET", answer: restore },
  { name: "qr-code", method: "GET", answer: ({ instance }) => replies.ok(instance.connection === "connected" ? { connected: true } : { value: "2@simulated" }) },
  { name: "qr-code/image", method: "GET", answer: ({ instance }) => replies.ok(instance.connection === "connected" ? { connected: true } : { value: "data:image/png;base64,iVBORw0KGgo=" }) },
];

function logOut({ world, instance }: Call): Reply {
  setConnection(world, instance, "unpaired");
  return replies.value(true);
}

/** Meant for use after a disconnect callback. Z-API docs: instance/restore-session. */
function restore({ world, instance }: Call): Reply {
  if (instance.connection === "lost") setConnection(world, instance, "connected");
  return replies.value(true);
}

/** `error` is filled when all is well, too. `session` and `created` are no longer documented and still answered. Z-API docs: instance/status. */
function status({ world, instance }: Call): Reply {
  if (instance.suspended && world.switches.suspendedStatus === "400-subscribe") return replies.suspended();
  const error = { connected: "You are already connected.", lost: "You need to restore the session.", unpaired: "You are not connected." }[instance.connection];
  const connected = instance.connection === "connected";
  return replies.ok({ connected, smartphoneConnected: connected && instance.smartphoneConnected, session: false, created: instance.createdAt, error });
}

/** Reads back what the webhook calls wrote, under other names (`notifySentByMe` is read as `receiveCallbackSentByMe`). Z-API docs: instance/me. */
function me({ instance }: Call): Reply {
  const url = (kind: CallbackKind): string | null => instance.webhooks.get(kind) ?? null;
  return replies.ok({
    id: instance.id,
    token: instance.token,
    name: instance.name,
    due: instance.createdAt + 30 * 24 * 3_600_000,
    connected: instance.connection === "connected",
    paymentStatus: instance.suspended ? "PENDING" : "PAID",
    created: new Date(instance.createdAt).toISOString(),
    connectedCallbackUrl: url("connected"),
    deliveryCallbackUrl: url("delivery"),
    disconnectedCallbackUrl: url("disconnected"),
    messageStatusCallbackUrl: url("message-status"),
    presenceChatCallbackUrl: url("chat-presence"),
    receivedCallbackUrl: url("received"),
    initialDataCallbackUrl: null,
    receiveCallbackSentByMe: instance.notifySentByMe,
    callRejectAuto: false,
    callRejectMessage: "",
    autoReadMessage: false,
  });
}

/** Where the connected number can be read. Z-API docs: instance/device. */
function device({ instance }: Call): Reply {
  if (instance.connection !== "connected") return replies.notConnected();
  return replies.ok({
    phone: instance.self.phone,
    imgUrl: null,
    about: "",
    name: instance.self.name ?? instance.name,
    device: { sessionName: instance.name, device_model: "Z-API" },
    originalDevice: "smba",
    sessionId: 175,
    isBusiness: true,
  });
}
