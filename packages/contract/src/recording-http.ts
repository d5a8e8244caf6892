import { axiosHttpClient, type HttpClient, type HttpRequest } from "@event-messaging/core";

/** Core's own client, with what went through it: the suite looks at what a provider hands over, not only at what arrives. */
export interface RecordingHttp extends HttpClient {
  readonly requests: readonly HttpRequest[];
  /** How often a provider closed the client that it only borrows. */
  readonly closed: () => number;
  /** Ends it for good. */
  readonly end: () => Promise<void>;
}

export function recordingHttp(): RecordingHttp {
  const client = axiosHttpClient();
  const requests: HttpRequest[] = [];
  let closed = 0;
  return {
    requests,
    closed: () => closed,
    request(request) {
      requests.push(request);
      return client.request(request);
    },
    close: async () => {
      closed += 1;
    },
    end: () => client.close(),
  };
}
