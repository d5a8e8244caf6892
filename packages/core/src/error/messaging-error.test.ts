import { inspect } from "node:util";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { describe, expect, it, jest } from "@jest/globals";
import { ERROR_CODES } from "./codes.js";
import { configInvalid, invalidArgument } from "./invalid.js";
import { isMessagingError, mayRepeat, MessagingError, type ErrorContext, type MessagingErrorInit } from "./messaging-error.js";

const init = { code: "TIMEOUT", outcome: "unknown", persistence: "transient" } as const satisfies MessagingErrorInit;

describe("the library's error", () => {
  it("is recognised when it comes from another copy of the package, where instanceof fails", () => {
    jest.isolateModules(() => {
      const copy = jest.requireActual<typeof import("./messaging-error.js")>("./messaging-error.js");
      const theirs = new copy.MessagingError("send: no answer", init);
      expect(theirs).not.toBeInstanceOf(MessagingError);
      expect(isMessagingError(theirs)).toBe(true);
      expect(copy.isMessagingError(new MessagingError("send: no answer", init))).toBe(true);
      expect(mayRepeat(theirs)).toBe(false);
    });
  });

  it("keeps alive nothing of the call that failed, when an application keeps it", async () => {
    setFlagsFromString("--expose-gc");
    const collect: () => void = runInNewContext("gc");
    let call: { readonly body: Uint8Array; fail(): MessagingError } | undefined = {
      body: new Uint8Array(1_000_000),
      fail() {
        return new MessagingError(`send: no answer to ${this.body.length} bytes`, init);
      },
    };
    const seen = new WeakRef(call);
    const kept = call.fail();
    call = undefined;
    await new Promise((resolve) => void setImmediate(resolve));
    collect();
    expect([seen.deref(), kept.stack?.includes("1000000 bytes")]).toEqual([undefined, true]);
  });

  it.each<[string, unknown]>([
    ["nothing", undefined], ["null", null], ["text", "TIMEOUT"], ["another error", new Error("x")], ["a look-alike without the mark", { ...init, name: "MessagingError" }],
    ["the mark without a code", { [Symbol.for("@event-messaging/core/MessagingError@1")]: true }],
    ["a code that this version does not know", { [Symbol.for("@event-messaging/core/MessagingError@1")]: true, code: "MELTED", outcome: "unknown" }],
    ["a boolean outcome", { [Symbol.for("@event-messaging/core/MessagingError@1")]: true, code: "TIMEOUT", outcome: false }],
    ["an outcome that cannot be: success is no error", { [Symbol.for("@event-messaging/core/MessagingError@1")]: true, code: "TIMEOUT", outcome: "accepted" }],
  ])("is not %s", (_, value) => {
    expect(isMessagingError(value)).toBe(false);
  });

  it("is an error with a stack, its own name and no cause", () => {
    const error = new MessagingError("send: no answer", init);
    expect(error).toBeInstanceOf(Error);
    expect([error.name, "cause" in error, error.issues, error.plan, error.retryAfterMs, error.context]).toEqual(["MessagingError", false, [], undefined, undefined, {}]);
    expect(error.stack).toContain("messaging-error.test");
  });

  it("takes no cause and nothing beyond the allow-list from plain JavaScript", () => {
    const canary = "https://api.example.com/token/canary";
    const smuggled: ErrorContext = Object.assign({ provider: "acme", status: 500, urlTemplate: "/api/{session}/events" }, { url: canary, headers: { "x-api-key": canary }, body: canary, cause: new Error(canary) });
    const error = new MessagingError("send: no answer", Object.assign({ ...init, context: smuggled }, { cause: new Error(canary), url: canary }));
    const sinks = [String(error), error.stack, JSON.stringify(error), inspect(error, { depth: null, showHidden: true }), Object.values(error).map((value) => inspect(value)).join()];
    for (const sink of sinks) expect(sink).not.toContain("canary");
    expect(error.context).toEqual({ provider: "acme", status: 500, urlTemplate: "/api/{session}/events" });
  });

  it("goes through JSON with all that a log needs", () => {
    const error = invalidArgument("The invitation cannot be sent", [{ path: "title", message: "is missing" }, { path: "", message: "must be object" }], { operation: "send" });
    expect(JSON.parse(JSON.stringify(error))).toEqual({ name: "MessagingError", code: "INVALID_ARGUMENT", outcome: "not-sent", persistence: "permanent", issues: error.issues, context: { operation: "send" } });
    expect(error.message).toBe("The invitation cannot be sent: title is missing; must be object. Correct the input; nothing was sent.");
    expect(configInvalid("x", []).code).toBe("CONFIG_INVALID");
  });
});

describe("repeating", () => {
  it("is allowed only where nothing was sent and another try may fare better", () => {
    for (const code of ERROR_CODES) for (const outcome of ["not-sent", "unknown"] as const) for (const persistence of ["permanent", "transient", "exhausted"] as const) {
      expect(mayRepeat(new MessagingError("x", { code, outcome, persistence }))).toBe(outcome === "not-sent" && persistence === "transient");
    }
  });
});
