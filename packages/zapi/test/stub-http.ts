import { accountId, instant, reveal, type Call, type HttpClient, type HttpRequest, type HttpResponse, type ProviderRuntime } from "@event-messaging/core/driver";

/** One request as it would have left, credentials revealed, and the answer that it gets. */
export interface Seen {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly json: unknown;
}
export interface Canned {
  readonly status?: number;
  readonly json?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A client without a wire: records requests, answers from a function. */
export function stubHttp(answer: (seen: Seen) => Canned | Error): HttpClient & { readonly seen: readonly Seen[] } {
  const seen: Seen[] = [];
  return {
    seen,
    async request(request: HttpRequest): Promise<HttpResponse> {
      const params = request.params ?? {};
      const one: Seen = {
        method: request.method,
        path: request.template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(reveal(params[name] ?? ""))),
        headers: Object.fromEntries(Object.entries(request.headers ?? {}).map(([name, value]) => [name.toLowerCase(), reveal(value)])),
        json: request.json,
      };
      seen.push(one);
      const canned = answer(one);
      if (canned instanceof Error) throw canned;
      return { status: canned.status ?? 200, headers: new Map(Object.entries(canned.headers ?? {})), json: canned.json };
    },
    close: async () => {},
  };
}

export const NOW = instant("2026-11-10T10:00:00Z");
export const runtimeWith = (http: HttpClient, learned: Readonly<Record<string, string>> = {}): ProviderRuntime => ({ account: accountId("club"), http, now: () => NOW, learned });
export const call = (): Call => ({ signal: new AbortController().signal, callId: "c1", attempt: 1 });

export const INSTANCE = "3B41D0C2A97E4F5688AA10C2F3E4D5B6";
export const TOKEN = "5C0FFEE1D2B3A49586770A1B";
export const CLIENT_TOKEN = "Fa11c0de";
export const CONFIG = { instance: INSTANCE, token: TOKEN, clientToken: CLIENT_TOKEN };
export const ACK = { zaapId: "019E2B7C4D5A7F10B2C3D4E5F6A70819", messageId: "3EB0C41F7A9D2E6B558011", id: "3EB0C41F7A9D2E6B558011" };
