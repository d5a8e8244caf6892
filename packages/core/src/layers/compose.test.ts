import { describe, expect, it } from "@jest/globals";
import { ANA, bench, checkUp, ending } from "../../test/support/bench.js";
import { ACCOUNT_LAYERS, type AccountLayer, type Invoke } from "./account-layer.js";
import type { CallLayer } from "./call-layer.js";

const passing = (slot: AccountLayer["slot"], log: string[]): AccountLayer => ({
  slot,
  wrap: (next) => {
    const invoke: Invoke = async (operation, input, call) => {
      log.push(slot);
      return next(operation, input, call);
    };
    return invoke;
  },
});

describe("layers", () => {
  it("stand in their fixed order, whatever the order of the list", async () => {
    const log: string[] = [];
    const { clinic } = bench({ layers: [...ACCOUNT_LAYERS].reverse().map((slot) => passing(slot, log)) });
    await clinic.send(checkUp);
    expect(log).toEqual([...ACCOUNT_LAYERS]);
  });

  it("around whole calls are inside the book: what they refuse is kept as their error says, what they throw is unknown", async () => {
    const throwing: CallLayer = { slot: "router", wrap: () => () => Promise.reject(new TypeError("canary")) };
    const { clinic, book, vendor } = bench({ layers: [throwing] });
    expect(await ending(clinic.send(checkUp))).toBe("UNKNOWN unknown");
    expect((await book.records(clinic.tenant, "apt_1"))[0]).toMatchObject({ state: "unknown", recipient: ANA });
    expect(vendor.requests).toEqual([]);
  });
});
