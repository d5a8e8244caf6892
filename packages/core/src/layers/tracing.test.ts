import { describe, expect, it } from "@jest/globals";
import { bench, checkUp, ending } from "../../test/support/bench.js";
import { failure, fails, layered } from "../../test/support/layer-bench.js";
import type { HttpClient } from "../driver/http.js";
import type { Attributes, Telemetry } from "./telemetry.js";
import { tracedHttpClient } from "./traced-http-client.js";
import { tracing } from "./tracing.js";

/** Everything that a telemetry was told, in order. */
function recording() {
  const told: unknown[] = [];
  const telemetry: Telemetry = {
    tracer: {
      startActiveSpan(name, { kind, attributes }, run) {
        const span = { name, kind, attributes: { ...attributes } as Record<string, unknown>, status: undefined as unknown, ended: false };
        told.push(span);
        return run({ setAttributes: (more: Attributes) => Object.assign(span.attributes, more), setStatus: (status) => (span.status = status), end: () => void (span.ended = true) });
      },
    },
    meter: {
      createCounter: (name) => ({ add: (value, attributes) => void told.push([name, value, attributes]) }),
      createHistogram: (name) => ({ record: (value, attributes) => void told.push([name, typeof value, attributes]) }),
    },
    logger: Object.fromEntries(["debug", "info", "warn", "error"].map((level) => [level, (facts: object, message: string) => void told.push([level, facts, message])])) as unknown as NonNullable<Telemetry["logger"]>,
  };
  return { told, telemetry };
}

describe("tracing", () => {
  it("tells each attempt with its outcome, and a repeat as such", async () => {
    const { told, telemetry } = recording();
    const { send } = layered([tracing(telemetry)]);
    await send({ attempt: 2 });
    const facts = { "event_messaging.provider": "fake", "event_messaging.operation": "send", "event_messaging.outcome": "accepted" };
    expect(told[0]).toMatchObject({ name: "event_messaging send", kind: 2, ended: true, attributes: { ...facts, "event_messaging.account": "a", "event_messaging.attempt": 2, "http.request.resend_count": 1 } });
    expect(told.slice(1)).toEqual([["event_messaging.attempts", 1, facts], ["event_messaging.attempt.duration", "number", facts], ["debug", { provider: "fake", account: "a", operation: "send", attempt: 2, outcome: "accepted" }, "attempt succeeded"]]);
  });

  it("tells a failure by its code, its phase and the template of its URL", async () => {
    const { told, telemetry } = recording();
    const context = { phase: "complete", status: 503, urlTemplate: "/api/{session}/events" } as const;
    await expect(layered([tracing(telemetry)], [fails({ outcome: "unknown", context })]).send()).rejects.toMatchObject({ outcome: "unknown" });
    expect(told[0]).toMatchObject({ ended: true, status: { code: 2, message: "UNAVAILABLE" }, attributes: { "event_messaging.outcome": "unknown", "error.type": "UNAVAILABLE", "url.template": "/api/{session}/events", "http.response.status_code": 503 } });
    expect(told.at(-1)).toMatchObject(["error", { code: "UNAVAILABLE", outcome: "unknown", status: 503 }, expect.any(String)]);
  });

  it("needs none of its ports", async () => {
    await expect(layered([tracing({})]).send()).resolves.toBeDefined();
  });
});

describe("the traced HTTP client", () => {
  const request = { method: "POST", baseUrl: "https://vendor.example/secret", template: "/i/{instance}/send", params: { instance: "hidden-instance" }, signal: new AbortController().signal } as const;
  const answers = (work: HttpClient["request"]): HttpClient => ({ request: work, close: async () => {} });

  it("tells method, template and status, and nothing that fills the template", async () => {
    const { told, telemetry } = recording();
    if (telemetry.tracer === undefined) throw new Error("no tracer");
    await tracedHttpClient(answers(async () => ({ status: 404, headers: new Map(), json: undefined })), telemetry.tracer).request(request);
    await expect(tracedHttpClient(answers(() => Promise.reject(failure())), telemetry.tracer).request(request)).rejects.toBeDefined();
    expect(told).toMatchObject([
      { name: "POST /i/{instance}/send", attributes: { "http.request.method": "POST", "url.template": "/i/{instance}/send", "http.response.status_code": 404 }, status: { code: 2 }, ended: true },
      { attributes: { "error.type": "UNAVAILABLE" }, ended: true },
    ]);
    expect(JSON.stringify(told)).not.toMatch(/hidden-instance|vendor\.example|secret/);
  });
});

describe("telemetry of a messaging object", () => {
  it("that cannot listen changes no outcome and sends nothing twice", async () => {
    const deaf = () => {
      throw new Error("no telemetry");
    };
    const span = { setAttributes: deaf, setStatus: deaf, end: deaf };
    const tracers = [{ startActiveSpan: deaf }, { startActiveSpan: <T>(_name: string, _options: object, run: (given: typeof span) => T): T => run(span) }];
    for (const tracer of tracers) {
      const telemetry = { tracer, meter: { createCounter: () => ({ add: deaf }), createHistogram: () => ({ record: deaf }) }, logger: { debug: deaf, info: deaf, warn: deaf, error: deaf } };
      const { clinic, vendor, answer, messaging } = bench({ telemetry });
      let handled = 0;
      messaging.on("rsvp", () => void (handled += 1));
      expect(await ending(clinic.send(checkUp))).toBe("resolved");
      vendor.next.push(() => Promise.reject(failure({ code: "REFUSED", persistence: "permanent" })));
      expect(await ending(clinic.send({ ...checkUp, key: "apt_2" }))).toBe("REFUSED not-sent");
      await answer("R1", "GOING");
      await messaging.idle();
      expect([vendor.requests.length, handled]).toEqual([2, 1]);
    }
  });

  it("counts attempts and answers, and names no guest, title or key", async () => {
    const { told, telemetry } = recording();
    const { clinic, vendor, answer, messaging } = bench({ telemetry });
    await clinic.send(checkUp);
    vendor.next.push(() => Promise.reject(failure({ outcome: "unknown" })));
    expect(await ending(clinic.send({ ...checkUp, key: "apt_2", title: "Private matter" }))).toBe("UNAVAILABLE unknown");
    await answer("R1", "GOING");
    await messaging.idle();
    expect(told).toContainEqual(["event_messaging.rsvps", 1, { "event_messaging.provider": "fake", "event_messaging.response": "GOING" }]);
    expect(told.filter((one) => Array.isArray(one) && one[0] === "event_messaging.attempts")).toHaveLength(2);
    expect(JSON.stringify(told)).not.toMatch(/351960000123|Check-up|Private|apt_/);
  });
});
