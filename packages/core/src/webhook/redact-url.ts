const GONE = "[redacted]";
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i;

/**
 * An address without the credentials and people in it, for tools that record addresses as they come: traces, access logs. Two
 * vendors' credentials are in addresses because there is no other place for them: what follows a path segment `token` in a
 * request, and what follows the account in a delivery below `basePath`, the one that the webhook handler was given. The query
 * (numbers of guests, keys) and a user before the host go too. Takes URLs and paths; the same again changes nothing more.
 *
 * @example
 * redactUrl("/webhooks/clinic-a/north-window-17");   // "/webhooks/clinic-a/[redacted]"
 */
export function redactUrl(url: string, basePath = "/webhooks"): string {
  const end = url.search(/[?#]/);
  const address = end < 0 ? url : url.slice(0, end);
  const [origin = ""] = ORIGIN.exec(address) ?? [];
  const base = basePath.split("/").filter((segment) => segment !== "");
  const segments = address.slice(origin.length).split("/");
  const behindAccount = base.every((segment, at) => segments[at + 1] === segment) ? base.length + 2 : Number.POSITIVE_INFINITY;
  const path = segments.map((segment, at) => (segment !== "" && (at >= behindAccount || segments[at - 1]?.toLowerCase() === "token") ? GONE : segment)).join("/");
  return `${withoutUser(origin)}${path}${end < 0 ? "" : `?${GONE}`}`;
}

function withoutUser(origin: string): string {
  const at = origin.lastIndexOf("@");
  return at < 0 ? origin : `${origin.slice(0, origin.indexOf("//") + 2)}${origin.slice(at + 1)}`;
}
