import { isMessagingError, isRecipient, undiciHttpClient, type InboundEvent, type Recipient } from "@event-messaging/core";
import { accountId, fromEpochMs } from "@event-messaging/core/driver";
import { zapi } from "@event-messaging/zapi";
import { GROUP, startTwoVendors, ZAPI_GROUP, type TwoVendors } from "../two-vendors.js";
import { callWith } from "./subjects.js";

/** A fault that arrives after the vendor had accepted. */
export interface LateRun {
  readonly nr: number;
  readonly name: string;
  readonly wrong: readonly string[];
}

type Failed = InboundEvent<"invitation.failed">;
const GUEST = "+351960000123";
const invitation = (key: string, to: string) => ({ key, to, title: "Rehearsal", startsAt: "2026-12-01T19:00:00+00:00" });
const expect = (holds: boolean, otherwise: string): readonly string[] => (holds ? [] : [otherwise]);

/** Over both simulated vendors, with webhooks that come in over a socket. `swap`: how the outcomes would read if failures were guessed. */
export async function lateFaults(swap: (event: Failed) => Failed["outcome"] = ({ outcome }) => outcome): Promise<readonly LateRun[]> {
  const stage = await startTwoVendors();
  const failed: Failed[] = [];
  const statuses: InboundEvent<"account.status">[] = [];
  stage.messaging.on("invitation.failed", (event) => void failed.push(event));
  stage.messaging.on("account.status", (event) => void statuses.push(event));
  const failures = (key: string) => failed.filter((event) => event.key === key);
  const outcomes = (key: string) => failures(key).map(swap).join(", ");
  try {
    const run = async (nr: number, name: string, wrong: () => Promise<readonly string[]>): Promise<LateRun> => ({ nr, name, wrong: await wrong() });
    return [
      await run(48, "callback: Phone number does not exist", async () => {
        await delivery(stage, "late48", { error: "Phone number does not exist" });
        return expect(outcomes("late48") === "not-sent", `failed as [${outcomes("late48")}] instead of [not-sent]`);
      }),
      await run(49, "callback: Timeout on send message", async () => {
        await delivery(stage, "late49", { error: "Timeout on send message" });
        return expect(outcomes("late49") === "unknown", `failed as [${outcomes("late49")}] instead of [unknown]`);
      }),
      await run(50, "ack -1", async () => {
        await ack(stage, "late50", -1, "ERROR");
        return expect(outcomes("late50") === "unknown", `failed as [${outcomes("late50")}] instead of [unknown]`);
      }),
      await run(51, "ack 0 and nothing after it", async () => {
        await ack(stage, "late51", 0, "PENDING");
        const sent = stage.waha.journal.entries().filter(({ act, shown }) => act === "event.created" && shown?.title === "late51").length;
        const standing = await stage.messaging.forTenant("clinic").find("late51");
        return [...expect(outcomes("late51") === "", "a failure was made up"), ...expect(sent === 1, `sent ${sent} times`), ...expect(standing.length === 1, "the invitation is gone")];
      }),
      await run(52, "disconnection with a parked queue", async () => {
        stage.zapi.setConnection("CLUB1", "lost");
        await stage.settled();
        const refused: unknown = await stage.messaging.forTenant("club").send(invitation("late52", GROUP)).catch((error: unknown) => error);
        const http = undiciHttpClient();
        const account = zapi.open(stage.accounts["club-zapi"]?.config, { account: accountId("club-zapi"), http, now: () => fromEpochMs(Date.now()), learned: {} });
        const sent = await account.send?.({ to: group(), details: { title: "late52", startsAt: fromEpochMs(1_796_000_000_000) } }, callWith(AbortSignal.timeout(5_000)));
        await http.close();
        await stage.settled();
        const parked = cards(stage, sent?.messageId);
        stage.zapi.setConnection("CLUB1", "connected");
        await stage.settled();
        const arrived = cards(stage, sent?.messageId);
        return [
          ...expect(isMessagingError(refused) && refused.outcome === "not-sent" && refused.code === "ACCOUNT_NOT_READY", "a send while disconnected was not refused"),
          ...expect(sent?.stage === "queued", `accepted as ${sent?.stage}`), ...expect(statuses.some(({ status }) => status === "not-ready"), "the disconnection was not told"),
          ...expect(outcomes("late52") === "", "a failure was made up"), ...expect(parked === 0, `${parked} cards while disconnected`), ...expect(arrived === 1, `${arrived} cards after the reconnection`),
        ];
      }),
    ];
  } finally {
    await stage.stop();
  }
}

async function delivery(stage: TwoVendors, key: string, more: Readonly<Record<string, unknown>>): Promise<void> {
  const { handle } = await stage.messaging.forTenant("club").send({ ...invitation(key, GROUP), title: key });
  await stage.settled();
  await stage.zapi.callback("CLUB1", "delivery", { type: "DeliveryCallback", instanceId: "CLUB1", phone: ZAPI_GROUP, zaapId: handle.messages[0]?.vendorIds.zaapId, messageId: handle.messages[0]?.id, momment: Date.now(), ...more });
  await stage.settled();
}

async function ack(stage: TwoVendors, key: string, code: number, name: string): Promise<void> {
  const { handle } = await stage.messaging.forTenant("clinic").send({ ...invitation(key, GUEST), title: key });
  await stage.settled();
  await stage.waha.webhook("clinic", "message.ack", { id: handle.messages[0]?.vendorIds.id, from: "351960000123@c.us", fromMe: true, to: "351960000123@c.us", ack: code, ackName: name, participant: null });
  await stage.settled();
}

/** What stands in the chat, and not merely in a queue. */
function cards(stage: TwoVendors, id: string | undefined): number {
  return stage.zapi.journal.entries().filter(({ act, messageId }) => act === "message.delivered" && messageId === id).length;
}

function group(): Recipient {
  if (!isRecipient(GROUP)) throw new TypeError("the stage's group is no recipient");
  return GROUP;
}
