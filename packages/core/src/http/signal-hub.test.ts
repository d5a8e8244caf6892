import { getEventListeners } from "node:events";
import { describe, expect, it } from "@jest/globals";
import { joinSignal, ownSignal } from "./signal-hub.js";

describe("signals that many wait for", () => {
  const member = (told: string[]) => ({ end: (why: string) => void told.push(why) });

  it("a signal has one listener for all who wait, and none when they have left", () => {
    const { signal } = new AbortController();
    const members = Array.from({ length: 20 }, () => member([]));
    const leave = members.map((each) => joinSignal(signal, each));
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    for (const each of leave) each();
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
  });

  it("whoever still waits is told once why it ended, and whoever left is not", () => {
    const controller = new AbortController();
    const told: string[] = [];
    const gone: string[] = [];
    joinSignal(controller.signal, member(told));
    joinSignal(controller.signal, member(gone))();
    controller.abort(new DOMException("over", "TimeoutError"));
    expect([told, gone]).toEqual([["deadline"], []]);
  });

  it("who waits for a signal of our own is told without a listener, once, and so is a stranger's listener", () => {
    const { signal, abort } = ownSignal();
    const told: string[] = [];
    joinSignal(signal, member(told));
    expect(getEventListeners(signal, "abort")).toHaveLength(0);
    signal.addEventListener("abort", () => told.push("listener"));
    abort(new Error("enough"));
    abort(new DOMException("later", "TimeoutError"));
    expect([told, signal.reason]).toEqual([["listener", "aborted"], new Error("enough")]);
  });
});
