import { createMessaging, INBOUND_TYPES, isMessagingError, secret, type HttpClient, type InvitationInput } from "@event-messaging/core";
import {
  accountId, fromEpochMs, instant, isLid, isPhone, isRecipient, messageId,
  type Call, type EventMessagingProvider, type InboundType, type Recipient, type SendCommand,
} from "@event-messaging/core/driver";
import { waha } from "@event-messaging/waha";
import type { Random } from "../order/random.js";
import { answerAs, ENGINES, VERSIONS, type Server } from "./server-answers.js";
import { onTheWire, type WireRequest } from "./wire-request.js";

const RECIPIENTS = ["+351960000123", "+5511987650001", "+15550100", "271000000000099@lid", "1@lid", "120363400000000555@g.us", "351960000123-1623281429@g.us"].filter((text) => isRecipient(text));
const TITLES = ["Check-up", "Ação de graças 💅", "x", "t".repeat(100), "*bold* \"quoted\" \\n"] as const;
const DESCRIPTIONS = [undefined, "One line", "Two\nlines, 💅 and {braces}", "d".repeat(2048)] as const;
const STARTS = ["2026-12-01T15:00:00Z", "2026-12-01T15:00:00.999Z", "2015-12-31T23:59:59+14:00", "2099-02-28T12:00:00-03:00", "2024-02-29T00:00:00+05:45"] as const;
const PLACES = [undefined, "Clinic North", "Rua A, 1 · 2.º 💅"] as const;
const IDS = [undefined, "3EB0C41F7A9D2E6B558011", "A9C4E1772D0B55F01C3E"] as const;
const BASES = ["http://localhost:3000", "https://waha.example.test/prefix/deep", "https://waha.example.test/"] as const;
const SESSIONS = ["default", "clinic-042", "A_b", "s".repeat(54)] as const;
const POLLS = [["Going", "Not going"], ["Vou", "Não vou", "Talvez"], Array.from({ length: 12 }, (_, index) => `Option ${index + 1}`)] as const;

export interface Driven {
  readonly requests: readonly WireRequest[];
  readonly calls: number;
  /** Calls that the adapter or core refused before any request. */
  readonly refused: number;
  readonly operations: readonly string[];
}

/** Calls everything that makes a request, with every value of every field at least once and random ones besides. */
export async function drive(random: Random, amount: number): Promise<Driven> {
  const requests: WireRequest[] = [];
  const operations = new Set<string>();
  let calls = 0;
  let refused = 0;
  const attempt = async (name: string, work: () => Promise<unknown> | undefined) => {
    calls += 1;
    operations.add(name);
    try {
      await work();
    } catch (error) {
      if (!isMessagingError(error)) throw error;
      if (error.outcome === "not-sent" && error.context.phase !== "complete") refused += 1;
    }
  };
  const recorder = (server: Server): HttpClient => ({
    async request(request) {
      const wire = onTheWire(request);
      requests.push(wire);
      return answerAs(server, wire);
    },
    close: async () => {},
  });
  const anyServer = (): Server => ({ engine: random.pick(ENGINES), version: random.pick(VERSIONS), config: random.pick(["none", "empty", "others", "ours"]), conditions: random.pick(["good", "good", "good", "unknown-session", "failing"]), lids: random.chance(50), oldVersionRoute: random.chance(20) });
  const open = (server: Server): EventMessagingProvider => waha.open(
    {
      baseUrl: random.pick(BASES), session: random.pick(SESSIONS),
      ...(random.chance(80) && { apiKey: "key_7Qd2abcdefgh" }), ...(random.chance(60) && { hmacKey: random.chance(50) ? "north window 17" : ["north window 17", "the old one"] }),
    },
    { account: accountId("clinic"), http: recorder(server), now: () => fromEpochMs(Date.UTC(2026, 10, 1)), learned: {} },
  );

  for (let round = 0; round < amount; round += 1) {
    const account = open({ ...anyServer(), ...(round < 60 && { conditions: "good" }), lids: round % 2 === 0 });
    // Each field walks through its values at its own pace, so that every value and every pair of them comes up.
    const to = cycle(RECIPIENTS, round);
    const command = anySend(random, round, to);
    await attempt("send", () => account.send?.(command, call()));
    await attempt("sendPoll", () => account.sendPoll?.({ to, question: cycle(TITLES, round), options: cycle(POLLS, round), ...chosen(cycle(IDS, round >> 1)) }, call()));
    await attempt("sendText", () => account.sendText?.({ to, text: cycle(DESCRIPTIONS, round) ?? "Text with https://example.test", ...chosen(cycle(IDS, round)), ...quoted(cycle(IDS, round + 1)) }, call()));
    await attempt("findSent", () => account.findSent?.({ to, details: command.details, since: instant(cycle(STARTS, round)) }, call()));
    if (isPhone(to) || isLid(to)) await attempt("resolveContact", () => account.resolveContact?.(to, call()));
    await attempt("probe", () => account.probe(call()));
    await attempt("inspect", () => account.inspect?.(call()));
    await attempt("planWebhooks", async () => {
      const url = secret(cycle(["https://hooks.example.test/webhooks/clinic/s3cret", "http://localhost:8080/webhooks/clinic"], round));
      const plan = await account.planWebhooks?.({ url, types: someTypes(random, round) }, call());
      operations.add("applyWebhooks");
      const back = plan && (await account.applyWebhooks?.(plan, call()));
      if (back && random.chance(30)) await account.applyWebhooks?.(back, call());
    });
    await attempt("listGroups", () => groupsOf(account, to));
  }
  await throughCore(random, Math.ceil(amount / 4), recorder, attempt);
  return { requests, calls, refused, operations: [...operations].sort() };
}

/** The same from the application's side: inputs as people write them. */
async function throughCore(random: Random, amount: number, recorder: (server: Server) => HttpClient, attempt: (name: string, work: () => Promise<unknown>) => Promise<void>): Promise<void> {
  for (let round = 0; round < amount; round += 1) {
    const http = recorder({ engine: "GOWS", version: random.pick(VERSIONS), config: "ours", conditions: "good", lids: true, oldVersionRoute: false });
    const messaging = createMessaging({ providers: [waha], http, accounts: { clinic: { provider: "waha", config: { baseUrl: "http://localhost:3000", session: "clinic" } } }, tenants: { clinic: "clinic" } });
    const startsAt = cycle(STARTS, round);
    const input: InvitationInput = {
      key: `apt_${round}`, to: cycle(RECIPIENTS, round), title: cycle(TITLES, round), startsAt: random.chance(50) ? new Date(startsAt) : startsAt,
      description: cycle(DESCRIPTIONS, round), location: cycle(PLACES, round), timeZone: random.chance(50) ? "America/Sao_Paulo" : undefined,
      endsAt: random.chance(50) ? new Date(Date.parse(startsAt) + 1_800_000) : undefined, extraGuestsAllowed: cycle([undefined, true, false], round), replyTo: cycle(IDS, round),
      ...(random.chance(20) && { callLink: "video" }),
    };
    await attempt("messaging.send", () => messaging.forTenant("clinic").send(input));
    await messaging.close();
  }
}

function anySend(random: Random, round: number, to: Recipient): SendCommand {
  const startsAt = instant(cycle(STARTS, round));
  const description = cycle(DESCRIPTIONS, round >> 1);
  const place = cycle(PLACES, round >> 2);
  return {
    to, ...quoted(cycle(IDS, round)),
    details: {
      title: cycle(TITLES, round), startsAt,
      ...(description !== undefined && { description }),
      ...(place !== undefined && { location: { name: place } }),
      ...(random.chance(50) && { endsAt: fromEpochMs(Date.parse(startsAt) + random.next(86_400_000)) }),
      ...cycle([{}, { extraGuestsAllowed: true }, { extraGuestsAllowed: false }], round),
    },
  };
}

/** Written against what an account may have: a provider without groups makes no request here. */
async function groupsOf(account: EventMessagingProvider, to: Recipient): Promise<void> {
  await account.listGroups?.({}, call());
  if (to.endsWith("@g.us") && !isPhone(to) && !isLid(to)) await account.listGroups?.({ only: to }, call());
}

function someTypes(random: Random, round: number): readonly InboundType[] {
  const one = cycle(INBOUND_TYPES, round);
  return round % 3 === 0 ? INBOUND_TYPES : [one, ...INBOUND_TYPES.filter((type) => type !== one && random.chance(30))];
}

const call = (): Call => ({ signal: new AbortController().signal, callId: "drive", attempt: 1 });
const chosen = (text: string | undefined) => ((id) => (id === undefined ? {} : { messageId: id }))(messageId(text));
const quoted = (text: string | undefined) => ((id) => (id === undefined ? {} : { replyTo: id }))(messageId(text));

function cycle<const T>(items: readonly T[], round: number): T {
  const item = items[((round % items.length) + items.length) % items.length];
  if (item === undefined && !items.includes(item as T)) throw new RangeError("nothing to choose from");
  return item as T;
}
