import type { CapabilityTable } from "../capability/table.js";
import type { HttpClient } from "../driver/http.js";
import type { SendCommand } from "../driver/operations.js";
import type { MessagingErrorInit } from "../error/messaging-error.js";
import { memoryProvider, memoryVendor, type MemoryContact, type MemoryHappening, type MemoryVendor } from "../memory/index.js";
import { createMessaging } from "../messaging/create-messaging.js";
import type { CommonOptions, Messaging } from "../messaging/messaging-types.js";
import type { RsvpResponse } from "../model/guest.js";
import { memoryBook } from "../store/memory-book.js";
import { answerTo, type AnswerOptions, type TestAccount } from "./answer-to.js";
import { HandlerFailures } from "./handler-failures.js";
import { sentCommands } from "./sent-commands.js";

export interface TestMessagingOptions extends Pick<CommonOptions, "policy" | "limits" | "unreadable" | "newDate" | "silence" | "layers" | "retries" | "now" | "random"> {
  /** Each gets an account of its own, named `<tenant>-memory`. Default `["clinic"]`. */
  readonly tenants?: readonly string[] | undefined;
  /** What the accounts cannot do: entries weaker than native. Default: they can do everything. */
  readonly capabilities?: CapabilityTable | undefined;
  /** People of whom the vendor knows a number and a LID, or that they have no WhatsApp. */
  readonly contacts?: readonly MemoryContact[] | undefined;
}

/** A failure for the next request. `issues`, `plan` and `context` are the library's to fill in. */
export interface NextFailure extends Pick<MessagingErrorInit, "code" | "outcome" | "retryAfterMs"> {
  readonly persistence: "permanent" | "transient";
  /** With outcome `unknown`: did the guests get it nonetheless? Default false. */
  readonly acts?: boolean | undefined;
}

/** Real messaging over a vendor in memory, and the strings of that vendor. */
export interface TestMessaging {
  readonly messaging: Messaging;
  /** The vendor behind all accounts: its journal, and everything else that can happen there. */
  readonly vendor: MemoryVendor;
  /**
   * A guest (`+<E.164>` or `<id>@lid`) answers the newest invitation that reached the guest, or the one under `key`. The answer
   * comes in as a signed delivery. Resolves when all handlers have run.
   *
   * @throws the error of a handler that failed; an `Error` when no such invitation was accepted.
   */
  answer(guest: string, response: RsvpResponse, options?: AnswerOptions): Promise<void>;
  /** Anything else that can happen in a tenant's chats (default: the first tenant's): read receipts, unreadable answers, replies. As `answer`. */
  happen(happening: MemoryHappening, options?: { readonly tenant?: string }): Promise<void>;
  /** The next request to the vendor, other than a probe, fails so. */
  failNext(failure: NextFailure): void;
  /** Every invitation that was sent, oldest first, as the provider got it; not those that failed. */
  sent(): readonly SendCommand[];
  /** Closes the messaging. Idempotent. Nothing else needs to be cleaned up: there is no port and no timer. */
  close(): Promise<void>;
}

const BASE_PATH = "/webhooks";

/** The provider in memory needs no HTTP, so a test that makes a request has a mistake. */
const NO_HTTP: HttpClient = { request: () => Promise.reject(new Error("test messaging makes no HTTP request")), close: async () => {} };

/**
 * For the tests of applications: everything is real but the vendor. A handler that throws is not called again (`retries`
 * overrides), and `answer` rejects with its error.
 *
 * @example
 * const { messaging, answer, close } = createTestMessaging();
 * messaging.on("rsvp", ({ key, response }) => appointments.record(key, response));
 * await messaging.forTenant("clinic").send({ key: "apt_123", to: "+351960000123", title: "Check-up", startsAt: "2026-12-01T15:00:00Z" });
 * await answer("+351960000123", "GOING");
 * await close();
 */
export function createTestMessaging(options: TestMessagingOptions = {}): TestMessaging {
  const { tenants = ["clinic"], capabilities, contacts, now = () => new Date(), ...rest } = options;
  const vendor = memoryVendor({ now, capabilities, contacts });
  const book = memoryBook({ now });
  const accounts = tenants.map((tenant, index): TestAccount => ({ tenant, id: `${tenant}-memory`, line: `line-${index + 1}` }));
  const real = createMessaging({
    retries: { attempts: 1 },
    layers: [],
    ...rest,
    now, book,
    http: NO_HTTP,
    minimumAuthenticity: "signature",
    providers: [memoryProvider(vendor)],
    accounts: Object.fromEntries(accounts.map(({ id, line }) => [id, { provider: "memory", config: vendor.configFor(line) }])),
    tenants: Object.fromEntries(accounts.map(({ tenant, id }) => [tenant, id])),
  });
  const failures = new HandlerFailures();

  const deliver = async ({ id, line }: TestAccount, happening: MemoryHappening) => {
    for (const { method, headers, body } of vendor.happen(line, happening)) {
      const { status } = await real.receive(BASE_PATH, { method, path: `${BASE_PATH}/${encodeURIComponent(id)}`, headers, body });
      if (status !== 200) throw new Error(`the delivery was answered with ${status}`);
    }
    await real.idle();
    failures.throwFirst();
  };

  return {
    messaging: { ...real, on: (type, handler) => real.on(type, failures.watch(handler)) },
    vendor,
    async answer(guest, response, answerOptions = {}) {
      const { account, happening } = await answerTo({ book, vendor, accounts }, guest, response, answerOptions);
      await deliver(account, happening);
    },
    async happen(happening, { tenant } = {}) {
      const account = accounts.find((candidate) => tenant === undefined || candidate.tenant === tenant);
      if (account === undefined) throw new Error(`"${tenant}" is not among the tenants of this test messaging`);
      await deliver(account, happening);
    },
    failNext: (failure) => vendor.failNext(failure),
    sent: () => sentCommands(vendor.journal()),
    close: () => real.close(),
  };
}
