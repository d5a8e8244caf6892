import { beforeAll, describe, expect, it } from "@jest/globals";
import { tooLittle } from "./demo.js";
import { playStory, type Story } from "./story.js";
import { timeline } from "./timeline.js";

describe("the demonstration", () => {
  const lines: string[] = [];
  let story: Story;

  beforeAll(async () => {
    story = await playStory({ clockFactor: 0.01, timeline: timeline((line) => lines.push(...line.split("\n")), () => 0), now: () => new Date() });
  }, 30_000);

  it("agrees with the journals of both vendors in every figure, and does enough to prove it", () => {
    expect(story.comparison.problems).toEqual([]);
    expect(tooLittle(story)).toEqual([]);
  });

  it("sends each tenant's invitations through the vendor that its account record names at that moment", () => {
    expect(story.report.sent.map(({ tenant, provider, appointment, stage }) => [tenant, provider, appointment, stage])).toEqual([
      ["clinic", "waha", "check-up-ana", "handed-over"],
      ["clinic", "waha", "physio-bruno", "handed-over"],
      ["clinic", "waha", "dentist-carla", "handed-over"],
      ["choir", "waha", "rehearsal", "handed-over"],
      ["club", "zapi", "match", "queued"],
      ["club", "zapi", "training", "queued"],
      ["choir", "zapi", "concert", "queued"],
      ["clinic", "waha", "vaccination-ana", "handed-over"],
    ]);
  });

  it("ends with each guest's last answer to each appointment", () => {
    const table = story.report.rsvps.map((row) => `${row.appointment} ${row.guest} ${row.response} +${row.extraGuests} ${row.provider}`);
    expect(table.toSorted()).toEqual([
      "check-up-ana +351910000001 GOING +0 waha",
      "concert +351910000004 GOING +0 zapi",
      "concert 270000000000005@lid NOT_GOING +0 zapi",
      "match +5511910000007 GOING +0 zapi",
      "match +5511910000008 NOT_GOING +0 zapi",
      "match +5511910000009 NOT_GOING +0 zapi",
      "physio-bruno +351910000002 NOT_GOING +0 waha",
      "rehearsal +351910000004 GOING +2 waha",
      "rehearsal +351910000006 GOING +1 waha",
      "rehearsal 270000000000005@lid MAYBE +0 waha",
      "training +5511910000007 NOT_GOING +0 zapi",
      "vaccination-ana +351910000001 MAYBE +0 waha",
    ]);
  });

  it("reports the answer that nobody can decrypt instead of losing it", () => {
    expect(story.report.unread).toEqual([{ appointment: "dentist-carla", guest: "+351910000003", provider: "waha" }]);
  });

  it("moves the choir by one record, and counts a late answer to an invitation from before", () => {
    expect(story.report.swapped).toEqual({ tenant: "choir", from: "choir-waha", to: "choir-zapi" });
    expect(story.comparison.lateRsvpCounted).toBe(true);
  });

  it("refuses what a vendor cannot do, with a code and a reason", () => {
    expect(story.report.unsupported.map(({ operation, provider, code }) => `${operation} ${provider} ${code}`)).toEqual([
      "update waha UNSUPPORTED", "cancel waha UNSUPPORTED", "respond zapi INVALID_ARGUMENT", "respond waha UNSUPPORTED", "send zapi UNSUPPORTED",
    ]);
    expect(story.report.unsupported.at(-1)?.reason).toContain("groups only");
  });

  it("refuses to move the clinic without one request to the new vendor", () => {
    expect(story.comparison.journal["requestsForTheMovedClinic"]).toBe(0);
    expect(story.report.zapiJournalAtMove).toBeGreaterThan(0);
  });

  it("is not content with a run in which nothing happened", () => {
    const empty = { ...story.report, sent: [], rsvps: [], unread: [], responded: [], unsupported: [] };
    expect(tooLittle({ report: empty })).toHaveLength(9);
  });

  it("prints a timeline that fits into 100 columns", () => {
    expect(lines.length).toBeGreaterThan(30);
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
  });
});
