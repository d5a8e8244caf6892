import { createServer } from "node:http";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { BASE_PATH } from "../inbound/lines.js";
import { createSite } from "./site.js";
import type { FromSite, ToSite } from "./site-messages.js";

/** The site in a process of its own, so that its event loop and its memory are its own. Talks to the driver over IPC. */
const site = createSite();
const delay = monitorEventLoopDelay({ resolution: 5 });
const samples: { readonly ms: number; readonly rss: number; readonly heap: number }[] = [];
const sample = () => {
  const { rss, heapUsed } = process.memoryUsage();
  samples.push({ ms: performance.now(), rss, heap: heapUsed });
};
const heapAfterCollection = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};
const send = (message: FromSite) => void process.send?.(message);

const server = createServer({ keepAliveTimeout: 60_000 }, site.stage.messaging.nodeHandler(BASE_PATH));
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  send({ id: 0, port: typeof address === "object" && address ? address.port : 0 });
});
let timer: NodeJS.Timeout | undefined;
let heapAtStart = 0;

async function answer({ id, weather, invitation, finish }: ToSite): Promise<void> {
  if (timer === undefined) {
    heapAtStart = heapAfterCollection();
    delay.enable();
    timer = setInterval(sample, 250);
  }
  if (weather) site.weather(weather);
  if (invitation) await site.invite(invitation);
  if (!finish) return send({ id });
  await site.drained();
  delay.disable();
  clearInterval(timer);
  const state = await site.state();
  send({
    id, state,
    vitals: {
      eventLoopDelayMs: { p50: delay.percentile(50) / 1e6, p99: delay.percentile(99) / 1e6, max: delay.max / 1e6 },
      samples, heapGrowth: heapAfterCollection() - heapAtStart,
    },
  });
}

process.on("message", (message: ToSite) => void answer(message));
process.on("disconnect", () => process.exit());
