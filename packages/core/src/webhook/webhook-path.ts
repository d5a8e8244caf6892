/**
 * The decoded path segments below the base path: the account, then what the vendor's adapter wants (a secret, a kind).
 * `undefined`: the path is not below it, or cannot be decoded.
 */
export function tailOf(basePath: string, path: string): readonly string[] | undefined {
  const [pathname = ""] = path.split(/[?#]/, 1);
  const base = `/${basePath.replaceAll(/^\/+|(?<!\/)\/+$/g, "")}`.replace(/\/$/, "");
  if (!pathname.startsWith(`${base}/`)) return undefined;
  const segments = pathname.slice(base.length + 1).replace(/\/$/, "").split("/");
  if (segments.length === 0 || segments.length > 8 || segments.includes("")) return undefined;
  try {
    return segments.map(decodeURIComponent);
  } catch {
    return undefined;
  }
}
