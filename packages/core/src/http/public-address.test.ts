import { describe, expect, it } from "@jest/globals";
import { isPublicAddress, publicOnly, type Lookup } from "./public-address.js";

describe("which addresses an untrusted base URL may reach", () => {
  it.each(["1.1.1.1", "93.184.216.34", "172.15.255.255", "172.32.0.1", "11.0.0.1", "100.128.0.1", "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::1"])("%s is public", (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.255", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.192", "192.168.1.1",
    "198.18.0.1", "224.0.0.1", "239.1.1.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:1.1.1.1", "::7f00:1", "64:ff9b::7f00:1", "fe80::1", "fe80::1%lo",
    "fc00::1", "fd00:ec2::254", "fec0::1", "ff02::1", "2001::1", "2001:db8::1", "2002:7f00:1::", "3fff::1", "", "localhost", "127.1", "0x7f000001",
  ])("%s is not", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe("the resolver of an untrusted base URL", () => {
  const answered = (addresses: readonly string[], all: boolean) => new Promise<string>((resolve) => {
    const lookup: Lookup = (_, __, done) => (all ? done(null, addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }))) : done(null, addresses[0] ?? "", 4));
    publicOnly(lookup)("host", { all }, (error, address) => resolve(error === null ? JSON.stringify(address) : String(error.code)));
  });

  it("refuses a name of which any address is not public, or which has none", async () => {
    expect(await answered(["1.1.1.1", "127.0.0.1"], true)).toBe("EM_BLOCKED_ADDRESS");
    expect(await answered(["10.0.0.1"], false)).toBe("EM_BLOCKED_ADDRESS");
    expect(await answered([], true)).toBe("EM_BLOCKED_ADDRESS");
  });

  it("hands on the very addresses that it has looked at, and the resolver's own errors", async () => {
    expect(await answered(["1.1.1.1"], true)).toBe('[{"address":"1.1.1.1","family":4}]');
    expect(await answered(["1.1.1.1"], false)).toBe('"1.1.1.1"');
    const failing: Lookup = (_, __, done) => done(Object.assign(new Error("no"), { code: "ENOTFOUND" }), "", 0);
    expect(await new Promise((resolve) => publicOnly(failing)("host", {}, (error) => resolve(error?.code)))).toBe("ENOTFOUND");
  });
});
