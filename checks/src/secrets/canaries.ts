import { CREDENTIALS } from "../faults/subjects.js";

/** The credentials of every account in the check. An instance's id is no credential. */
export const SECRETS: Readonly<Record<string, string>> = {
  "instance token": CREDENTIALS.zapiToken, "Client-Token": CREDENTIALS.zapiClientToken, "API key": CREDENTIALS.wahaApiKey, "HMAC key": CREDENTIALS.wahaHmacKey, "URL secret": CREDENTIALS.urlSecret,
};
/** A guest, as logs from info upwards must not know one. */
export const GUEST: Readonly<Record<string, string>> = { phone: "351969700417", title: "GuestTitleC4nary", description: "GuestTextC4naryPx6", key: "guest-key-c4nary-20" };

const PIECE = 12;

/** All spellings of a text: as it is, URL-encoded, base64 at each of the three alignments, base64url, hex. */
export function spellings(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const aligned = [0, 1, 2].map((shift) => Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64").replaceAll("=", "").slice(shift === 0 ? 0 : shift + 1));
  const hex = bytes.toString("hex");
  return [...new Set([text, encodeURIComponent(text), ...aligned, ...aligned.map((each) => each.replaceAll("+", "-").replaceAll("/", "_")), hex, hex.toUpperCase()])];
}

const pieces = new Map<string, string>();
for (const [name, text] of Object.entries(SECRETS)) {
  for (const spelling of spellings(text)) for (let at = 0; at + PIECE <= spelling.length; at += 1) pieces.set(spelling.slice(at, at + PIECE), name);
}

/** The credentials of which any 12 characters, in any spelling, stand in a text. */
export function leaksIn(text: string): readonly string[] {
  const found = new Set<string>();
  for (let at = 0; at + PIECE <= text.length; at += 1) {
    const name = pieces.get(text.slice(at, at + PIECE));
    if (name !== undefined) found.add(name);
  }
  return [...found];
}

/** The parts of a guest that stand in a text. */
export function guestIn(text: string): readonly string[] {
  return Object.entries(GUEST).filter(([, part]) => text.includes(part)).map(([name]) => name);
}
