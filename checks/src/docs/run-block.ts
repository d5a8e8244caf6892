import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * The reader's side of a block: a simulated WAHA, the names that the block takes for granted, and a guest who answers. A fixed
 * port is replaced by a free one. Ends with 0 when the answer was recorded under the block's key.
 */
const HARNESS = `
import { Server } from "node:net";
import { startWaha } from "@event-messaging/simulator";

const recorded = (...args) => {
  const isRight = args[0] === "apt_123" && args.includes("GOING");
  if (!isRight) console.error("something else was recorded");
  process.exit(isRight ? 0 : 1);
};
const ports = [];
const { listen } = Server.prototype;
const sim = await startWaha({ clockFactor: 0, apiKey: "an-api-key", sessions: [] });
const session = (webhooks) => sim.putSession({ name: "clinic", phone: "351910000777", config: { webhooks } });
session([]);
Server.prototype.listen = function () {
  return listen.call(this, 0, "127.0.0.1", () => ports.push(this.address().port));
};
Object.assign(globalThis, { baseUrl: sim.url, apiKey: "an-api-key", hmacKey: "a-hmac-key", log: () => {}, appointments: { record: async (...args) => void setImmediate(recorded, ...args) } });
await import(process.argv[2]);
if (ports.length > 0) {
  session([{ url: \`http://127.0.0.1:\${ports[0]}/webhooks/clinic-waha\`, events: ["event.response"], hmac: { key: "a-hmac-key" } }]);
  await sim.answer({ account: "clinic", chat: "351960000123@c.us", guest: { phone: "351960000123" }, response: "GOING" });
  await sim.flush();
}
setTimeout(() => { console.error("no answer was recorded"); process.exit(1); }, 1500);
`;

/** Runs one compiled block. What went wrong, in words; `undefined` when it recorded the answer. */
export function problemOfRun(folder: string, index: number): string | undefined {
  writeFileSync(join(folder, "harness.mjs"), HARNESS);
  const { status, stderr } = spawnSync(process.execPath, [join(folder, "harness.mjs"), `./block-${index}.js`], { cwd: folder, encoding: "utf8", timeout: 15_000 });
  return status === 0 ? undefined : `does not work when it is run: ${stderr.trim().split("\n").slice(0, 8).join(" ")}`;
}
