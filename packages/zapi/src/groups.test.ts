import { describe, expect, it } from "@jest/globals";
import { isGroupId, isMessagingError, type GroupId } from "@event-messaging/core/driver";
import { held, recipient } from "../test/known.js";
import { call, CONFIG, runtimeWith, stubHttp, type Canned, type Seen } from "../test/stub-http.js";
import { zapi } from "./index.js";

const groupId = (text: string): GroupId => {
  const known = recipient(text);
  if (!isGroupId(known)) throw new Error(`no group: ${text}`);
  return known;
};
const CLUB = groupId("120363041234567890@g.us");
const opened = (answer: (seen: Seen) => Canned | Error) => {
  const http = stubHttp(answer);
  return { list: held(zapi.open(CONFIG, runtimeWith(http)).listGroups), seen: http.seen };
};
const lastOf = ({ path }: Seen) => path.split("/").slice(5).join("/");
const metadata = (changes: object = {}) => ({ phone: "120363041234567890-group", subject: "Club", adminOnlyMessage: false, isGroupAnnouncement: false, participants: [], ...changes });
const one = async (changes: object, device: Canned = { json: { phone: "551187650001" } }) =>
  opened((seen) => (lastOf(seen) === "device" ? device : { json: metadata(changes) })).list({ only: CLUB }, call());

describe("groups", () => {
  it("are listed page by page, old ids and new ones, with nothing said of who may write", async () => {
    const page = [{ phone: "120363041234567890-group", name: "Club", isGroup: "true" }, { phone: "5511987650001-1623281429", name: "Old" }, { phone: "120363@newsletter", name: "News" }];
    const { list, seen } = opened(() => ({ json: page }));
    expect(await list({}, call())).toEqual([{ id: CLUB, name: "Club", mayWrite: "unknown" }, { id: "5511987650001-1623281429@g.us", name: "Old", mayWrite: "unknown" }]);
    expect(seen.map(lastOf)).toEqual(["groups"]);
  });

  it("end when a page brings nothing new, also where the vendor repeats itself", async () => {
    const page = Array.from({ length: 100 }, (_, index) => ({ phone: `${120363000 + index}-group`, name: "g" }));
    const { list, seen } = opened(() => ({ json: page }));
    expect(await list({}, call())).toHaveLength(100);
    expect(seen).toHaveLength(2);
  });

  it.each([
    ["everybody may", {}, true],
    ["flags are text", { adminOnlyMessage: "false" }, true],
    ["only admins may, and the account is one, known without its ninth digit", { adminOnlyMessage: true, participants: [{ phone: "5511987650001", isAdmin: true }] }, true],
    ["only admins may, and the account is none", { adminOnlyMessage: "true", participants: [{ phone: "551187650001", isAdmin: "false" }] }, false],
    ["it is a community's announcements", { isGroupAnnouncement: true, participants: [{ phone: "551187650001", isAdmin: false }] }, false],
    ["the account is not among those shown", { adminOnlyMessage: true, participants: [{ phone: "351960000123", isAdmin: true }] }, "unknown"],
    ["the setting is not shown", { adminOnlyMessage: null }, "unknown"],
  ])("zapi-13.26: one says whether the account may write: %s", async (_, changes, mayWrite) => {
    expect(await one(changes)).toEqual([{ id: CLUB, name: "Club", mayWrite }]);
  });

  it("one leaves it open when the account's own number is not told", async () => {
    expect(await one({ adminOnlyMessage: true, participants: [{ phone: "551187650001", isAdmin: true }] }, { status: 400, json: { error: "x" } })).toMatchObject([{ mayWrite: "unknown" }]);
  });

  it.each([["an unknown group", { status: 404, json: { error: "Group not found" } }], ["an error in a 200", { json: { error: "x" } }], ["no object", { json: [] }]])("of %s are an error that changed nothing", async (_, answer) => {
    const error: unknown = await opened(() => answer).list({ only: CLUB }, call()).catch((thrown: unknown) => thrown);
    expect(isMessagingError(error) && [error.outcome, error.context.operation]).toEqual(["not-sent", "listGroups"]);
  });
});
