import { brotliDecompress, gunzip, inflate, inflateRaw, type InputType, type ZlibOptions } from "node:zlib";

/** The body's bytes; `"too-large"` above the limit; `"unreadable"` for an unknown or broken encoding. */
export type Body = Buffer | "too-large" | "unreadable";

type Decompress = (input: InputType, options: ZlibOptions, done: (error: Error | null, output: Buffer) => void) => void;

/** Undoes the content encoding. Never produces more than `limit` bytes, whatever the ratio; calls `done` exactly once. */
export function readBody(raw: Buffer, encoding: string, limit: number, done: (body: Body) => void): void {
  if (raw.length === 0 || encoding === "" || encoding === "identity") return done(raw);
  const decompress = decompressorOf(encoding, raw);
  if (decompress === undefined) return done("unreadable");
  decompress(raw, { maxOutputLength: limit }, (error, output) => {
    if (error === null) done(output);
    else done("code" in error && error.code === "ERR_BUFFER_TOO_LARGE" ? "too-large" : "unreadable");
  });
}

function decompressorOf(encoding: string, raw: Buffer): Decompress | undefined {
  switch (encoding.toLowerCase()) {
    case "gzip": case "x-gzip": return gunzip;
    case "br": return (input, { maxOutputLength }, done) => brotliDecompress(input, maxOutputLength === undefined ? {} : { maxOutputLength }, done);
    // Servers disagree on what "deflate" is: with the zlib header, whose first byte ends in 8, or bare.
    case "deflate": return ((raw[0] ?? 0) & 0x0f) === 8 ? inflate : inflateRaw;
    default: return undefined;
  }
}
