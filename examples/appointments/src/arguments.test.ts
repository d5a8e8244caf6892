import { describe, expect, it } from "@jest/globals";
import { hasUrlSecret, readAccountFile } from "./account-file.js";
import { readArguments } from "./arguments.js";

const read = (line: string) => readArguments(line === "" ? [] : line.split(" "));
const account = "--account a.json --to +351910000001";

describe("the command line", () => {
  it("plays the demonstration unless an account is named", () => {
    expect(read("")).toEqual({ mode: "demo", json: false });
    expect(read("--json")).toEqual({ mode: "demo", json: true });
    expect(read("-- --json")).toEqual({ mode: "demo", json: true });
    expect(read("--help")).toEqual({ mode: "help" });
  });

  it("plays it on the vendor of the example", () => {
    expect(read("--provider acme")).toEqual({ mode: "provider", provider: "acme", json: false });
    expect(read("--json --provider acme")).toEqual({ mode: "provider", provider: "acme", json: true });
  });

  it("takes an account file, a recipient, and where to listen", () => {
    expect(read(account)).toEqual({ mode: "account", file: "a.json", to: "+351910000001", configureWebhooks: false, host: "127.0.0.1", port: 8080 });
    expect(read(`${account} --public-url https://x.example/a --configure-webhooks --listen 0.0.0.0:0`)).toEqual({
      mode: "account", file: "a.json", to: "+351910000001", publicUrl: "https://x.example/a", configureWebhooks: true, host: "0.0.0.0", port: 0,
    });
  });

  it.each([
    ["--nonsense", "'--nonsense'"],
    ["hello", "'hello'"],
    ["--provider zapi", "--provider must be acme"],
    [`--provider acme ${account}`, "--provider belongs to the demonstration"],
    ["--account", "--account"],
    ["--to +351910000001", "--to goes with --account FILE"],
    ["--account a.json", "--account needs --to"],
    ["--account a.json --to 351910000001@c.us", "--to must be"],
    [`${account} --json`, "--json belongs to the demonstration"],
    [`${account} --configure-webhooks`, "--configure-webhooks needs --public-url"],
    [`${account} --public-url ftp://x`, "--public-url must be"],
    [`${account} --public-url https://user:word@x.example`, "--public-url must be"],
    [`${account} --listen 70000`, "--listen must be"],
    [`${account} --listen here`, "--listen must be"],
  ])("answers `%s` with one plain sentence", (line, part) => {
    const command = read(line);
    expect(command).toMatchObject({ mode: "bad", sentence: expect.stringContaining(part) });
    expect(command.mode === "bad" && command.sentence).not.toContain("\n");
  });
});

describe("the account file", () => {
  it("holds an id, a provider and its configuration", () => {
    const file = readAccountFile('{"id":"clinic","provider":"zapi","config":{"webhookSecrets":["s1","s2"]}}');
    expect(file).toEqual({ id: "clinic", provider: "zapi", config: { webhookSecrets: ["s1", "s2"] } });
    expect(typeof file !== "string" && hasUrlSecret(file)).toBe(true);
    expect(hasUrlSecret({ id: "clinic", provider: "waha", config: {} })).toBe(false);
  });

  it("names every problem in one sentence and repeats no value", () => {
    expect(readAccountFile("{ secret")).toBe("The account file is not JSON.");
    expect(readAccountFile("[]")).toContain("must hold an object");
    const sentence = readAccountFile('{"id":"a/../b","provider":7,"config":"secret","token":"hidden"}');
    expect(sentence).toBe('The account file cannot be used: id must be 1 to 64 letters, digits, dots, dashes or underscores; provider must be a name such as "waha" or "zapi"; config must be an object; "token" does not belong there.');
  });
});
