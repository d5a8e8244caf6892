import { secret } from "@event-messaging/core/driver";
import { held, person } from "../known.js";
import { call } from "../stub-http.js";
import { account, CHAT, ending, facts, full, ID, isOfItsTime, LONG_AGO, NOBODY, type Chapters, type Told } from "../told.js";

const sentAndProbed = async (told: Told): Promise<string> => `${await ending(() => held(account(told).send)({ to: CHAT, details: full }, call()))}; ${(await account(told).probe(call())).status}`;

/** The account: who may use it, what it is connected to, how it is set up. */
export const ACCOUNT = {
  "no account security token": async (told) => {
    const findings = await ending(async () => ((await held(account(told).inspect)(call())).some(({ code }) => code === "client-token-missing") ? "whoever learns the URL can send" : "guarded"));
    return `${await sentAndProbed(told)}; ${findings}`;
  },
  "a wrong instance": sentAndProbed,
  "a wrong base URL": sentAndProbed,
  "a phone that is offline": sentAndProbed,
  "an account that is not paid for": sentAndProbed,
  "who is on WhatsApp": async (told) => JSON.stringify(await Promise.all(["+551187650002", "+5511987650001", `+${NOBODY}`].map(async (phone) => {
    const { exists, guest } = await held(account(told).resolveContact)(person(phone), call());
    return [exists, guest.phone, guest.lid !== undefined];
  }))),
  "a disconnected account": async (told) => {
    told.bench.vendor.setConnection(ID, "lost");
    const result = await ending(() => held(account(told).send)({ to: CHAT, details: full }, call()));
    const { matches } = await held(account(told).findSent)({ to: CHAT, details: full, since: LONG_AGO }, call());
    return `${result}; ${matches.length} in the queue; ${(await account(told).probe(call())).status}`;
  },
  "sending while disconnected, after the webhooks were set up": async (told) => {
    const set = account(told);
    await held(set.applyWebhooks)(await held(set.planWebhooks)({ url: secret(told.bench.url), types: ["rsvp"] }, call()), call());
    told.bench.vendor.setConnection(ID, "lost");
    return ending(() => held(set.send)({ to: CHAT, details: full }, call()));
  },
  "connecting and disconnecting": async (told) => {
    told.bench.vendor.setConnection(ID, "lost");
    told.bench.vendor.setConnection(ID, "connected");
    await told.bench.vendor.flush();
    return facts(told, "account.status").map(({ status, at }) => `${status}${isOfItsTime(told, at, ({ type }) => /^(?:Dis)?connectedCallback$/i.test(String(type))) ? "" : " at some time"}`).join("; ");
  },
  "webhook set-up": async (told) => ending(async () => {
    const plan = await held(account(told).planWebhooks)({ url: secret(told.bench.url.replace("club", "other")), types: ["rsvp", "invitation.failed"] }, call());
    await held(account(told).applyWebhooks)(plan, call());
  }),
  "a long queue": async (told) => {
    told.bench.vendor.setConnection(ID, "lost");
    for (let index = 0; index < 35; index += 1) await ending(() => held(account(told).sendText)({ to: CHAT, text: `Text ${index}` }, call()));
    await ending(() => held(account(told).send)({ to: CHAT, details: full }, call()));
    return ending(async () => `${(await held(account(told).findSent)({ to: CHAT, details: full, since: LONG_AGO }, call())).matches.length} found`);
  },
} satisfies Chapters;
