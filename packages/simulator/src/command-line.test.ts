import { describe, expect, it } from "@jest/globals";
import { parseCommand } from "./command-line.js";
import { lineOf } from "./journal-line.js";

describe("the command line", () => {
  it("starts a vendor on a port with webhooks and switches", () => {
    expect(parseCommand(["waha", "--port", "0", "--webhook", "http://localhost:8080/w", "--hmac", "k", "--set", "engine=WEBJS", "--set", "mode=legacy", "--clock", "0.1", "--base-path", "/whatsapp"])).toEqual({
      vendor: "waha", port: 0, basePath: "/whatsapp", webhooks: ["http://localhost:8080/w"], hmacKey: "k", switches: { engine: "WEBJS", mode: "legacy" }, clockFactor: 0.1,
    });
    expect(parseCommand(["zapi"])).toMatchObject({ vendor: "zapi", port: 4000, basePath: "", clockFactor: 1 });
    expect(parseCommand(["--help"])).toEqual({ usage: true });
  });
  it.each([[[]], [["telegram"]], [["waha", "--port", "many"]], [["waha", "--set", "engine"]], [["waha", "--webhook", "nowhere"]], [["waha", "--clock", "-1"]], [["waha", "--colour"]], [["waha", "--base-path", "whatsapp"]]])("says what is wrong with %j", (args) => {
    expect(parseCommand(args)).toEqual({ problem: expect.any(String) });
  });
});

describe("lineOf", () => {
  it("tells an answer in one line", () => {
    expect(lineOf({ n: 1, at: "2026-12-31T10:00:00.000Z", vendor: "waha", account: "default", act: "event.answered", chat: "1@c.us", messageId: "3A1", target: "3EB0", by: "1@c.us", response: "GOING", extraGuests: 1 })).toBe(
      "10:00:00.000 waha default event.answered    1@c.us GOING +1 in 1@c.us 3A1 → 3EB0",
    );
  });
});
