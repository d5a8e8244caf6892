import { startWaha, startZapi, wahaDefaults, zapiDefaults } from "@event-messaging/simulator";

const json = { "content-type": "application/json" };
const post = async (url, body, headers) => (await fetch(url, { method: "POST", headers: { ...json, ...headers }, body: JSON.stringify(body) })).json();
const at = () => {
  const from = Date.now();
  return { clockFactor: 0, now: () => Date.parse("2026-11-20T09:30:00Z") + Date.now() - from };
};

/** A direct chat of a salon at WAHA: an invitation with an answer, a poll, a text. */
export const wahaPicture = async (page) => {
  const { apiKey, session } = wahaDefaults;
  const sim = await startWaha({ ...at(), sessions: [{ name: session, pushName: "Salon North", groups: [{ id: "120363400000000555@g.us", name: "Team" }] }] });
  const chatId = "351960000123@c.us";
  const guest = { phone: "351960000123", lid: "271000000000099", name: "Rita" };
  const send = (path, body) => post(`${sim.url}/api/${path}`, body, { "x-api-key": apiKey });
  const place = { location: { name: "Salon North, 2nd floor" }, extraGuestsAllowed: true };
  const picture = async () => {
    await send(`${session}/events`, { chatId: "120363400000000555@g.us", event: { name: "Team evening", startTime: 1797620400, ...place } });
    await sim.answer({ account: session, chat: "120363400000000555@g.us", guest: { phone: "351960000789", name: "Ana" }, response: "GOING" });
    await send(`${session}/events`, { chatId, event: { name: "Colour appointment", startTime: 1798711200, endTime: 1798716600, description: "Please arrive ten minutes early.", ...place } });
    await sim.answer({ account: session, chat: chatId, guest, response: "GOING", extraGuests: 1 });
    await send("sendPoll", { session, chatId, poll: { name: "Which day suits you next time?", options: ["Thursday", "Friday"], multipleAnswers: false } });
    await sim.answer({ account: session, chat: chatId, guest, vote: ["Friday"] });
    await sim.answer({ account: session, chat: chatId, guest, text: "Can I bring my dog?" });
    await page.getByRole("button", { name: "Rita" }).first().click();
    await page.locator(".mine").getByText("my dog").waitFor();
    await page.locator("#scroll").evaluate((node) => node.scrollTo(0, node.scrollHeight));
  };
  return { sim, steps: [["the picture", picture]] };
};

/** A group at Z-API, on a narrow screen: three answers, an edit, a cancellation. */
export const zapiPicture = async (page) => {
  const { instanceId, token, clientToken, group } = zapiDefaults;
  const people = [{ phone: "5511987650001", name: "Rita" }, { phone: "5511987650002", name: "Tom" }, { phone: "5511987650003", name: "Ana" }];
  const sim = await startZapi({ ...at(), instances: [{ id: instanceId, token, name: "Clinic North", groups: [{ phone: group, name: "Sousa family", participants: people }], webhooks: { received: "https://127.0.0.1:9/" } }], switches: { dateTimeMode: "instant" } });
  const send = async (operation, body) => {
    const answer = await post(`${sim.url}/instances/${instanceId}/token/${token}/${operation}`, { phone: group, ...body }, { "client-token": clientToken });
    await sim.flush();
    return answer;
  };
  const event = { name: "Family check-up", dateTime: "2026-12-01T15:00:00.000Z", location: { name: "Clinic North" }, canceled: false };
  const picture = async () => {
    const first = await send("send-event", { event: { ...event, name: "Vaccination" } });
    await send("send-edit-event", { eventMessageId: first.messageId, event: { ...event, name: "Vaccination", canceled: true } });
    const second = await send("send-event", { event: { ...event, dateTime: "2026-12-01T10:00:00.000Z" } });
    await send("send-edit-event", { eventMessageId: second.messageId, event: { ...event, description: "Bring the vaccination cards." } });
    for (const [index, response] of ["GOING", "MAYBE", "NOT_GOING"].entries()) await sim.answer({ account: instanceId, chat: group, guest: people[index], response });
    await page.locator(".answers").getByText("Ana").waitFor();
    await page.locator("#scroll").evaluate((node) => node.scrollTo(0, node.scrollHeight));
  };
  return { sim, steps: [["the picture", picture]] };
};
