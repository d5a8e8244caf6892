import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { redactUrl } from "./redact-url.js";

describe("an address without its credentials", () => {
  it.each([
    ["https://api.example/instances/A1/token/S3CRET/send-event", "https://api.example/instances/A1/token/[redacted]/send-event"],
    ["/instances/A1/token/S3CRET/phone-exists/351960000123?x=1", "/instances/A1/token/[redacted]/phone-exists/351960000123?[redacted]"],
    ["/webhooks/clinic/S3CRET", "/webhooks/clinic/[redacted]"],
    ["https://you.example/webhooks/clinic/S3CRET/on/top#x", "https://you.example/webhooks/clinic/[redacted]/[redacted]/[redacted]?[redacted]"],
    ["/webhooks/clinic", "/webhooks/clinic"],
    ["/webhooks/clinic/", "/webhooks/clinic/"],
    ["https://user:S3CRET@host:3000/api/sendText", "https://host:3000/api/sendText"],
    ["/elsewhere/webhooks/clinic/kept", "/elsewhere/webhooks/clinic/kept"],
    ["", ""],
  ])("%s becomes %s", (url, expected) => {
    expect(redactUrl(url)).toBe(expected);
  });

  it.each([["hooks/whatsapp", "/hooks/whatsapp/clinic/[redacted]"], ["/hooks/whatsapp/", "/hooks/whatsapp/clinic/[redacted]"], ["/webhooks", "/hooks/whatsapp/clinic/S3CRET"]])("deliveries are known by the base path %s", (basePath, expected) => {
    expect(redactUrl("/hooks/whatsapp/clinic/S3CRET", basePath)).toBe(expected);
  });

  it("holds no secret wherever it stands, and changes no more when it is made again", () => {
    const word = fc.stringMatching(/^[a-z0-9]{1,8}$/);
    fc.assert(fc.property(fc.stringMatching(/^S[A-Z]{12}$/), fc.array(word, { maxLength: 3 }), fc.option(word, { nil: undefined }), fc.boolean(), (secret, before, query, isDelivery) => {
      const path = isDelivery ? ["", "webhooks", "clinic", secret, ...before].join("/") : ["", ...before, "token", secret, "send"].join("/");
      const url = `https://${secret}@host${path}${query === undefined ? "" : `?${query}=${secret}`}`;
      for (const each of [url, path]) {
        expect(redactUrl(each)).not.toContain(secret);
        expect(redactUrl(redactUrl(each))).toBe(redactUrl(each));
      }
    }));
  });
});
