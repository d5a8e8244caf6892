import type { WahaSwitches } from "./switches.js";

/** What the simulated release can do, by WAHA docs: overview/changelog. */
export interface Release {
  readonly version: string;
  /** 2025.11.4: the request id of a webhook became short and lower-case. */
  readonly shortRequestIds: boolean;
  /** 2025.12.2: `message.ack.group`. Naming it on an older server is a 400. */
  readonly ackGroup: boolean;
  /** 2025.12.2: polls on WEBJS. 2026.3.1: the WPP engine. */
  readonly webjsPolls: boolean;
  /** 2026.1.4: API keys per session, worker and platform in the environment. */
  readonly scopedKeys: boolean;
  /** 2026.4.3: scopes, `?x-api-key=`, caller-chosen message ids and `new-message-id`. */
  readonly queryKey: boolean;
  readonly callerIds: boolean;
  /** 2026.6.1: one edition for all. */
  readonly merged: boolean;
  /** 2026.7.1: passkey statuses, `data` in `session.status`. */
  readonly passkeys: boolean;
  /** `engine` in the envelope of GOWS: absent in 2025.11.3, present in later sources. */
  readonly envelopeEngine: boolean;
}

export const releaseOf = (switches: WahaSwitches): Release => {
  const version = switches.version !== "of-mode" ? switches.version : switches.mode === "legacy" ? "2025.11.3" : "2026.7.1";
  const since = (first: string): boolean => compare(version, first) >= 0;
  return {
    version,
    shortRequestIds: since("2025.11.4"),
    ackGroup: since("2025.12.2"),
    webjsPolls: since("2025.12.2"),
    scopedKeys: since("2026.1.4"),
    queryKey: since("2026.4.3"),
    callerIds: since("2026.4.3"),
    merged: since("2026.6.1"),
    passkeys: since("2026.7.1"),
    envelopeEngine: switches.envelopeEngine === "of-version" ? switches.engine !== "GOWS" || since("2026.1.4") : switches.envelopeEngine === "present",
  };
};

const compare = (a: string, b: string): number => {
  const [x, y] = [a.split(".").map(Number), b.split(".").map(Number)];
  for (let i = 0; i < 3; i += 1) {
    const difference = (x[i] ?? 0) - (y[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** `GET /api/server/version` and the envelope's `environment`. */
export const environmentOf = (switches: WahaSwitches) => {
  const release = releaseOf(switches);
  const short = { version: release.version, engine: switches.engine, tier: "CORE", browser: switches.engine === "WEBJS" ? "/usr/bin/google-chrome-stable" : null };
  return release.scopedKeys ? { ...short, platform: "linux/x64", worker: { id: null } } : short;
};
