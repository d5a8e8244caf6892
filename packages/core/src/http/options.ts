import type { LookupFunction } from "node:net";

/** How requests reach the network. */
export interface WireOptions {
  /**
   * An undici 7 `Dispatcher` of yours for what needs one: a proxy (`new ProxyAgent(…)`), client certificates, another
   * resolver. It must neither retry nor redirect: a second request within one exchange is stopped before it is written.
   * `close()` leaves it open, because it is yours. Without it each client has its own pool, and the proxy variables of the
   * environment are not read.
   */
  readonly dispatcher?: object;
  /** Sockets at most per origin; further requests wait, and their deadline runs. Default 64. Not with `dispatcher`. */
  readonly connections?: number;
  /** Resolves host names, with the signature of `dns.lookup`, which is the default. Not with `dispatcher`. */
  readonly lookup?: LookupFunction;
}
