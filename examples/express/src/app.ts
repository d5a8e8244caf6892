import type { Messaging } from "@event-messaging/core";
import express, { type Express, type RequestHandler } from "express";

/**
 * An Express application that receives answers below `/webhooks`, in front of a bot that was there before.
 *
 * The signature covers the bytes as they came, so the library stands before every body parser, and under no mount path:
 * `app.use("/webhooks", …)` would cut that path from `request.url`.
 */
export function createApp(messaging: Messaging, bot: RequestHandler): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use((request, response, next) => {
    messaging.nodeHandler("/webhooks", (_request, _response, body) => {
      // Not ours. Below /webhooks the bytes have been read: the next handler gets them parsed, as express.json() would do it.
      if (body.byteLength > 0) request.body = parsed(body);
      next();
    })(request, response);
  });
  // express.json() leaves a body alone that has been read already.
  app.use(express.json());
  app.post("/webhooks/{*rest}", bot);
  app.post("/orders", (request, response) => void response.json({ got: request.body }));
  return app;
}

function parsed(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    return undefined;
  }
}
