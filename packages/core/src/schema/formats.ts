/** The string formats that configuration schemas may use. Each is a plain predicate, so other languages can repeat it. */
export const FORMATS = {
  /** A credential: 1 to 512 visible ASCII characters. Arrives wrapped in a `Secret`. */
  secret: (text: string) => /^[\x21-\x7E]{1,512}$/.test(text),
  /** A passphrase: 1 to 512 characters of any script, no control characters (an HMAC key is UTF-8). Arrives wrapped. */
  passphrase: (text: string) => /^[^\p{Cc}\p{Cs}]{1,512}$/u.test(text),
  /** One path segment: letters, digits, `_` and `-`. `encodeURIComponent` does not stop `..`, so nothing else is let in. */
  "path-segment": (text: string) => /^[A-Za-z0-9_-]{1,64}$/.test(text),
  /** A credential that is also a path segment. Arrives wrapped. */
  "secret-path-segment": (text: string) => /^[A-Za-z0-9_-]{1,64}$/.test(text),
  /** An absolute http(s) URL, a path allowed, without user info, query or fragment. */
  "http-url": (text: string) => {
    // The text itself is looked at: `URL` repairs missing slashes, backslashes, dot segments and an empty user name.
    if (text.length > 2048 || /[\s\p{Cc}\p{Cs}\\]/u.test(text) || !/^https?:\/\/[^/?#@]+(?:\/[^?#]*)?$/i.test(text)) return false;
    return URL.canParse(text) && !/\/\.{1,2}(?:\/|$)|%2e|%2f|%5c/i.test(text);
  },
} as const satisfies Readonly<Record<string, (text: string) => boolean>>;

/** Formats whose strings arrive wrapped. */
export const SECRET_FORMATS: ReadonlySet<string> = new Set(["secret", "passphrase", "secret-path-segment"]);

/** What each format wants, in words. */
export const FORMAT_WORDS: Readonly<Record<string, string>> = {
  secret: "must be 1 to 512 visible ASCII characters",
  passphrase: "must be 1 to 512 characters without control characters",
  "path-segment": "must be 1 to 64 letters, digits, \"_\" or \"-\"",
  "secret-path-segment": "must be 1 to 64 letters, digits, \"_\" or \"-\"",
  "http-url": "must be an absolute http or https URL without user name, password, query or fragment",
};
