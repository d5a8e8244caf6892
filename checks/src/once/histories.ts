import type { RigName } from "./rigs.js";
import type { Stage } from "./stage.js";

/** What the book must say of the first card in the end. `unknown` is never wrong, only less than could be known. */
export type Expected = Readonly<Record<RigName, "accepted" | "not-sent" | "unknown">>;

export interface History {
  readonly name: string;
  readonly play: (stage: Stage) => Promise<void>;
  readonly expected: Expected;
}

const FIVE_MINUTES = 300_000;
const all = (state: Expected["memory"]): Expected => ({ memory: state, waha: state, zapi: state });
/** WAHA shows what is in the chat, never that something is not; Z-API shows only what still waits. */
const seenInHistory: Expected = { memory: "accepted", waha: "accepted", zapi: "unknown" };
const provedAbsent: Expected = { memory: "not-sent", waha: "unknown", zapi: "unknown" };

export const HISTORIES: readonly History[] = [
  { name: "sent, answer lost, echo", expected: all("accepted"), play: async (stage) => {
    await stage.breaks("k1", true);
    await stage.deliver();
  } },
  { name: "sent, answer lost, no echo", expected: seenInHistory, play: async (stage) => {
    await stage.breaks("k1", true);
    await stage.reconcileAfter(FIVE_MINUTES);
  } },
  { name: "never sent", expected: provedAbsent, play: async (stage) => {
    await stage.breaks("k1", false);
    await stage.deliver();
    await stage.reconcileAfter(FIVE_MINUTES);
  } },
  { name: "never sent, looked into too early", expected: all("unknown"), play: async (stage) => {
    await stage.breaks("k1", false);
    await stage.reconcileAfter(10_000);
  } },
  { name: "parked in the vendor's queue", expected: { memory: "accepted", waha: "accepted", zapi: "accepted" }, play: async (stage) => {
    await stage.ask();
    stage.rig.park();
    await stage.breaks("k1", true);
    await stage.reconcileAfter(FIVE_MINUTES);
  } },
  { name: "two that look alike, one sent, echo", expected: all("unknown"), play: async (stage) => {
    await stage.breaks("k1", false);
    await stage.breaks("k2", true);
    await stage.deliver();
    await stage.reconcileAfter(FIVE_MINUTES);
  } },
  { name: "two that look alike, both sent, both echoes", expected: all("unknown"), play: async (stage) => {
    await stage.breaks("k1", true);
    await stage.breaks("k2", true);
    await stage.deliver();
    await stage.reconcileAfter(FIVE_MINUTES);
  } },
  { name: "never sent, its twin accepted and echoed", expected: provedAbsent, play: async (stage) => {
    await stage.breaks("k1", false);
    await stage.sends("k2");
    await stage.deliver();
    await stage.reconcileAfter(FIVE_MINUTES);
  } },
  { name: "sent, the vendor's clock 90 s behind, no echo", expected: seenInHistory, play: async (stage) => {
    stage.pass(90_000);
    await stage.breaks("k1", true);
    await stage.reconcileAfter(FIVE_MINUTES);
  } },
  { name: "sent, the vendor's clock ten minutes behind", expected: all("unknown"), play: async (stage) => {
    stage.pass(600_000);
    await stage.breaks("k1", true);
    await stage.reconcileAfter(FIVE_MINUTES);
  } },
  { name: "crash after the request, echo before anybody looks", expected: all("accepted"), play: async (stage) => {
    await stage.crashes("k1", "after");
    await stage.deliver();
    await stage.reconcileAfter(FIVE_MINUTES);
  } },
  { name: "crash after the request, no echo", expected: seenInHistory, play: async (stage) => {
    await stage.crashes("k1", "after");
    await stage.reconcileAfter(FIVE_MINUTES);
  } },
  { name: "crash before the request", expected: provedAbsent, play: async (stage) => {
    await stage.crashes("k1", "before");
    await stage.deliver();
    await stage.reconcileAfter(FIVE_MINUTES);
  } },
  { name: "never sent, another program's card in the chat", expected: provedAbsent, play: async (stage) => {
    await stage.breaks("k1", false);
    await stage.rig.stranger();
    await stage.deliver();
    await stage.reconcileAfter(FIVE_MINUTES);
  } },
  { name: "sent, echo twice and only after a look", expected: all("accepted"), play: async (stage) => {
    await stage.breaks("k1", true);
    stage.rig.goBlind();
    await stage.reconcileAfter(FIVE_MINUTES);
    await stage.deliver(2);
  } },
  { name: "never sent, the vendor cannot be asked", expected: all("unknown"), play: async (stage) => {
    await stage.breaks("k1", false);
    stage.rig.goBlind();
    await stage.reconcileAfter(FIVE_MINUTES);
  } },
];
