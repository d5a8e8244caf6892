import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import type { Issue } from "../model/json.js";
import { secret } from "../model/secret.js";
import { isTemplate, resolveTarget } from "./template.js";

const signal = new AbortController().signal;

function resolve(change: { baseUrl?: string; template?: string; params?: Record<string, string>; query?: Record<string, string> }) {
  const issues: Issue[] = [];
  const target = resolveTarget({ method: "POST", baseUrl: "http://waha:3000/base", template: "/api/{session}/events", params: { session: "s" }, signal, ...change }, issues);
  return { target, issues };
}

describe("resolveTarget", () => {
  it("joins base, template and query", () => {
    expect(resolve({ baseUrl: "https://h/a/", query: { "x-y": "1 &=" } }).target).toEqual({ origin: "https://h", path: "/a/api/s/events?x-y=1%20%26%3D" });
    expect(resolve({ baseUrl: "http://h:80" }).target).toEqual({ origin: "http://h", path: "/api/s/events" });
  });

  it.each(["", ".", "..", "a\r\nb", "a\u0000", "\u007f", "\u0085", "\ud800"])("refuses the parameter %j by path, without its value", (session) => {
    const { target, issues } = resolve({ params: { session } });
    expect(target).toBeUndefined();
    expect(issues.map(({ path }) => path)).toEqual(["params.session"]);
  });

  it.each(["../x", "a/b", "..\\x", "%2e%2e", "?x", "#x", ".. ", "é", "a;b", "//evil.example", "@evil", "😀"])("keeps %j in one segment", (session) => {
    const path = resolve({ params: { session } }).target?.path ?? "";
    expect(path.split("/")).toHaveLength(5);
    expect(decodeURIComponent(path.split("/")[3] ?? "")).toBe(session);
  });

  it("never changes the shape of the path, whatever the parameter", () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[./\\%2eE;?#@:-]{0,12}$/)), (session) => {
      const { target, issues } = resolve({ params: { session } });
      if (target === undefined) return issues.length > 0;
      const { pathname, origin } = new URL(target.origin + target.path);
      return origin === "http://waha:3000" && /^\/base\/api\/[^/]+\/events$/.test(pathname) && pathname === target.path;
    }), { numRuns: 2_000 });
  });

  it.each(["", "waha", "ftp://h", "file:///etc", "http://u:p@h", "http://h?x", "http://h/#", "http://h/\\x", "http:// h", "javascript:1"])("refuses the base URL %j without quoting it", (baseUrl) => {
    const { target, issues } = resolve({ baseUrl });
    expect([target, issues.map(({ path }) => path)]).toEqual([undefined, ["baseUrl"]]);
  });

  it("tells of every problem at once", () => {
    expect(resolve({ baseUrl: "x", params: { session: "..", other: "1" }, query: { "a b": "1" } }).issues.map(({ path }) => path)).toEqual(["baseUrl", "params.session", "params", "query"]);
  });

  it("does not take parameters from a prototype", () => {
    expect(resolve({ template: "/{constructor}", params: {} }).issues).toHaveLength(1);
  });

  it("reads secrets", () => {
    const issues: Issue[] = [];
    expect(resolveTarget({ method: "GET", baseUrl: "http://h", template: "/{t}", params: { t: secret("s1") }, query: { k: secret("s2") }, signal }, issues)?.path).toBe("/s1?k=s2");
  });

  it.each(["api", "/a/../b", "/a//b", "/a?b", "/a{b}", "/{a b}", "/a%2fb", "/a b"])("refuses the template %j", (template) => {
    expect(isTemplate(template)).toBe(false);
    expect(resolve({ template }).target).toBeUndefined();
  });
});
