import { isSupported, supportOf } from "../capability/table.js";
import type { Call } from "../driver/operations.js";
import type { AccountFinding, Probe } from "../driver/provider.js";
import { isMessagingError } from "../error/messaging-error.js";
import type { AccountReport } from "./account-report.js";
import { accountById, type House } from "./house.js";

const ORDER: Readonly<Record<AccountFinding["severity"], number>> = { fault: 0, risk: 1, note: 2 };

/** Asks an account what it lacks: what every vendor's has to have, and what the adapter knows of its own. Reads only. */
export async function checkAccount(house: House, id: string, call: Call): Promise<AccountReport> {
  const record = await accountById(house, id);
  const lease = await house.pool.use(record);
  try {
    const [probe, inspected] = await Promise.all([lease.probe(call, 0), inspect(() => lease.provider.inspect?.(call))]);
    const findings = [...general(probe), ...inspected].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
    return {
      account: id, provider: record.provider, ok: findings.every(({ severity }) => severity !== "fault"), status: probe.status,
      ...(probe.engine !== undefined && { engine: probe.engine }),
      ...(probe.version !== undefined && { version: probe.version }),
      findings,
    };
  } finally {
    lease.release();
  }
}

async function inspect(ask: () => Promise<readonly AccountFinding[]> | undefined): Promise<readonly AccountFinding[]> {
  try {
    return (await ask()) ?? [{ code: "not-inspected", severity: "note", message: "The adapter cannot look into the account's settings at the vendor.", remedy: "Compare them with the adapter's own page." }];
  } catch (error) {
    const why = isMessagingError(error) ? error.code : "UNKNOWN";
    return [{ code: "not-inspected", severity: "risk", message: `The account's settings at the vendor could not be read (${why}), so nothing is known of them.`, remedy: "Check that the vendor can be reached and that the credentials may read settings, then run the check again." }];
  }
}

/** What holds for every vendor. */
function general({ status, reason, self, capabilities }: Probe): readonly AccountFinding[] {
  const holds = (code: "invitation.send" | "rsvp.receive") => (["direct", "group"] as const).some((audience) => isSupported(supportOf(capabilities, code, audience)));
  const entry = supportOf(capabilities, "invitation.send", "group");
  return [
    ...(status === "ready" ? [] : [{ code: `account-${status}`, severity: "fault" as const, message: status === "unknown" ? `The account could not be asked: ${reason}` : `The account cannot send: ${reason}`, remedy: "Do what the reason says, then run the check again." }]),
    ...(status === "ready" && self.phone === undefined && self.lid === undefined
      ? [{ code: "self-unknown", severity: "risk" as const, message: "The vendor does not tell the account's own number: an answer of the account itself may be counted as a guest's.", remedy: "Link the phone again, or ask the vendor." }]
      : []),
    ...(holds("invitation.send") ? [] : [{ code: "no-invitations", severity: "fault" as const, message: `The account can send no invitation: ${entry.why}`, remedy: "Do what the reason says, or give the tenant another account." }]),
    ...(holds("rsvp.receive") ? [] : [{ code: "no-answers", severity: "fault" as const, message: `The account receives no answers: ${supportOf(capabilities, "rsvp.receive", "group").why}`, remedy: "Do what the reason says, or give the tenant another account." }]),
  ];
}
