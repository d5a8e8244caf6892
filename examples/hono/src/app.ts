import type { Messaging } from "@event-messaging/core";
import { Hono } from "hono";

export interface AppOptions {
  readonly messaging: Messaging;
  /** What was at this URL before; resolves with what it answers. */
  readonly bot: (delivery: unknown) => Promise<object>;
}

/**
 * A Hono application that receives answers below `/webhooks`, in front of a bot that was there before.
 *
 * `c.req.raw` is the web-standard request with its body unread, which is all that the library needs. Nothing before this route
 * may call `c.req.json()`: what is not ours comes back as a new request, whose body can be read.
 */
export function createApp({ messaging, bot }: AppOptions): Hono {
  const app = new Hono();
  const receive = messaging.webHandler("/webhooks", async (request) => Response.json(await bot(await request.json())));
  app.post("/webhooks/*", (c) => receive(c.req.raw));
  app.post("/orders", async (c) => c.json({ got: await c.req.json() }));
  return app;
}
