import { generateKeyPairSync, sign, type KeyObject } from "node:crypto";

/** A self-signed certificate made at run time: nothing to expire in the repository, no program to install. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

/** X.509 v3 in DER, ECDSA P-256 with SHA-256, one subject alternative name. */
export function selfSigned(name: { readonly dns: string } | { readonly ip: readonly number[] }, from: Date, to: Date): Certificate {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = sequence(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02));
  const issuer = sequence(tag(0x31, sequence(oid(0x55, 0x04, 0x03), tag(0x0c, Buffer.from("rehearsal")))));
  const alternative = "dns" in name ? tag(0x82, Buffer.from(name.dns)) : tag(0x87, Buffer.from(name.ip));
  const extensions = tag(0xa3, sequence(sequence(oid(0x55, 0x1d, 0x11), tag(0x04, sequence(alternative)))));
  const body = sequence(
    tag(0xa0, tag(0x02, Buffer.from([2]))), tag(0x02, Buffer.from([1])), algorithm, issuer, sequence(time(from), time(to)), issuer,
    publicKey.export({ type: "spki", format: "der" }), extensions,
  );
  const signature = tag(0x03, Buffer.concat([Buffer.from([0]), sign("sha256", body, privateKey)]));
  return { key: pemOf(privateKey), cert: pem("CERTIFICATE", sequence(body, algorithm, signature)) };
}

function tag(type: number, content: Buffer): Buffer {
  const length = content.length < 128 ? [content.length] : content.length < 256 ? [0x81, content.length] : [0x82, content.length >> 8, content.length & 0xff];
  return Buffer.concat([Buffer.from([type, ...length]), content]);
}

const sequence = (...parts: readonly Buffer[]) => tag(0x30, Buffer.concat(parts));
const oid = (...bytes: readonly number[]) => tag(0x06, Buffer.from(bytes));
const time = (moment: Date) => tag(0x17, Buffer.from(`${moment.toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`));
const pem = (label: string, der: Buffer) => `-----BEGIN ${label}-----\n${der.toString("base64").replace(/(.{64})/g, "$1\n")}\n-----END ${label}-----\n`;

function pemOf(key: KeyObject): string {
  return key.export({ type: "pkcs8", format: "pem" }).toString();
}
