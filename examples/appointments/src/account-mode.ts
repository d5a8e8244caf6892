import { INBOUND_TYPES, isMessagingError, type InboundEvent, type InvitationInput, type Messaging, type ProviderDefinition } from "@event-messaging/core";
import { hasUrlSecret, type AccountFile } from "./account-file.js";
import { idOf } from "./appointments.js";
import { startBackend, WEBHOOKS } from "./backend.js";
import { setUpWebhooks, untilReady } from "./webhook-setup.js";

export interface AccountModeOptions {
  readonly account: AccountFile;
  readonly to: string;
  readonly publicUrl?: string;
  readonly configureWebhooks: boolean;
  readonly host: string;
  readonly port: number;
  readonly vendors?: readonly ProviderDefinition[];
  readonly now: () => Date;
  readonly write: (line: string) => void;
  /** Ends the listening: Ctrl-C. */
  readonly signal: AbortSignal;
}

/** The one tenant of this mode. */
const TENANT = "trial";

/**
 * One invitation through a real account: probe, plan, webhooks if asked for, send, and then everything that comes in, until
 * the signal. The webhooks are put back whatever happens after they were changed. Resolves with the exit code.
 */
export async function runAccount(options: AccountModeOptions): Promise<number> {
  const { account, host, port, vendors, write } = options;
  const { id, provider, config } = account;
  const backend = await startBackend({ accounts: { [id]: { provider, config } }, tenants: { [TENANT]: id }, host, port, ...(vendors && { vendors }) }).catch(unlessTaken);
  if (backend === undefined) {
    write(`${host}:${port} cannot be listened on. Choose another address with --listen.`);
    return 2;
  }
  const ways: (() => Promise<void>)[] = [];
  try {
    write(`Listening on ${backend.url}${WEBHOOKS}/${id}`);
    return await tryOut(backend.messaging, options, (way) => ways.push(way));
  } catch (error) {
    if (!isMessagingError(error)) throw error;
    write(`${error.code}, outcome ${error.outcome}: ${error.message}`);
    return 1;
  } finally {
    for (const way of ways) await way().catch((error: unknown) => write(`Webhooks: not put back. ${isMessagingError(error) ? error.message : "Look at the vendor's settings."}`));
    await backend.stop();
  }
}

async function tryOut(messaging: Messaging, options: AccountModeOptions, atEnd: (way: () => Promise<void>) => void): Promise<number> {
  const { account, publicUrl, configureWebhooks, write, signal } = options;
  const { status, reason, engine, version, self, warnings = [] } = await messaging.account(account.id).probe({ signal });
  write(`Probe: ${account.provider} account "${account.id}" is ${status}${reason === "" ? "" : `: ${reason}`}`);
  const known = [self.phone ?? self.lid, engine && `engine ${engine}`, version && `version ${version}`].filter((part) => part !== undefined);
  if (known.length > 0) write(`  ${known.join(", ")}`);
  for (const { message } of warnings) write(`  note: ${message}`);
  if (status !== "ready") return 1;

  const invitation = trialInvitation(options);
  const tenant = messaging.forTenant(TENANT);
  const plan = await tenant.plan(invitation, { signal });
  write(`Plan: ${plan.form === "none" ? "cannot be sent" : `goes out as ${plan.form}`}`);
  for (const { code, why } of plan.lost) write(`  not possible: ${code}. ${why}`);
  for (const { code, why } of plan.later) write(`  not possible later: ${code}. ${why}`);
  if (plan.form === "none") return 1;

  for (const type of INBOUND_TYPES) messaging.on(type, (event) => write(lineOf(event)));
  const base = `${(publicUrl ?? "https://<where the vendor reaches this program>").replace(/\/+$/, "")}${WEBHOOKS}/${account.id}`;
  if (configureWebhooks) {
    atEnd(await setUpWebhooks(messaging, account.id, base, write));
    await untilReady(messaging, account.id, signal, write);
  } else write(`Webhooks: untouched. Answers arrive when the vendor posts to ${base}${hasUrlSecret(account) ? "/<the account's webhook secret>" : ""}`);

  const { handle, stage } = await tenant.send(invitation, { signal });
  write(`Receipt: ${stage}`);
  for (const { id: message, vendorIds } of handle.messages) write(`  message ${message} ${JSON.stringify(vendorIds)}`);
  write("Waiting for what comes in. Ctrl-C ends it.");
  await aborted(signal);
  await messaging.idle();
  for (const [what, count] of Object.entries(messaging.counts())) write(`Not kept: ${count} × ${what}`);
  return 0;
}

function trialInvitation({ to, now }: AccountModeOptions): InvitationInput {
  const tomorrow = new Date(now().getTime() + 24 * 3_600_000);
  tomorrow.setUTCMinutes(0, 0, 0);
  return { key: `trial-${now().getTime()}`, to, title: "Trial invitation", description: "Sent to try out an account. Please answer it.", startsAt: tomorrow };
}

/** One line for each event. Names and texts are left out: they are a stranger's. */
function lineOf(event: InboundEvent): string {
  const who = "guest" in event && event.guest !== undefined ? ` ${idOf(event.guest)}` : "";
  const what = event.type === "rsvp" ? ` ${event.response}${event.extraGuests ? ` and brings ${event.extraGuests} more` : ""}`
    : event.type === "account.status" ? ` ${event.status}${event.reason && `: ${event.reason}`}`
    : event.type === "invitation.delivered" ? ` reached ${event.reached}`
    : event.type === "invitation.failed" ? ` ${event.vendorCode}`
    : "";
  const flags = event.flags.length === 0 ? "" : ` [${event.flags.join(", ")}]`;
  return `${event.at} ${event.type}${who}${what} (${event.authenticity})${flags}`;
}

/** `undefined` when the address cannot be listened on; any other error stays one. */
function unlessTaken(error: unknown): undefined {
  if (typeof error === "object" && error !== null && "syscall" in error && (error.syscall === "listen" || error.syscall === "getaddrinfo")) return undefined;
  throw error;
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => (signal.aborted ? resolve() : signal.addEventListener("abort", () => resolve(), { once: true })));
}
