import type { IncomingMessage, ServerResponse } from "node:http";
import type { Messaging } from "@event-messaging/core";
import { Body, Controller, Inject, Module, Post, Req, Res, type DynamicModule, type OnApplicationShutdown, type RawBodyRequest } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import type { NestExpressApplication } from "@nestjs/platform-express";

const MESSAGING = Symbol.for("example:messaging");
const BOT = Symbol.for("example:bot");

/** What was at this URL before; resolves with what it answers. */
export type Bot = (delivery: unknown) => Promise<object>;

type NestRequest = RawBodyRequest<IncomingMessage> & { readonly originalUrl: string };

/** Receives answers below `/webhooks`, in front of a bot that was there before. */
@Controller("webhooks")
export class WebhooksController {
  readonly #messaging: Messaging;
  readonly #bot: Bot;

  // Tokens instead of types: no metadata of types is needed, whatever compiles this.
  constructor(@Inject(MESSAGING) messaging: Messaging, @Inject(BOT) bot: Bot) {
    this.#messaging = messaging;
    this.#bot = bot;
  }

  @Post("*rest")
  async receive(@Req() request: NestRequest, @Res() response: ServerResponse, @Body() delivery: unknown): Promise<void> {
    const result = await this.#messaging.receive("/webhooks", {
      method: "POST", path: request.originalUrl, headers: headersOf(request), body: request.rawBody ?? new Uint8Array(),
    });
    if (result.handled) return void response.writeHead(result.status).end();
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(await this.#bot(delivery)));
  }
}

@Controller("orders")
export class OrdersController {
  @Post()
  order(@Body() order: unknown): object {
    return { got: order };
  }
}

/** Ends with the application: handlers that run are waited for, then the accounts are closed. */
@Module({ controllers: [WebhooksController, OrdersController] })
export class AppModule implements OnApplicationShutdown {
  readonly #messaging: Messaging;

  constructor(@Inject(MESSAGING) messaging: Messaging) {
    this.#messaging = messaging;
  }

  onApplicationShutdown(): Promise<void> {
    return this.#messaging.close();
  }
}

function appModule(messaging: Messaging, bot: Bot): DynamicModule {
  return { module: AppModule, providers: [{ provide: MESSAGING, useValue: messaging }, { provide: BOT, useValue: bot }] };
}

/**
 * The application. `rawBody: true` keeps the bytes that the signature covers beside what the body parser made of them; the
 * parser's limit of 100 kB would refuse large deliveries, so it is raised to the library's.
 */
export async function createApp(messaging: Messaging, bot: Bot): Promise<NestExpressApplication> {
  const app = await NestFactory.create<NestExpressApplication>(appModule(messaging, bot), { rawBody: true, logger: ["error", "warn"] });
  app.useBodyParser("json", { limit: 1024 * 1024 });
  return app;
}

function headersOf({ headers }: IncomingMessage): readonly (readonly [string, string])[] {
  return Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, typeof value === "string" ? value : value.join(", ")] as const]));
}
