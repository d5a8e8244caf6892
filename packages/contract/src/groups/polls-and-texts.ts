import { messageId, type MessageId, type PollCommand, type TextCommand } from "@event-messaging/core/driver";
import { copyOf, demand, demandEqual, show } from "../demand.js";
import { perAudience, type Group } from "../suite-case.js";

const OPTIONS = ["Yes, with pleasure", "No", "Ask me again: 50 % / maybe"];

function chosen(text: string): MessageId {
  const id = messageId(text);
  demand(id !== undefined, "the suite's own id is none");
  return id;
}

export const pollsAndTexts: Group = {
  name: "polls and texts",
  about: "Where events do not exist, polls and texts carry the question. A vote comes back as the text of an option, so options must arrive to the letter and in order; and where the caller may choose the message's id, a repetition is harmless.",
  cases: [
    ...perAudience((audience) => ({
      name: "a poll asks its question with its options, to the letter and in order", needs: ["poll.send"],
      run: async (bench) => {
        const to = bench.recipient(audience);
        const { operation, recipient, shown } = await bench.made(() => bench.do("sendPoll", { to, question: "Are you coming? – *Café*", options: OPTIONS }));
        demand(operation === "sendPoll" && bench.sameChat(recipient, to), `the vendor did ${operation} in ${recipient}`);
        demandEqual([shown.question, shown.options], ["Are you coming? – *Café*", OPTIONS], "question and options");
      },
    })),
    ...perAudience((audience) => ({
      name: "one poll is one request", needs: ["poll.send"],
      run: async (bench) => {
        const watch = await bench.watch();
        await bench.do("sendPoll", { to: bench.recipient(audience), question: "Are you coming?", options: OPTIONS });
        demand((await watch.requests()) === 1, `one poll caused ${await watch.requests()} requests`);
      },
    })),
    ...perAudience((audience) => ({
      name: "a poll with a chosen id has that id", needs: ["poll.send", "message.chosen-id"],
      run: async (bench) => {
        const id = chosen("3EB0C0FFEE0000000001");
        const to = bench.recipient(audience);
        const act = await bench.made(() => bench.do("sendPoll", { to, question: "Are you coming?", options: OPTIONS, messageId: id }));
        demand(act.messageId === id, `the vendor's poll has the id ${act.messageId}`);
      },
    })),
    {
      name: "a poll that is repeated with its chosen id is asked once", needs: ["poll.send", "message.chosen-id"],
      run: async (bench) => {
        const command: PollCommand = { to: bench.someone("poll.send"), question: "Are you coming?", options: OPTIONS, messageId: chosen("3EB0C0FFEE0000000002") };
        await bench.made(async () => {
          await bench.do("sendPoll", command);
          await bench.do("sendPoll", command);
        }, "a repeated poll");
      },
    },
    ...perAudience((audience) => ({
      name: "a text arrives to the letter", needs: ["text.send"],
      run: async (bench) => {
        const to = bench.recipient(audience);
        const text = "Dear “Ana”,\n\n*Tuesday*, 15:00 – yes = 1, no = 2 👍\nhttps://example.org/?a=1&b=2";
        const { operation, recipient, shown } = await bench.made(() => bench.do("sendText", { to, text }));
        demand(operation === "sendText" && bench.sameChat(recipient, to), `the vendor did ${operation} in ${recipient}`);
        demand(shown.text === text, `it shows ${show(shown.text)}`);
      },
    })),
    ...perAudience((audience) => ({
      name: "a text may quote a message", needs: ["text.send"],
      run: async (bench) => {
        const to = bench.recipient(audience);
        const first = await bench.made(() => bench.do("sendText", { to, text: "To be quoted" }));
        const { shown } = await bench.made(() => bench.do("sendText", { to, text: "Quotes", replyTo: first.messageId }));
        demand(shown.replyTo === first.messageId, `it quotes ${show(shown.replyTo)} instead of ${first.messageId}`);
      },
    })),
    {
      name: "a text that is repeated with its chosen id is written once, under that id", needs: ["text.send", "message.chosen-id"],
      run: async (bench) => {
        const command: TextCommand = { to: bench.someone("text.send"), text: "Once", messageId: chosen("3EB0C0FFEE0000000003") };
        const act = await bench.made(async () => {
          await bench.do("sendText", command);
          await bench.do("sendText", command);
        }, "a repeated text");
        demand(act.messageId === command.messageId, `the vendor's text has the id ${act.messageId}`);
      },
    },
    {
      name: "polls leave what they were given as it was", needs: ["poll.send"],
      run: async (bench) => {
        const command = { to: bench.someone("poll.send"), question: "Are you coming?", options: [...OPTIONS] };
        const before = copyOf(command);
        await bench.do("sendPoll", command);
        demandEqual(command, before, "the poll after the call");
      },
    },
  ],
};
