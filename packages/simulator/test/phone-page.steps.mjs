import { deepStrictEqual as same, ok } from "node:assert";
import { startWaha, startZapi, wahaDefaults, zapiDefaults } from "@event-messaging/simulator";
import { allReadable, cardOf, fits, namedButtons, shows, tabTo } from "./phone-page.looks.mjs";

/** Text as an attacker would write it: in a title, a place, a name, a poll, a text. */
const ATTACK = (where) => `<img src=x onerror="window.attacked='${where}'">`;
const begun = Date.parse("2026-11-20T09:30:00Z");
const options = () => {
  const from = Date.now();
  return { clockFactor: 0, now: () => begun + Date.now() - from };
};
const api = async (url, method, body, headers) => {
  const response = await fetch(url, { method, headers: { "content-type": "application/json", ...headers }, body: JSON.stringify(body) });
  ok(response.ok, `${method} ${url}: ${response.status}`);
  return response.json();
};
const harmless = async (page, trouble) => {
  same(await page.evaluate(() => [String(window.attacked), document.querySelectorAll("img, #bold").length]), ["undefined", 0]);
  same(trouble, []);
};
const lastOf = (sim, act) => sim.journal.entries({ act }).at(-1);

export const wahaSteps = async (page, trouble) => {
  const { apiKey, session } = wahaDefaults;
  const sim = await startWaha({ ...options(), sessions: [{ name: session, pushName: "Salon North" }] });
  const post = (path, body) => api(`${sim.url}/api/${path}`, "POST", body, { "x-api-key": apiKey });
  const RITA = { phone: "351960000123", lid: "271000000000099", name: `Rita <b id=bold>` };
  const chat = "351960000123@c.us";
  sim.script({ account: session, chat, steps: [{ guest: RITA }] });
  const event = (chatId, name, more = {}) => post(`${session}/events`, { chatId, event: { name, startTime: 1798711200, endTime: 1798716600, location: { name: "Salon North, 2nd floor" }, description: "Please arrive ten minutes early.", extraGuestsAllowed: true, ...more } });
  return {
    sim,
    steps: [
      ["an empty simulator says what to do", () => shows(page, "#empty", "Nothing here yet")],
      ["the page is live", () => shows(page, "#live", "Live")],
      ["an event appears by itself", async () => {
        await event(chat, `Colour appointment ${ATTACK("title")}`, { location: { name: ATTACK("place") } });
        await shows(page, ".event .title", `Colour appointment ${ATTACK("title")}`);
        await shows(page, ".event .when", "Thu, 31 Dec 2026, 10:00 – 11:30 ");
      }],
      ["titles, places and names are text", () => harmless(page, trouble)],
      ["Going with two extra guests: the click reaches the journal and the card", async () => {
        const card = cardOf(page, "Colour appointment");
        await card.getByLabel("Extra guests").fill("2");
        await card.getByRole("button", { name: "Going", exact: true }).click();
        await card.locator('[data-answer=GOING][aria-pressed=true]').waitFor();
        await shows(page, ".event .answers", `${RITA.name} +2`);
        const { target, response, extraGuests, by, messageId } = lastOf(sim, "event.answered");
        same([response, extraGuests, by], ["GOING", 2, chat]);
        same(target, sim.journal.entries({ act: "event.created" })[0].messageId);
        ok(messageId);
      }],
      ["a change of mind by keyboard", async () => {
        await tabTo(page, "Not going");
        await page.keyboard.press("Enter");
        await shows(page, ".event .answers", "Not going (1)");
        same(lastOf(sim, "event.answered").response, "NOT_GOING");
        ok(await page.evaluate(() => document.activeElement?.getAttribute("data-answer") === "NOT_GOING"), "the focus stays on the button");
      }],
      ["a poll is voted on, and the vote taken back", async () => {
        await post("sendPoll", { session, chatId: chat, poll: { name: `Which day? ${ATTACK("question")}`, options: ["Thursday", "Friday, or any day", ATTACK("option")], multipleAnswers: true } });
        const poll = page.locator(".poll");
        await poll.getByRole("button", { name: "Friday, or any day" }).click();
        await poll.locator('[data-vote="Friday, or any day"][aria-pressed=true]').waitFor();
        await poll.getByRole("button", { name: "Thursday" }).click();
        await poll.locator("[data-vote=Thursday][aria-pressed=true]").waitFor();
        same(lastOf(sim, "poll.voted").shown.options, ["Thursday", "Friday, or any day"]);
        await poll.getByRole("button", { name: "Thursday" }).click();
        await poll.locator("[data-vote=Thursday][aria-pressed=false]").waitFor();
        same(lastOf(sim, "poll.voted").shown.options, ["Friday, or any day"]);
      }],
      ["a text is answered with a quote", async () => {
        await post("sendText", { session, chatId: chat, text: "Will you come? Answer yes or no." });
        await page.getByRole("button", { name: "Reply to Will you come?" }).click();
        await page.getByLabel("Message", { exact: true }).fill(`yes ${ATTACK("text")}`);
        await page.keyboard.press("Enter");
        await shows(page, ".mine .quote", "Salon North: Will you come?");
        same(lastOf(sim, "text.received").shown, { text: `yes ${ATTACK("text")}`, replyTo: sim.journal.entries({ act: "text.sent" })[0].messageId });
      }],
      ["a deleted message is shown as deleted", async () => {
        await event(chat, "Second appointment");
        const { messageId } = lastOf(sim, "event.created");
        await cardOf(page, "Second appointment").waitFor();
        await fetch(`${sim.url}/api/${session}/chats/${chat}/messages/true_${chat}_${messageId}`, { method: "DELETE", headers: { "x-api-key": apiKey } });
        await shows(page, ".revoked", "This message was deleted");
      }],
      ["a second chat has its own guests, and one can be added", async () => {
        const group = "120363400000000555@g.us";
        await event(group, "Team evening");
        await page.getByRole("button", { name: /120363400000000555/ }).click();
        await page.getByLabel("Phone of").selectOption({ label: "Somebody else…" });
        await page.locator("#phone").fill("+351 960 000 789");
        await page.getByLabel("Name").fill("Ana");
        await page.getByRole("button", { name: "Use this phone" }).click();
        await cardOf(page, "Team evening").getByRole("button", { name: "Maybe" }).click();
        await shows(page, ".event .answers", "Ana");
        same([lastOf(sim, "event.answered").by, lastOf(sim, "event.answered").response], ["351960000789@c.us", "MAYBE"]);
        await page.getByLabel("Phone of").selectOption({ label: "Tom" });
        await cardOf(page, "Team evening").getByRole("button", { name: "Going", exact: true }).click();
        await shows(page, ".event .answers", "Tom");
      }],
      ["what WhatsApp refuses is told", async () => {
        await page.evaluate(() => act(current(), { target: "3EB0NONE", response: "GOING" }));
        await shows(page, "#status.bad", "Refused: no message 3EB0NONE");
        trouble.splice(0, Infinity, ...trouble.filter((text) => !text.includes("404")));
      }],
      ["every button has a name, everything fits, and can be read", async () => {
        await page.locator("nav button").first().click();
        await shows(page, ".event .title", "Colour appointment");
        await page.locator("#scroll").evaluate((node) => node.scrollTo(0, 0));
        await namedButtons(page);
        await fits(page);
        await allReadable(page);
        await harmless(page, trouble);
      }],
    ],
  };
};

export const zapiSteps = async (page, trouble) => {
  const { instanceId, token, clientToken, group } = zapiDefaults;
  const people = [{ phone: "5511987650001", name: "Rita Sousa" }, { phone: "5511987650002", name: `Tom ${ATTACK("name")}` }, { phone: "5511987650003", name: "Ana" }];
  const sim = await startZapi({ ...options(), basePath: "/behind/a-proxy", instances: [{ id: instanceId, token, name: "Clinic North", groups: [{ phone: group, name: "Family Sousa", participants: people }], webhooks: { received: "https://127.0.0.1:9/" } }], switches: { dateTimeMode: "instant" } });
  const post = (operation, body) => api(`${sim.url}/instances/${instanceId}/token/${token}/${operation}`, "POST", { phone: group, ...body }, { "client-token": clientToken });
  const event = { name: "Family check-up", dateTime: "2026-12-01T15:00:00.000Z", location: { name: "Clinic North" }, description: "Bring the vaccination cards.", callLinkType: "video", canceled: false };
  let sent;
  const asPhoneOf = (name) => page.getByLabel("Phone of").selectOption({ label: name });
  return {
    sim,
    steps: [
      ["the page is live", () => shows(page, "#live", "Live")],
      ["an event appears by itself, with place and call", async () => {
        sent = await post("send-event", { event });
        await shows(page, ".event .title", "Family check-up");
        await shows(page, ".event .when", "Tue, 1 Dec 2026, 15:00 ");
        await shows(page, ".event", "Video call: https://call.whatsapp.com/video/");
        await shows(page, "#name", "Family Sousa");
      }],
      ["three guests answer, each on his own phone", async () => {
        const card = cardOf(page, "Family check-up");
        await card.getByRole("button", { name: "Going", exact: true }).click();
        await shows(page, ".answers", "Rita Sousa");
        await asPhoneOf(people[1].name);
        await card.locator("[data-answer=GOING][aria-pressed=false]").waitFor();
        await card.getByRole("button", { name: "Maybe" }).click();
        await shows(page, ".answers", people[1].name);
        await asPhoneOf("Ana");
        await card.getByRole("button", { name: "Not going" }).click();
        await shows(page, ".answers", "Ana");
        same(sim.journal.entries({ act: "event.answered" }).map(({ by, response, target }) => [by, response, target]), [["5511987650001", "GOING", sent.messageId], ["5511987650002", "MAYBE", sent.messageId], ["5511987650003", "NOT_GOING", sent.messageId]]);
      }],
      ["names are text", () => harmless(page, trouble)],
      ["an edit shows the new card and keeps the old one to look up", async () => {
        await post("send-edit-event", { eventMessageId: sent.messageId, event: { ...event, name: "Family check-up, moved", dateTime: "2026-12-02T16:30:00.000Z" } });
        await shows(page, ".event .title", "Family check-up, moved");
        await shows(page, ".event .when", "Wed, 2 Dec 2026, 16:30 ");
        await shows(page, ".event .label", "Edited");
        await page.getByText("What it said before").click();
        await shows(page, ".event details", "Tue, 1 Dec 2026, 15:00 ");
      }],
      ["a poll has one choice", async () => {
        await post("send-poll", { message: "Shall we bring lunch?", poll: [{ name: "Yes" }, { name: "No" }], pollMaxOptions: 1 });
        const poll = page.locator(".poll");
        await poll.getByRole("button", { name: "Yes" }).click();
        await poll.locator("[data-vote=Yes][aria-pressed=true]").waitFor();
        await poll.getByRole("button", { name: "No" }).click();
        await poll.locator("[data-vote=No][aria-pressed=true]").waitFor();
        await poll.locator("[data-vote=Yes][aria-pressed=false]").waitFor();
        same(sim.journal.entries({ act: "poll.voted" }).map(({ shown }) => shown.options), [["Yes"], ["No"]]);
      }],
      ["a text is written without a quote", async () => {
        await page.getByLabel("Message", { exact: true }).fill("See you there");
        await page.getByRole("button", { name: "Send" }).click();
        await shows(page, ".mine", "See you there");
        same(lastOf(sim, "text.received").shown, { text: "See you there" });
      }],
      ["a cancellation crosses the card out and takes the buttons away", async () => {
        const second = await post("send-event", { event: { ...event, name: "Parents' evening" } });
        await cardOf(page, "Parents' evening").waitFor();
        await post("send-edit-event", { eventMessageId: second.messageId, event: { ...event, name: "Parents' evening", canceled: true } });
        await shows(page, ".event.canceled .label", "Cancelled");
        same(await cardOf(page, "Parents' evening").locator("[data-answer]").count(), 0);
      }],
      ["every button has a name, everything fits, and can be read", async () => {
        await namedButtons(page);
        await fits(page);
        await allReadable(page);
        await harmless(page, trouble);
        await page.locator("#scroll").evaluate((node) => node.scrollTo(0, 0));
      }],
    ],
  };
};
