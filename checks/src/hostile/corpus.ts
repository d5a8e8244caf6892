/** Texts that try to leave their place: path segments, header lines, queries, other hosts, and what parsers repair. */
const BITS: readonly string[] = [
  "", ".", "..", "...", "/", "//", "\\", "\\\\", "../", "..\\", "./", "/..", "/.", "..;/", "%2e", "%2e%2e", "%2e%2e%2f", "%2E%2E/", "..%2f", "..%5c", "%252e%252e%252f", "%c0%ae%c0%ae", "%uff0e", "%00", "%0a", "%0d%0a", "%0d%0aX-Evil:%201",
  "?", "?x=1", "#", "#x", "&", "=", ";", ":", "@", "@evil.example", "evil.example", "//evil.example", "http://evil.example", "javascript:alert(1)", "file:///etc/passwd", "*", "**", "~", "`id`", "$(id)", "${x}", "{{x}}", "{session}", "|", "<", ">", "\"", "'", "(", ")", "[", "]", "^", ",", "!", "+", " ", "  ", "\t", "\u000b", "\u000c",
  "\r", "\n", "\r\n", "\n\r", "\r\nX-Evil: 1", "\nX-Evil: 1", "\r\n\r\nGET /evil HTTP/1.1", "\r\nContent-Length: 0", "\r\nTransfer-Encoding: chunked", "\u0000", "\u0001", "\u001b[2J", "\u007f", "\u0080", "\u0085", "\u00a0", "\u00ad", "\u2028", "\u2029", "\u200b", "\u202e", "\ufeff",
  "\uff0e\uff0e", "\uff0f", "\u2024\u2024", "\u2215", "\u2044", "\u2571", "\u29f8", "\u3002", "\u560a\u560d", "\u010a", "\u010d", "\u{1f4a3}", "\ud800", "\udc00", "e\u0301", "\u00e9", "\u212a", "\u0130", "__proto__", "constructor", "prototype", "toString", "null", "undefined", "NaN", "true", "0", "-1", "1e999",
];

/** At least 200 different texts: every bit alone, and around a name that would be right. */
export function hostileTexts(right: string): readonly string[] {
  const around = BITS.flatMap((bit) => [bit, `${right}${bit}`, `${bit}${right}`, `${right}${bit}${right}`]);
  return [...new Set([...around, right.repeat(200), "a".repeat(65), "a".repeat(513), "a".repeat(100_000), `${right}/${"../".repeat(40)}x`])].filter((text) => text !== right);
}

/** What a configuration read from JSON can hold in place of a text. */
export const NO_TEXTS: readonly unknown[] = [null, true, 0, 1e21, [], ["a"], ["a", "b"], {}, { toString: "a" }, { reveal: "a" }, [["x-evil", "1"]]];

/** Base URLs around a server that is there. */
export function hostileBases(port: number): readonly string[] {
  const right = `http://127.0.0.1:${port}`;
  const inPath = hostileTexts("wa").map((text) => `${right}/${text}`);
  const schemes = ["ftp:", "file:", "javascript:", "data:", "ws:", "HTTP:", "hTtP:", "http:/", "http:", "http:\\\\", "//", "", " http://", "\thttp://", "http:// ", "http://\t", "blob:http://", "view-source:http://", "http+unix://"].map((scheme) => (scheme.endsWith("//") || scheme === "" || scheme.endsWith("\\\\") ? `${scheme}127.0.0.1:${port}` : `${scheme}//127.0.0.1:${port}`));
  const hosts = ["user@", "user:secret@", ":@", "@", "evil.example@", "evil.example%40", "evil.example\\@", "evil.example#@", "evil.example?@", "evil.example/@", "%00", "\u0000", "\r\n", " "].map((front) => `http://${front}127.0.0.1:${port}`);
  const tails = ["?", "?a=b", "#", "#a", "/?", "/#", ":80", ":", ":99999", ":-1", ":0x50", ".", "..", "%00", "\r\nX-Evil: 1", " /x", "\\x", "\\..\\x", "/%2e%2e/x", "/..%2fx", "/;x=1/../y"].map((tail) => right + tail);
  return [...new Set([...inPath, ...schemes, ...hosts, ...tails])].filter((base) => base !== right);
}
