import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { FORMAT_WORDS, FORMATS, SECRET_FORMATS } from "./formats.js";

describe("the formats of configurations", () => {
  it("have words each, and credentials are among them", () => {
    expect(Object.keys(FORMAT_WORDS).sort()).toEqual(Object.keys(FORMATS).sort());
    for (const name of SECRET_FORMATS) expect(Object.keys(FORMATS)).toContain(name);
  });

  describe("http-url", () => {
    it.each(["http://localhost:3000", "http://localhost:3000/", "https://waha.example.com", "https://waha.example.com/base/path", "https://waha.example.com/base/", "http://127.0.0.1", "http://[::1]:3000", "HTTPS://Example.COM/a.b", "https://xn--bcher-kva.example", "https://example.com/..a/a..", "https://example.com/a%20b"])("takes %s", (text) => {
      expect(FORMATS["http-url"](text)).toBe(true);
    });
    it.each([
      "", "localhost:3000", "example.com", "/path", "//example.com", "ftp://example.com", "file:///etc/passwd", "javascript:alert(1)", "ws://example.com", "unix:/var/run/x.sock",
      "http:example.com", "http:/example.com", "http:///example.com", "http://", "https://?", "https://:3000",
      "https://user@example.com", "https://user:password@example.com", "https://:password@example.com", "https://@example.com", "https://:@example.com", "https://user%40x@example.com",
      "https://example.com?x=1", "https://example.com/?", "https://example.com/?api_key=1", "https://example.com#top", "https://example.com/#",
      "https://example.com/..", "https://example.com/../x", "https://example.com/a/../b", "https://example.com/.", "https://example.com/./a", "https://example.com/%2e%2e/x", "https://example.com/%2E./x", "https://example.com/a%2fb", "https://example.com/a%2Fb", "https://example.com/a%5Cb",
      "https:\\\\example.com", "https://example.com\\a", "https://example.com\\@evil.example", "https://exa mple.com", " https://example.com", "https://example.com ", "https://example.com\n", "https://exam\tple.com", "https://example.com/\0", "https://example.com/\u00a0",
      "https://example.com:99999", "https://example.com:port", "https://[::1", "https://exa<mple.com", `https://example.com/${"a".repeat(2048)}`,
    ])("refuses %j", (text) => {
      expect(FORMATS["http-url"](text)).toBe(false);
    });
    it("takes nothing that a URL parser reads as another origin, path or query", () => {
      fc.assert(fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.stringMatching(/^https?:[/\\]{0,3}[a-z@:.%2eEfF5c/\\?# ]{1,20}$/)), (text) => {
        if (!FORMATS["http-url"](text)) return true;
        const url = new URL(text);
        return url.username === "" && url.password === "" && url.search === "" && url.hash === "" && text.toLowerCase().startsWith(`${url.protocol}//`) && decodeURIComponent(url.pathname).split("/").every((part) => part !== ".." && part !== ".");
      }), { numRuns: 1000 });
    });
  });

  describe("path-segment, plain and secret", () => {
    const taken = ["default", "A-b_9", "a".repeat(64)];
    const refused = ["", ".", "..", "a.b", "a/b", "a%2fb", "a b", "a\n", "a\0", "á", "a?b", "a#b", "a\\b", "{session}", "a".repeat(65)];
    it.each(taken)("take %s", (text) => expect([FORMATS["path-segment"](text), FORMATS["secret-path-segment"](text)]).toEqual([true, true]));
    it.each(refused)("refuse %j", (text) => expect([FORMATS["path-segment"](text), FORMATS["secret-path-segment"](text)]).toEqual([false, false]));
  });

  it.each(["x", "~!@#$%^&*()", "a".repeat(512)])("secret takes %s", (text) => expect(FORMATS.secret(text)).toBe(true));
  it.each(["", "a b", " a", "a\n", "a\r\nX-Evil: 1", "a\0", "é", "a\u007f", "a".repeat(513)])("secret refuses %j, which could break a header", (text) => expect(FORMATS.secret(text)).toBe(false));
  it.each(["x", "two words", "пароль", "🔑", "a".repeat(512)])("passphrase takes %s", (text) => expect(FORMATS.passphrase(text)).toBe(true));
  it.each(["", "a\n", "a\0", "a\u0085", "\ud83d", "a".repeat(513)])("passphrase refuses %j", (text) => expect(FORMATS.passphrase(text)).toBe(false));
});
