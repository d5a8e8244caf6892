import { BlockList, isIPv4, isIPv6, type LookupFunction } from "node:net";

/** What answers for the system's resolver; the type of `dns.lookup` and of `net.connect`'s option. */
export type Lookup = LookupFunction;

/** Not on the public internet. Source: IANA IPv4 Special-Purpose Address Registry, multicast and reserved space. */
const RESERVED_V4: readonly (readonly [network: string, prefix: number])[] = [
  ["0.0.0.0", 8], ["10.0.0.0", 8], ["100.64.0.0", 10], ["127.0.0.0", 8], ["169.254.0.0", 16], ["172.16.0.0", 12], ["192.0.0.0", 24], ["192.0.2.0", 24],
  ["192.88.99.0", 24], ["192.168.0.0", 16], ["198.18.0.0", 15], ["198.51.100.0", 24], ["203.0.113.0", 24], ["224.0.0.0", 3],
];
/** Inside the global unicast space, and yet tunnels, translations or documentation. Source: IANA IPv6 Special-Purpose Address Registry. */
const RESERVED_V6: readonly (readonly [network: string, prefix: number])[] = [["2001::", 23], ["2001:db8::", 32], ["2002::", 16], ["3fff::", 20]];

const reserved = new BlockList();
for (const [network, prefix] of RESERVED_V4) reserved.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of RESERVED_V6) reserved.addSubnet(network, prefix, "ipv6");
const global = new BlockList();
global.addSubnet("2000::", 3, "ipv6");

/**
 * May a server that somebody else named be reached at this address? Only on the public internet: not on this machine, its
 * networks, link-local (where clouds keep credentials) or behind an embedded IPv4 address. Anything that is no address: no.
 */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !reserved.check(address, "ipv4");
  return isIPv6(address) && !address.includes("%") && global.check(address, "ipv6") && !reserved.check(address, "ipv6");
}

/** The code of {@link blockedAddress}'s error: it holds no name and no address. */
export const BLOCKED = "EM_BLOCKED_ADDRESS";

export function blockedAddress(): NodeJS.ErrnoException {
  return Object.assign(new Error("The address is not public"), { code: BLOCKED });
}

/**
 * A resolver that fails when one of the addresses is not public. The socket connects to what this very call answers, so a name
 * that changes between a check and the connection gains nothing.
 */
export function publicOnly(lookup: Lookup): Lookup {
  return (hostname, options, done) => {
    lookup(hostname, options, (error, address, family) => {
      if (error !== null) return done(error, "", 0);
      const found = Array.isArray(address) ? address.map((each) => each.address) : [address];
      if (found.length === 0 || !found.every(isPublicAddress)) return done(blockedAddress(), "", 0);
      done(null, address, family);
    });
  };
}
