import type { Messaging } from "@event-messaging/core";
import Fastify, { type FastifyInstance } from "fastify";

export interface AppOptions {
  readonly messaging: Messaging;
  /** What was at this URL before; resolves with what it answers. */
  readonly bot: (delivery: unknown) => Promise<object>;
}

/**
 * A Fastify application that receives answers below `/webhooks`, in front of a bot that was there before.
 *
 * Fastify's own JSON parser throws the bytes away that the signature covers. So the route stands in a plugin of its own, whose
 * only parser keeps the buffer; the rest of the application keeps its parsers.
 */
export function createApp({ messaging, bot }: AppOptions): FastifyInstance {
  const app = Fastify();
  void app.register(async (webhooks) => {
    webhooks.removeAllContentTypeParsers();
    webhooks.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: 1024 * 1024 }, (_request, body, done) => done(null, body));
    webhooks.post("/webhooks/*", async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const result = await messaging.receive("/webhooks", { method: request.method, path: request.url, headers: headersOf(request.headers), body });
      if (result.handled) return reply.code(result.status).send();
      return bot(JSON.parse(body.toString("utf8")));
    });
  });
  app.post("/orders", (request, reply) => reply.send({ got: request.body }));
  return app;
}

function headersOf(headers: Readonly<Record<string, string | readonly string[] | undefined>>): readonly (readonly [string, string])[] {
  return Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, typeof value === "string" ? value : value.join(", ")] as const]));
}
