import { describe, expect, it } from "@jest/globals";
import { instant, isLid, isPhone, type FindSentQuery } from "@event-messaging/core/driver";
import { call, fixture, openWaha, rejection, scriptedHttp, type Answer } from "../test/support.js";

const phone = "+351960000123";
const lid = "271000000000099@lid";
if (!isPhone(phone) || !isLid(lid)) throw new Error("ids");
const MESSAGES = "GET /api/{session}/chats/{chatId}/messages";
const EXISTS = "GET /api/contacts/check-exists";
const LID_OF = "GET /api/{session}/lids/pn/{phoneNumber}";
const BY_LID = "GET /api/{session}/lids/{lid}";
const query: FindSentQuery = {
  to: phone, since: instant("2026-12-31T09:55:00.500Z"),
  details: { title: "Colour appointment", location: { name: "Salon North" }, startsAt: instant("2027-01-01T10:00:00Z"), endsAt: instant("2027-01-01T11:30:00Z") },
};

describe("finding a sent event", () => {
  it("names the own events of the chat that say the same, and is never conclusive", async () => {
    const { http, requests } = scriptedHttp({ [MESSAGES]: { json: fixture("chat-messages") } });
    expect(await openWaha(http).findSent?.(query, call)).toEqual({
      matches: [{ messageId: "3EB0AAAA", vendorIds: { id: "true_351960000123@c.us_3EB0AAAA" } }, { messageId: "3EB0FFFF", vendorIds: { id: "true_271000000000099@lid_3EB0FFFF" } }],
      conclusive: false,
    });
    expect(requests[0]).toMatchObject({ params: { session: "salon-042", chatId: "351960000123@c.us" }, query: { "filter.fromMe": "true", "filter.timestamp.gte": "1798710780", downloadMedia: "false", limit: "100" } });
  });

  it("in an empty chat finds nothing and proves nothing", async () =>
    expect(await openWaha(scriptedHttp({ [MESSAGES]: { json: [] } }).http).findSent?.(query, call)).toEqual({ matches: [], conclusive: false }));

  it.each<[Answer]>([[{ status: 200, json: {} }], [{ status: 500, json: undefined }], [{ status: 404, json: undefined }]])("that fails (%j) changed nothing", async (answer) =>
    expect(await rejection(openWaha(scriptedHttp({ [MESSAGES]: answer }).http).findSent?.(query, call))).toMatchObject({ outcome: "not-sent", context: { operation: "findSent" } }));
});

describe("who is who", () => {
  it("a number is asked without its plus, in this session, and its LID is added", async () => {
    const { http, requests } = scriptedHttp({ [EXISTS]: { json: { numberExists: true, chatId: "351960000123@c.us" } }, [LID_OF]: { json: { lid, pn: "351960000123@c.us" } } });
    expect(await openWaha(http).resolveContact?.(phone, call)).toEqual({ exists: true, guest: { phone, lid } });
    expect(requests.map(({ query: asked, params }) => asked ?? params)).toEqual([{ phone: "351960000123", session: "salon-042" }, { session: "salon-042", phoneNumber: "351960000123@c.us" }]);
  });

  it("the number that WhatsApp uses comes back when it differs, and is not repaired by us", async () => {
    const { http } = scriptedHttp({ [EXISTS]: { json: { numberExists: true, chatId: "5511987650001@c.us" } }, [LID_OF]: { json: { lid: null } } });
    const written = "+551187650001";
    expect(isPhone(written) && await openWaha(http).resolveContact?.(written, call)).toEqual({ exists: true, guest: { phone: "+5511987650001" } });
  });

  it.each([[{ numberExists: false }], [{ numberExists: false, chatId: null }]])("a number that is not on WhatsApp does not exist: %j", async (json) => {
    const { http, requests } = scriptedHttp({ [EXISTS]: { json } });
    expect(await openWaha(http).resolveContact?.(phone, call)).toEqual({ exists: false, guest: {} });
    expect(requests).toHaveLength(1);
  });

  it("a LID that the engine has met has a number", async () =>
    expect(await openWaha(scriptedHttp({ [BY_LID]: { json: { lid, pn: "351960000123@c.us" } } }).http).resolveContact?.(lid, call)).toEqual({ exists: true, guest: { lid, phone } }));

  it("a LID without a number is normal", async () =>
    expect(await openWaha(scriptedHttp({ [BY_LID]: { json: { lid, pn: null } } }).http).resolveContact?.(lid, call)).toEqual({ exists: "unknown", guest: { lid } }));

  it("an engine that keeps no LIDs still says whether a number exists", async () =>
    expect(await openWaha(scriptedHttp({ [EXISTS]: { json: { numberExists: true, chatId: "351960000123@c.us" } }, [LID_OF]: { status: 501, json: { message: "x", statusCode: 501 } } }).http).resolveContact?.(phone, call)).toEqual({ exists: true, guest: { phone } }));

  it("a session that is not ready is said as such", async () =>
    expect(await rejection(openWaha(scriptedHttp({ [EXISTS]: { status: 422, json: { error: "x", session: "salon-042", status: "STARTING", expected: ["WORKING"] } } }).http).resolveContact?.(phone, call))).toMatchObject({ code: "ACCOUNT_NOT_READY", outcome: "not-sent" }));
});
