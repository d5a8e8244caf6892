import type { InvitationInput, Sent } from "@event-messaging/core";
import { idOf } from "./appointments.js";
import type { Backend } from "./backend.js";
import { nameOf } from "./cast.js";
import { refusalOf, type ChangeRow, type Refusal, type SentRow } from "./report.js";
import type { Stage } from "./stage.js";
import type { Timeline } from "./timeline.js";

const VENDORS: Readonly<Record<string, string>> = { waha: "WAHA", zapi: "Z-API" };
export const vendorName = (provider: string): string => VENDORS[provider] ?? provider;

/** What the scenes share: the backend, the stage around it, and a notebook. State: the notebook. */
export class Scene {
  readonly sent: SentRow[] = [];
  readonly edited: ChangeRow[] = [];
  readonly canceled: ChangeRow[] = [];
  readonly responded: string[] = [];
  readonly unsupported: Refusal[] = [];
  zapiJournalAtMove = 0;

  constructor(
    readonly backend: Backend,
    readonly stage: Stage,
    readonly tenants: Record<string, string>,
    readonly timeline: Timeline,
    readonly now: () => Date,
  ) {
    const { messaging } = backend;
    messaging.on("rsvp", ({ tenant, provider, handle, guest, response, extraGuests = 0 }) => {
      const more = extraGuests > 0 ? ` and brings ${extraGuests} more` : "";
      timeline.say(tenant, vendorName(provider), `← ${nameOf(idOf(guest))} answers ${response}${more} to "${handle.details.title}"`);
    });
    messaging.on("rsvp.unreadable", ({ tenant, provider, handle, guest }) =>
      timeline.say(tenant, vendorName(provider), `← ${nameOf(idOf(guest))} answers "${handle.details.title}", and it cannot be decrypted: ask again`));
    messaging.on("invitation.observed", ({ account, provider, sighting }) => {
      if (sighting.createdBy === "other") timeline.say(account.split("-")[0] ?? "", vendorName(provider), `← a member creates "${sighting.details.title}" in ${nameOf(sighting.recipient)}`);
    });
  }

  /** `days` from now at a full hour, UTC. */
  at(days: number, hour: number): Date {
    const day = new Date(this.now().getTime() + days * 24 * 3_600_000);
    return new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth(), day.getUTCDate(), hour));
  }

  /** Invites, and notes it. */
  async invite(tenant: string, input: InvitationInput, options?: Parameters<ReturnType<Backend["messaging"]["forTenant"]>["send"]>[1]): Promise<Sent> {
    const sent = await this.backend.messaging.forTenant(tenant).send(input, options);
    const { provider, details, messages } = sent.handle;
    this.sent.push({ tenant, provider, appointment: input.key, title: details.title, messageId: messages[0]?.id ?? "", stage: sent.stage });
    this.timeline.say(tenant, vendorName(provider), `→ invites ${nameOf(input.to)} to "${details.title}" (${sent.stage})`);
    return sent;
  }

  /** Makes a call that must be refused, and notes the reason. */
  async refused(tenant: string, operation: string, provider: string, what: string, call: () => Promise<unknown>): Promise<void> {
    const refusal = await refusalOf(operation, provider, call);
    this.unsupported.push(refusal);
    this.timeline.say(tenant, vendorName(provider), `✗ ${what}: ${refusal.code}. ${sentence(refusal.reason)}`);
  }

  /** Waits until the vendors have delivered everything and the backend has handled it. */
  async settle(): Promise<void> {
    await this.stage.flush();
    await this.backend.messaging.idle();
  }
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
}
