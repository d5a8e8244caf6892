import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { Socket } from "node:net";
import { isMessagingError, type HttpClient, type WireOptions } from "@event-messaging/core";
import { answer, openVendor, type RawVendor } from "../faults/raw-vendor.js";
import { CLIENTS, type ClientName } from "../faults/run-fault.js";
import { callWith, openAccount, SUBJECTS, type Vendor } from "../faults/subjects.js";

/** What became of untrusted base URLs. */
export interface UntrustedResult {
  readonly urls: number;
  tried: number;
  rejected: number;
  /** Connections that were begun, by any socket of the process, to any address; none may be. */
  readonly attempts: string[];
  readonly notOurs: string[];
  /** The same URLs without the mark: how many connections they do bring about. */
  trustedAttempts: number;
  /** Public addresses that were let through, and stopped here before a packet left. */
  publicLetThrough: number;
}

export type Lookup = NonNullable<WireOptions["lookup"]>;
/** A planted defect puts something around the client. */
export type Around = (http: HttpClient, lookup: Lookup) => HttpClient;

/** Names of the rehearsal; `rebind` answers with a public address first and a private one from then on. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  "private.example": ["10.0.0.5"], "metadata.google.internal": ["169.254.169.254"], "loop.example": ["127.0.0.1"], "six.example": ["::1"], "mapped.example": ["::ffff:127.0.0.1"],
  "mixed.example": ["1.1.1.1", "127.0.0.1"], "shared.example": ["100.64.0.1"], "site.example": ["fd00::1"], "link.example": ["fe80::1"], "nat64.example": ["64:ff9b::7f00:1"], "none.example": ["0.0.0.0"],
};
const PUBLIC: Readonly<Record<string, readonly string[]>> = { "one.public.example": ["1.1.1.1"], "two.public.example": ["93.184.216.34"], "three.public.example": ["8.8.4.4", "2606:4700::1111"], "four.public.example": ["2a00:1450:4001:81b::200e"], "five.public.example": ["172.32.0.1"] };

/** Spellings of addresses that an outsider must not make us call; `P` stands for the port of a server that listens. */
export const UNTRUSTED: readonly string[] = [
  ["127.0.0.1", "127.1", "127.0.1", "127.000.000.001", "2130706433", "017700000001", "0x7f000001", "0x7F.0.0.1", "0x7f.1", "0177.0.0.1", "0177.0x0.0.01", "0177.1", "127.0.0.1.", "127.1.", "2130706433.", "127.0.0.2", "127.255.255.254", "127.0.0.1%2e", "%31%32%37.0.0.1", "%6cocalhost", "１２７.０.０.１", "127。0。0。1", "127．0．0．1", "①②⑦.⓪.⓪.①", "ⓛocalhost", "ｌｏｃａｌｈｏｓｔ"],
  ["localhost", "LOCALHOST", "LocalHost", "localhost.", "sub.localhost", "localhost.localdomain", "ip6-localhost", "0", "0.0.0.0", "0x0", "00", "0.0", "4294967295", "255.255.255.255"],
  ["[::1]", "[0:0:0:0:0:0:0:1]", "[0000:0000:0000:0000:0000:0000:0000:0001]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::127.0.0.1]", "[::7f00:1]", "[64:ff9b::127.0.0.1]", "[64:ff9b:1::7f00:1]", "[2002:7f00:1::]", "[2001:0:7f00:1::]", "[fe80::1]", "[fc00::1]", "[fd00:ec2::254]", "[fec0::1]", "[ff02::1]", "[2001:db8::1]", "[::ffff:0:127.0.0.1]", "[100::1]", "[5f00::1]"],
  ["169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.43518", "[::ffff:169.254.169.254]", "169.254.169.254.", "169.254.0.1", "168.63.129.16.xip.invalid"],
  ["10.0.0.1", "10.1", "167772161", "012.0.0.1", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.1", "3232235521", "0xc0a80001", "100.64.0.1", "100.127.255.254", "192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1"],
  [...Object.keys(NAMES), "rebind.example", "rebind.example."],
].flat().map((host) => `http://${host}:P`).concat(
  "https://127.0.0.1:P", "https://localhost:P", "https://[::1]:P", "http://1.1.1.1@127.0.0.1:P", "http://1.1.1.1:80@127.0.0.1:P", "http://127.0.0.1:P#@1.1.1.1", "http://127.0.0.1:P?@1.1.1.1", "http://1.1.1.1\\@127.0.0.1:P", "http:127.0.0.1:P", "http:/127.0.0.1:P", "http:\\\\127.0.0.1:P", "//127.0.0.1:P", "http://127.0.0.1:P/../x", "http://user@localhost:P", "http://[::1%25lo]:P", "http://127.0.0.1:P\t", "http://127.0.0.1\t:P", "file:///etc/passwd", "ftp://127.0.0.1:P", "gopher://127.0.0.1:P",
);

/** Those that lead nowhere but to this machine, also where nobody guards. */
export const LOOPBACK: readonly string[] = UNTRUSTED.filter((each) => /^http:\/\/(?:127\.|2130706433|0x7f|0177|017700000001|localhost:|\[::1\]|\[::ffff:127|loop\.|rebind\.)/i.test(each));
const isLoopback = (address: string) => address.startsWith("127.") || address === "::1";

/** A resolver of the rehearsal, as bad as can be: a name that it does not know is this machine. */
function lookupOf(names: Readonly<Record<string, readonly string[]>>): Lookup {
  let asked = 0;
  return (hostname, options, done) => {
    const name = hostname.replace(/\.$/, "");
    const found = name === "rebind.example" ? [asked++ === 0 ? "10.9.9.9" : "127.0.0.1"] : names[name];
    const all = (found ?? ["127.0.0.1"]).map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
    const [first] = all;
    setImmediate(() => (options.all === true ? done(null, all) : done(null, first?.address ?? "", first?.family)));
  };
}

/** Watches every TCP socket that the process opens. `stop` is asked with each address before a packet leaves. */
function watchSockets(seen: (address: string) => void, resolved: (address: string | undefined, socket: Socket) => void = () => {}): () => void {
  const listener = (message: unknown) => {
    const socket = typeof message === "object" && message !== null && "socket" in message ? message.socket : undefined;
    if (!(socket instanceof Socket)) return;
    socket.on("lookup", (_: unknown, address: string | undefined) => resolved(address, socket));
    socket.on("connectionAttempt", (address: string, port: number) => seen(`${address} port ${port}`));
  };
  subscribe("net.client.socket", listener);
  return () => unsubscribe("net.client.socket", listener);
}

/** Every URL, through one adapter and one client, marked as untrusted; then without the mark, where it is safe to. */
export async function tryUntrusted(vendor: Vendor, client: ClientName, around: Around = (http) => http, urls: readonly string[] = UNTRUSTED): Promise<UntrustedResult> {
  const result: UntrustedResult = { urls: urls.length, tried: 0, rejected: 0, attempts: [], notOurs: [], trustedAttempts: 0, publicLetThrough: 0 };
  const { four, six } = await listeners();
  const stop = watchSockets((address) => result.attempts.push(address), (address, socket) => {
    if (address === undefined || address === "" || isLoopback(address)) return;
    result.attempts.push(address);
    socket.destroy(new Error("the rehearsal ends here")); // before a packet leaves this machine
  });
  for (const url of urls) {
    result.tried += 1;
    const error = await oneCall(vendor, client, url.replace("P", String(four.port)), lookupOf(NAMES), { untrustedBaseUrl: true }, around);
    if (isMessagingError(error) && error.outcome === "not-sent") result.rejected += 1;
    else result.notOurs.push(url);
  }
  stop();
  const listened = four.connections() + (six?.connections() ?? 0);
  if (listened > 0) result.attempts.push(`${listened} connections were accepted`);
  await Promise.all([four.close(), six?.close()]);
  return result;
}

/** The controls: unmarked loopback spellings do connect, and marked public names do get as far as a socket. */
export async function controls(client: ClientName): Promise<Pick<UntrustedResult, "trustedAttempts" | "publicLetThrough">> {
  const { four, six } = await listeners();
  for (const url of LOOPBACK) await oneCall("waha", client, url.replace("P", String(four.port)), lookupOf(NAMES), {});
  const trustedAttempts = four.connections() + (six?.connections() ?? 0);
  let publicLetThrough = 0;
  const stop = watchSockets(() => {}, (address, socket) => {
    if (address === undefined || address === "" || socket.destroyed) return;
    publicLetThrough += 1;
    socket.destroy(new Error("the rehearsal ends here"));
  });
  for (const name of Object.keys(PUBLIC)) await oneCall("waha", client, `http://${name}`, lookupOf(PUBLIC), { untrustedBaseUrl: true });
  stop();
  await Promise.all([four.close(), six?.close()]);
  return { trustedAttempts, publicLetThrough };
}

async function listeners(): Promise<{ readonly four: RawVendor; readonly six: RawVendor | undefined }> {
  const behave = async (socket: Socket, next: () => Promise<unknown>) => {
    for (;;) {
      await next();
      socket.write(answer("201 Created", JSON.stringify({ messageId: "3EB0C41F7A9D2E6B558011", id: "true_x@g.us_3EB0C41F7A9D2E6B558011" })));
    }
  };
  const four = await openVendor(behave);
  return { four, six: await openVendor(behave, "::1").catch(() => undefined) };
}

async function oneCall(vendor: Vendor, client: ClientName, baseUrl: string, lookup: Lookup, more: object, around: Around = (http) => http): Promise<unknown> {
  const http = around(CLIENTS[client]({ lookup }), lookup);
  const subject = SUBJECTS.find((each) => each.vendor === vendor && each.operation === "send");
  try {
    const provider = openAccount(vendor, baseUrl, http, { ...more });
    return await subject?.call(provider, callWith(AbortSignal.timeout(2_000)), 0);
  } catch (error) {
    return error;
  } finally {
    await http.close();
  }
}
