import { describe, expect, it } from "@jest/globals";
import { inspect } from "node:util";
import { isMessagingError } from "../error/index.js";
import type { HttpRequest } from "../driver/http.js";
import { secret } from "../model/secret.js";
import { prepare } from "./prepare.js";

const base: HttpRequest = { method: "POST", baseUrl: "http://h", template: "/a", signal: new AbortController().signal };

function problems(change: Partial<HttpRequest>): string[] {
  try {
    prepare({ ...base, ...change });
  } catch (error) {
    if (!isMessagingError(error)) throw error;
    expect(error).toMatchObject({ code: "INVALID_ARGUMENT", outcome: "not-sent", persistence: "permanent", context: { phase: "before-write" } });
    expect(inspect(error, { depth: Infinity, showHidden: true })).not.toContain("canary");
    return error.issues.map(({ path }) => path);
  }
  return [];
}

describe("prepare", () => {
  it.each(["canary\r\nX-Evil: 1", "canary\n", "canary\u0000", "canaryé", " canary", "canary ", "", "canary\t1", "canary\u007f", "canary😀"])("refuses the header value %j without quoting it", (value) => {
    expect(problems({ headers: { "x-api-key": secret(value) } })).toEqual(["headers.x-api-key"]);
  });

  it.each(["", "x y", "x:canary", "x\r\ncanary", "é"])("refuses the header name %j without quoting it", (name) => {
    expect(problems({ headers: { [name]: "1" } })).toEqual(["headers"]);
  });

  it.each(["Host", "content-length", "Transfer-Encoding", "connection", "Expect", "accept-encoding"])("keeps %s to itself", (name) => {
    expect(problems({ headers: { [name]: "1" } })).toEqual([`headers.${name}`]);
  });

  it("refuses two spellings of one header", () => {
    expect(problems({ headers: { "X-Api-Key": "1", "x-api-key": "2" } })).toEqual(["headers.x-api-key"]);
  });

  it("allows spaces inside a value", () => {
    expect(prepare({ ...base, headers: { Authorization: "Bearer x y" } }).headers.get("authorization")).toBe("Bearer x y");
  });

  it("refuses a body that is no JSON, and any with GET", () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    for (const json of [cycle, 1n, () => 1, { toJSON() { throw new Error("canary"); } }]) expect(problems({ json })).toEqual(["json"]);
    expect(problems({ method: "GET", json: {} })).toEqual(["json"]);
  });

  it("refuses limits that bound nothing", () => {
    for (const deadlineMs of [0, -1, NaN, Infinity, 2 ** 31]) expect(problems({ limits: { deadlineMs } })).toEqual(["limits.deadlineMs"]);
    for (const maxResponseBytes of [0, 1.5, NaN, Infinity]) expect(problems({ limits: { maxResponseBytes } })).toEqual(["limits.maxResponseBytes"]);
  });

  it("has 30 seconds and 1 MiB unless told otherwise", () => {
    expect(prepare(base)).toMatchObject({ deadlineMs: 30_000, maxResponseBytes: 1_048_576 });
  });

  it("tells of every problem at once", () => {
    expect(problems({ baseUrl: "canary", template: "/{id}", headers: { a: "canary\n" }, json: 1n }).sort()).toEqual(["baseUrl", "headers.a", "json", "params.id"]);
  });
});
