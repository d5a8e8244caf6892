import { isLid, isPhone, isRecipient } from "@event-messaging/core/driver";
import { demand, rejected, show } from "../demand.js";
import { plain } from "../sample.js";
import { perAudience, type Group } from "../suite-case.js";

const GARBAGE = ["", " ", "@", "@lid", "@g.us", "abc", "+", "0", "-1", "status@broadcast", "1234@lid@lid", "+351 960 000 123", "%2e%2e", "a".repeat(5000), "\u0000", "120363@newsletter", "null", "[object Object]"];

export const recipients: Group = {
  name: "recipients",
  about: "A recipient is written in one way everywhere, and each adapter alone converts. No digit is ever added or taken away: a Brazilian number with a ninth digit too many is a matter for the vendor, and a LID's digits are nobody's telephone number.",
  cases: [
    ...perAudience((audience) => ({
      name: "every recipient gets his own invitation, by the id that was given", needs: ["invitation.send"],
      run: async (bench) => {
        for (const to of bench.vendor.recipients[audience]) {
          const { recipient } = await bench.made(() => bench.do("send", { to, details: plain() }), `a send to ${to}`);
          demand(bench.sameChat(recipient, to), `meant for ${to}, it went to ${recipient}`);
        }
      },
    })),
    ...perAudience((audience) => ({
      name: "every recipient gets his own text, by the id that was given", needs: ["text.send"],
      run: async (bench) => {
        for (const to of bench.vendor.recipients[audience]) {
          const { recipient } = await bench.made(() => bench.do("sendText", { to, text: "Hello" }), `a text to ${to}`);
          demand(bench.sameChat(recipient, to), `meant for ${to}, it went to ${recipient}`);
        }
      },
    })),
    {
      name: "every spelling that the vendor uses for a chat is understood",
      run: async ({ definition, vendor }) => {
        const known = vendor.spellings.filter(({ means }) => means !== undefined);
        demand(known.some(({ means }) => means !== undefined && isPhone(means)) && known.some(({ means }) => means !== undefined && isLid(means)), "the vendor under test shows no spelling of a number, or none of a LID");
        for (const { text, means } of known.filter((each) => each.means !== undefined && !isLid(each.means))) {
          const read = definition.recipientFromVendor(text);
          demand(read === means, `${show(text)} is ${show(means)} and is read as ${show(read)}`);
        }
      },
    },
    {
      name: "a LID stays a LID and never becomes a telephone number",
      run: async ({ definition, vendor }) => {
        for (const { text, means } of vendor.spellings) {
          if (means === undefined || !isLid(means)) continue;
          const read = definition.recipientFromVendor(text);
          demand(read === means, `${show(text)} is ${means} and is read as ${show(read)}`);
        }
      },
    },
    {
      name: "what is no person and no group is no recipient",
      run: async ({ definition, vendor }) => {
        const channels = vendor.spellings.filter(({ means }) => means === undefined);
        demand(channels.length > 0, "the vendor under test shows no spelling that is no recipient");
        for (const { text } of channels) demand(definition.recipientFromVendor(text) === undefined, `${show(text)} is read as ${show(definition.recipientFromVendor(text))}`);
      },
    },
    {
      name: "any text can be asked about, and only canonical recipients come out",
      run: async ({ definition }) => {
        for (const text of GARBAGE) {
          let read: unknown;
          try {
            read = definition.recipientFromVendor(text);
          } catch {
            demand(false, `recipientFromVendor(${show(text)}) threw`);
          }
          demand(read === undefined || isRecipient(read), `${show(text)} is read as ${show(read)}`);
        }
      },
    },
    {
      name: "a recipient in the vendor's own spelling is refused before any request", needs: ["invitation.send"],
      run: async (bench) => {
        const clinic = bench.tenant();
        const foreign = bench.vendor.spellings.map(({ text }) => text).filter((text) => !isRecipient(text));
        const watch = await bench.watch();
        for (const to of foreign) {
          const error = await rejected(clinic.send({ key: "vendor-spelling", to, ...plain() }), `send() to ${to}`);
          demand(error.code === "INVALID_ARGUMENT", `it rejected with ${error.code}`);
        }
        demand((await watch.requests()) === 0, `${await watch.requests()} requests were made`);
      },
    },
  ],
};
