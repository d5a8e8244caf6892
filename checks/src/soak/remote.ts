import { fork } from "node:child_process";
import { Agent, request } from "node:http";
import { fileURLToPath } from "node:url";
import { BASE_PATH } from "../inbound/lines.js";
import type { Remote } from "./drive.js";
import { createSite, type SiteOptions } from "./site.js";
import type { FromSite, ToSite, Vitals } from "./site-messages.js";

/** A site in a process of its own, posted to over a real socket. */
export async function startSite(): Promise<{ readonly remote: Remote; readonly vitals: () => Vitals | undefined; stop(): void }> {
  const child = fork(fileURLToPath(new URL("site-process.js", import.meta.url)), { stdio: ["ignore", 2, 2, "ipc"], execArgv: ["--expose-gc"] });
  const waiting = new Map<number, (message: FromSite) => void>();
  const ended = new Promise<never>((_, reject) => child.once("exit", (code) => reject(new Error(`the site's process ended with ${code}`))));
  ended.catch(() => undefined);
  child.on("message", (message: FromSite) => waiting.get(message.id)?.(message));
  let ids = 0;
  let vitals: Vitals | undefined;
  const next = (id: number) => Promise.race([ended, new Promise<FromSite>((resolve) => void waiting.set(id, resolve))]);
  const ask = (message: Omit<ToSite, "id">) => {
    ids += 1;
    const answer = next(ids);
    child.send({ id: ids, ...message });
    return answer;
  };
  const { port = 0 } = await next(0);
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });

  const remote: Remote = {
    post: ({ method, path, headers, body }) => new Promise((resolve, reject) => {
      const sent = request({ port, host: "127.0.0.1", agent, method, path, headers: { ...Object.fromEntries(headers), "content-length": body.byteLength } }, (response) => {
        response.resume();
        response.once("end", () => resolve(response.statusCode ?? 0));
        response.once("error", reject);
      });
      sent.once("error", reject);
      sent.end(body);
    }),
    async weather(weather) {
      await ask({ weather });
    },
    async invite(invitation) {
      await ask({ invitation });
    },
    async finish() {
      const { state, vitals: seen } = await ask({ finish: true });
      vitals = seen;
      if (state === undefined) throw new Error("the site ended without a state");
      return state;
    },
  };
  return {
    remote, vitals: () => vitals,
    stop() {
      agent.destroy();
      child.removeAllListeners("exit");
      child.disconnect();
    },
  };
}

/** The same in this process, without a socket: for sites with a defect. */
export function siteHere(options: SiteOptions): Remote {
  const site = createSite(options);
  return {
    post: async (raw) => (await site.stage.messaging.receive(BASE_PATH, raw)).status,
    weather: async (weather) => site.weather(weather),
    invite: (invitation) => site.invite(invitation),
    async finish() {
      await site.drained();
      const state = await site.state();
      await site.stage.messaging.close();
      return state;
    },
  };
}
