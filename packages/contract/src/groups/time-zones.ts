import { instant, isTimeZone, type InvitationDetails } from "@event-messaging/core/driver";
import { demand } from "../demand.js";
import type { Bench } from "../bench.js";
import { plain } from "../sample.js";
import type { Group, SuiteCase } from "../suite-case.js";
import type { Act } from "../vendor-under-test.js";

/** Moments at which a conversion by wall-clock time goes wrong, each with the zone in which it does. */
const MOMENTS = [
  ["just before the hour that Lisbon skips in spring", "2027-03-28T00:59:59Z", "Europe/Lisbon"],
  ["just after the hour that Lisbon skips in spring", "2027-03-28T01:00:00Z", "Europe/Lisbon"],
  ["in the hour that Lisbon has twice in autumn, the first time", "2027-10-31T00:30:00Z", "Europe/Lisbon"],
  ["in the hour that Lisbon has twice in autumn, the second time", "2027-10-31T01:30:00Z", "Europe/Lisbon"],
  ["in the hour that New York has twice in autumn, the second time", "2027-11-07T06:15:00Z", "America/New_York"],
  ["in a zone with half hours", "2027-06-15T18:29:59Z", "Asia/Kolkata"],
  ["in a zone with quarter hours", "2027-06-15T18:15:00Z", "Asia/Kathmandu"],
  ["in a zone that moves by half an hour", "2027-04-03T15:00:00Z", "Australia/Lord_Howe"],
  ["in Brazil, where the day is another one", "2027-01-01T02:59:59Z", "America/Sao_Paulo"],
  ["in the zone where the day begins first", "2027-06-15T10:00:00Z", "Pacific/Kiritimati"],
  ["at midnight of a leap day", "2028-02-29T00:00:00Z", "UTC"],
  ["after seconds no longer fit into 32 bits", "2038-01-19T03:14:08Z", "Europe/Lisbon"],
] as const;

async function shows(bench: Bench, details: InvitationDetails, act: Act): Promise<void> {
  demand(act.shown.startsAt === details.startsAt, `sent for ${details.startsAt}, shown for ${act.shown.startsAt ?? "no time"} (${act.operation})`);
  if (details.endsAt !== undefined) demand(act.shown.endsAt === details.endsAt, `sent until ${details.endsAt}, shown until ${act.shown.endsAt ?? "no time"} (${act.operation})`);
}

function at(start: string, zone: string, withEnd: boolean, title = "Moment"): InvitationDetails {
  const startsAt = instant(start);
  return { ...plain(title), startsAt, ...(isTimeZone(zone) && { timeZone: zone }), ...(withEnd && { endsAt: instant(new Date(Date.parse(start) + 45 * 60_000)) }) };
}

const send = (name: string, start: string, zone: string): SuiteCase => ({
  name: `an invitation ${name} is shown at that moment`, needs: ["invitation.send"],
  run: async (bench) => {
    for (const audience of bench.audiencesOf("invitation.send")) {
      const details = at(start, zone, bench.supports("field.end-time", audience));
      await shows(bench, details, await bench.made(() => bench.do("send", { to: bench.recipient(audience), details })));
    }
  },
});

const update = (name: string, start: string, zone: string): SuiteCase => ({
  name: `an invitation that is moved to a time ${name} is shown at that moment`, needs: ["invitation.send", "invitation.update"],
  run: async (bench) => {
    for (const audience of bench.audiencesOf("invitation.update")) {
      const recipient = bench.recipient(audience);
      const first = await bench.do("send", { to: recipient, details: plain("To be moved") });
      const details = at(start, zone, bench.supports("field.end-time", audience), "To be moved");
      const target = { recipient, createdBy: "self", messages: [{ id: first.messageId, form: "native", role: "invitation", vendorIds: first.vendorIds }] } as const;
      await shows(bench, details, await bench.made(() => bench.do("update", { target, details })));
    }
  },
});

export const timeZones: Group = {
  name: "time zones",
  about: "An invitation is at an instant; a zone is only information. Vendors want seconds, milliseconds or wall-clock digits, and the conversion must be right where clocks are changed, where hours are not whole, and after 2038.",
  cases: MOMENTS.flatMap(([name, start, zone]) => [send(name, start, zone), update(name, start, zone)]),
};
