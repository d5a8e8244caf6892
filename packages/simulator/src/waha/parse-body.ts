import { isObject } from "../json.js";
import type { SimRequest } from "../server.js";
import type { Exception } from "./errors.js";

/** A request's body as the framework hands it on: JSON or a form by its content type, undefined otherwise. Malformed JSON is a 400 before the key is looked at; too long is a 500. */
export const parseBody = (request: SimRequest): { readonly body: unknown } | { readonly problem: string } | { readonly exception: Exception } => {
  if (request.bodyTooLarge) return { exception: { message: "request entity too large", name: "PayloadTooLargeError", type: "entity.too.large" } };
  const type = (request.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase();
  if (request.body.length === 0) return { body: undefined };
  if (type === "application/x-www-form-urlencoded") return { body: Object.fromEntries(new URLSearchParams(request.body.toString("utf8"))) };
  if (type !== "application/json") return { body: undefined };
  try {
    const body: unknown = JSON.parse(request.body.toString("utf8"));
    return isObject(body) || Array.isArray(body) ? { body } : { problem: `Unexpected token ${JSON.stringify(body)?.charAt(0) ?? ""} in JSON at position 0` };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : "Unexpected end of JSON input" };
  }
};
