import { hash } from "node:crypto";
import { canonicalJson } from "../store/canonical-json.js";

/**
 * A digest of what a call says. The order of an object's fields does not matter, a field that is `undefined` is not there.
 * Key, tenant and account are left to the caller: the same text to the same person under two keys has one fingerprint.
 */
export function fingerprint(value: unknown): string {
  return hash("sha256", canonicalJson(value), "base64url");
}
