import { reveal, type HttpRequest } from "@event-messaging/core/driver";

/** One request as it would stand on the wire: the path filled in and encoded, the body after JSON. */
export interface WireRequest {
  readonly method: string;
  /** Below the base URL's own path. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** As the code wrote it, for the record of what was seen. */
  readonly template: string;
}

export function onTheWire({ method, template, params = {}, query = {}, headers = {}, json }: HttpRequest): WireRequest {
  const texts = (members: Readonly<Record<string, Parameters<typeof reveal>[0]>>) => Object.fromEntries(Object.entries(members).map(([name, value]) => [name, reveal(value)]));
  const filled = texts(params);
  return {
    method, template,
    path: template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(filled[name] ?? "")),
    query: texts(query),
    headers: Object.fromEntries(Object.entries(texts(headers)).map(([name, value]) => [name.toLowerCase(), value])),
    body: json === undefined ? undefined : JSON.parse(JSON.stringify(json)),
  };
}

/** The segments that stand for `{name}` in a pattern, decoded; `undefined` when the path is another one. */
export function paramsOf(pattern: string, path: string): Readonly<Record<string, string>> | undefined {
  const [wanted, given] = [pattern.split("/"), path.split("/")];
  if (wanted.length !== given.length) return undefined;
  const found: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(segment)?.[1];
    const value = given[index] ?? "";
    if (name === undefined ? segment !== value : value === "") return undefined;
    if (name !== undefined) found[name] = decodeURIComponent(value);
  }
  return found;
}
