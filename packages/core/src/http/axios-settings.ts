/**
 * Settings that only axios's own adapters understand. With ours they would be ignored in silence, and a request would take
 * another way than its author believes: they are refused instead, by name.
 */
const UNDERSTOOD_BY_AXIOS_ONLY = [
  "proxy", "httpAgent", "httpsAgent", "socketPath", "beforeRedirect", "transport", "lookup", "family", "localAddress",
  "insecureHTTPParser", "httpVersion", "http2Options", "maxRate", "auth", "params", "cancelToken", "signal",
] as const;

/** axios's own list, in any order: what an instance has when nobody chose an adapter. */
const STOCK_ADAPTERS = new Set<unknown>(["xhr", "http", "fetch"]);

/** The refused settings that these defaults of an instance hold. */
export function refusedDefaults(defaults: object): string[] {
  const adapter = read(defaults, "adapter");
  const isStock = adapter === undefined || (Array.isArray(adapter) && adapter.every((one) => STOCK_ADAPTERS.has(one)))
    || (typeof adapter === "function" && /^(?:http|xhr)Adapter$/.test(adapter.name)); // axios before 1.0 resolves it at once
  return [...refusedSettings(defaults), ...(isStock ? [] : ["adapter"])];
}

/** The refused settings of one request's configuration, after all interceptors. */
export function refusedSettings(config: object): string[] {
  const found: string[] = UNDERSTOOD_BY_AXIOS_ONLY.filter((name) => isSet(read(config, name)));
  const redirects = read(config, "maxRedirects");
  if (typeof redirects === "number" && redirects > 0) found.push("maxRedirects");
  return found;
}

function isSet(value: unknown): boolean {
  if (value === undefined || value === null || value === false) return false;
  return typeof value !== "object" || !isPlain(value) || Object.keys(value).length > 0;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** Own properties only, as axios itself reads them. */
function read(config: object, name: string): unknown {
  return Object.hasOwn(config, name) ? Reflect.get(config, name) : undefined;
}
