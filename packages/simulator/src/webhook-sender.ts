import { setMaxListeners } from "node:events";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Journal } from "./journal.js";
import type { Timers } from "./timers.js";

export interface Delivery {
  readonly account: string;
  /** The webhook's event, for the journal. */
  readonly operation: string;
  readonly messageId?: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Tries after the first one. */
  readonly retries: number;
  /** Vendor-true milliseconds before retry number 1, 2, …; scaled by the clock factor. */
  readonly waitMs: (retry: number, retryAfterSeconds: number | undefined) => number;
  /** Follow redirects as a browser would: 301, 302 and 303 turn the POST into a GET without body. */
  readonly followRedirects?: boolean;
  /** Ends the retries (not a request under way). */
  readonly signal?: AbortSignal;
}

export interface Sending {
  /** Settles when the first try has been answered or has failed. */
  readonly first: Promise<void>;
  /** True when some try got a 2xx. */
  readonly done: Promise<boolean>;
}

interface Outcome {
  readonly status?: number;
  readonly error?: string;
  readonly retryAfterSeconds?: number;
}

/** Posts webhooks, each on a connection of its own and without a timeout, and writes every try into the journal. */
export class WebhookSender {
  readonly #ended = new AbortController();

  constructor(
    private readonly journal: Journal,
    private readonly timers: Timers,
  ) {
    // Any number of posts are under way at once, and Node warns of a leak from the eleventh on.
    setMaxListeners(0, this.#ended.signal);
  }

  /** Begins at once. Nothing is queued and nothing survives `stop()`. */
  send(delivery: Delivery): Sending {
    let begun = (): void => {};
    const first = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const done = this.timers.track(this.#run(delivery, begun).finally(begun));
    return { first, done };
  }

  stop(): void {
    this.#ended.abort();
  }

  async #run(delivery: Delivery, firstTried: () => void): Promise<boolean> {
    for (let retry = 0; ; retry += 1) {
      const outcome = await post(delivery, this.#ended.signal);
      if (this.#ended.signal.aborted) return false;
      const delivered = outcome.status !== undefined && outcome.status >= 200 && outcome.status < 300;
      this.journal.add({
        account: delivery.account,
        act: delivered ? "webhook.delivered" : "webhook.failed",
        operation: delivery.operation,
        ...(delivery.messageId === undefined ? {} : { messageId: delivery.messageId }),
        ...(outcome.status === undefined ? {} : { status: outcome.status }),
        ...(outcome.error === undefined ? {} : { detail: outcome.error }),
      });
      firstTried();
      if (delivered) return true;
      if (retry >= delivery.retries || delivery.signal?.aborted === true) return false;
      const waited = await this.timers.wait(delivery.waitMs(retry + 1, outcome.retryAfterSeconds), delivery.signal);
      if (!waited || this.#ended.signal.aborted) return false;
    }
  }
}

const post = async (delivery: Delivery, signal: AbortSignal): Promise<Outcome> => {
  let url: URL;
  let method: "POST" | "GET" = "POST";
  try {
    url = new URL(delivery.url);
    for (let hop = 0; hop <= 21; hop += 1) {
      const response = await exchange(url, method, delivery, signal);
      const status = response.statusCode ?? 0;
      const location = response.headers.location;
      if (delivery.followRedirects !== true || location === undefined || ![301, 302, 303, 307, 308].includes(status)) {
        const after = Number(response.headers["retry-after"]);
        return { status, ...(Number.isFinite(after) && after > 0 ? { retryAfterSeconds: after } : {}) };
      }
      url = new URL(location, url);
      if (status < 307) method = "GET";
    }
    return { error: "too many redirects" };
  } catch (error) {
    return { error: codeOf(error) };
  }
};

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "failed");

const exchange = (url: URL, method: "POST" | "GET", delivery: Delivery, signal: AbortSignal): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const send = url.protocol === "https:" ? httpsRequest : httpRequest;
    const withBody = method === "POST";
    const { "content-type": type, ...others } = delivery.headers;
    const headers = withBody ? { ...others, ...(type === undefined ? {} : { "content-type": type }), "content-length": String(delivery.body.length) } : others;
    const request = send(url, { method, headers, signal, agent: false }, (response) => {
      response.resume();
      response.on("end", () => resolve(response));
      response.on("error", reject);
    });
    request.on("error", reject);
    request.end(withBody ? delivery.body : undefined);
  });
