import type { Reply } from "../server.js";

/** Answers in the words that the documentation or published integrations quote. */
const error = (status: number, text: string): Reply => ({ status, json: { error: text } });

export const replies = {
  ok: (json: unknown): Reply => ({ status: 200, json }),
  value: (value: boolean): Reply => ({ status: 200, json: { value } }),
  error,
  invalidPhone: (): Reply => error(400, "Invalid phone"),
  suspended: (): Reply => error(400, "To continue sending a message, you must subscribe to this instance again"),
  notConnected: (): Reply => error(400, "You are not connected."),
  smartphoneSilent: (): Reply => error(400, "Your smartphone is not responding"),
  /** The text is invented: the documentation says only that messages beyond 1000 are rejected (queue/introduction). */
  queueFull: (): Reply => error(400, "The queue is full"),
  notFound: (status: number): Reply => ({ status, json: { error: "NOT_FOUND", message: "Unable to find matching target resource method" } }),
  empty: (status: number): Reply => ({ status }),
} as const;
