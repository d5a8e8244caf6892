import type { Call, HttpRequest, HttpResponse, ProviderRuntime } from "@event-messaging/core/driver";
import type { ZapiSettings } from "./config.js";

/** One operation of the instance: its path after the token, and what goes with it. */
export type Ask = Pick<HttpRequest, "method" | "params" | "query" | "json" | "reads"> & { readonly path: string };
export type Exchange = (ask: Ask, call: Call) => Promise<HttpResponse>;

/** What errors and telemetry see of the address. */
export const templateOf = (path: string): string => `/instances/{instance}/token/{token}/${path}`;

/**
 * Exchanges with one instance: both ids in the path, the account security token in `Client-Token`.
 * Z-API docs: quickstart/authentication, security/client-token.
 */
export function exchangeWith({ instance, token, clientToken, baseUrl, untrustedBaseUrl }: ZapiSettings, { http }: ProviderRuntime): Exchange {
  return ({ method, path, params, query, json, reads }, call) =>
    http.request({
      method,
      baseUrl: baseUrl ?? "https://api.z-api.io",
      ...(untrustedBaseUrl === true && { untrustedBaseUrl }),
      template: templateOf(path),
      params: { instance, token, ...params },
      ...(query !== undefined && { query }),
      ...(clientToken && { headers: { "client-token": clientToken } }),
      ...(json !== undefined && { json }),
      ...(reads !== undefined && { reads }),
      signal: call.signal,
    });
}
