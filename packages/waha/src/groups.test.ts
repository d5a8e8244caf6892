import { describe, expect, it } from "@jest/globals";
import type { GroupId } from "@event-messaging/core/driver";
import { isGroupId } from "@event-messaging/core/driver";
import { call, openWaha, rejection, scriptedHttp, type Answer } from "../test/support.js";

const LIST = "GET /api/{session}/groups";
const ONE = "GET /api/{session}/groups/{id}";
const SETTING = "GET /api/{session}/groups/{id}/settings/security/messages-admin-only";
const MEMBERS = "GET /api/{session}/groups/{id}/participants/v2";
const SESSION = "GET /api/sessions/{session}";

const group = (text: string): GroupId => {
  if (isGroupId(text)) return text;
  throw new Error(`no group: ${text}`);
};
const CHOIR = group("120363400000000555@g.us");
const ME = { json: { status: "WORKING", me: { id: "351910000777@c.us", lid: "88000000000001@lid" } } };
const list = (answers: Readonly<Record<string, Answer>>, only?: GroupId) => openWaha(scriptedHttp(answers).http).listGroups?.(only === undefined ? {} : { only }, call);

describe("groups", () => {
  it.each([
    ["GOWS", [{ JID: CHOIR, Name: "Choir", IsAnnounce: false, Participants: [] }], true],
    ["NOWEB, as an object by id,", { [CHOIR]: { id: CHOIR, subject: "Choir", announce: true } }, "unknown"],
    ["WEBJS", [{ id: { _serialized: CHOIR }, name: "Choir", groupMetadata: { announce: false } }], true],
    ["the documented GroupInfo", [{ id: CHOIR, subject: "Choir", membersCanSendMessages: true }], true],
    ["a shape without settings", [{ id: CHOIR, subject: "Choir" }], "unknown"],
  ])("are read in the shape of %s", async (_, json, mayWrite) => {
    expect(await list({ [LIST]: { json } })).toEqual([{ id: CHOIR, name: "Choir", mayWrite }]);
  });

  it("are asked for page by page until one is not full, without their members", async () => {
    const page = (from: number, length: number) => Array.from({ length }, (_, index) => ({ JID: `${from + index}@g.us`, Name: "g" }));
    const { http, requests } = scriptedHttp({ [LIST]: (request) => ({ json: request.query?.offset === "0" ? page(1, 50) : page(51, 3) }) });
    expect(await openWaha(http).listGroups?.({}, call)).toHaveLength(53);
    expect(requests.map(({ query }) => query)).toEqual([{ limit: "50", offset: "0", exclude: "participants" }, { limit: "50", offset: "50", exclude: "participants" }]);
  });

  it("end also on a server that sends all of them each time", async () => {
    const { http, requests } = scriptedHttp({ [LIST]: { json: Array.from({ length: 50 }, (_, index) => ({ JID: `${index + 1}@g.us`, Name: "g" })) } });
    expect(await openWaha(http).listGroups?.({}, call)).toHaveLength(50);
    expect(requests).toHaveLength(2);
  });

  it("leave out what is no group, such as a channel", async () => {
    expect(await list({ [LIST]: { json: [{ JID: "120363@newsletter", Name: "News" }, "odd", null] } })).toEqual([]);
  });

  it.each([
    ["all members may write", { adminsOnly: false }, [], true],
    ["only admins may, and the account is one under its LID", { adminsOnly: true }, [{ id: "88000000000001@lid", role: "superadmin" }], true],
    ["only admins may, and the account is none", { adminsOnly: true }, [{ id: "1@lid", pn: "351910000777@c.us", role: "participant" }], false],
    ["only admins may, and the account has left", { adminsOnly: true }, [{ id: "351910000777@c.us", role: "left" }], false],
    ["the account is not among those shown", { adminsOnly: true }, [{ id: "1@lid", role: "admin" }], "unknown"],
  ])("one says whether the account may write: %s", async (_, setting, members, mayWrite) => {
    const answers = { [ONE]: { json: { JID: CHOIR, Name: "Choir" } }, [SETTING]: { json: setting }, [MEMBERS]: { json: members }, [SESSION]: ME };
    expect(await list(answers, CHOIR)).toEqual([{ id: CHOIR, name: "Choir", mayWrite }]);
  });

  it("one whose settings the engine does not show leaves it open who may write", async () => {
    const answers = { [ONE]: { json: { id: CHOIR, subject: "Choir" } }, [SETTING]: { status: 501, json: { message: "Not implemented", statusCode: 501 } } };
    expect(await list(answers, CHOIR)).toEqual([{ id: CHOIR, name: "Choir", mayWrite: "unknown" }]);
  });

  it("that fail are a refusal that changed nothing", async () => {
    const error = await rejection(list({ [ONE]: { status: 500, json: { statusCode: 500, exception: { message: "item-not-found" } } }, [SETTING]: { status: 500 } }, CHOIR));
    expect([error.outcome, error.context.operation]).toEqual(["not-sent", "listGroups"]);
  });
});
