import { instant, type Audience, type InvitationDetails } from "@event-messaging/core/driver";
import { demand, rejected, show } from "../demand.js";
import type { Bench } from "../bench.js";
import { callUrl, differences, FIELD_CODES, FIELDS, plain } from "../sample.js";
import { perAudience, type Group, type SuiteCase } from "../suite-case.js";
import type { CapabilityCode } from "@event-messaging/core/driver";

async function shownAs(bench: Bench, audience: Audience, details: InvitationDetails): Promise<void> {
  const { shown } = await bench.made(() => bench.do("send", { to: bench.recipient(audience), details }));
  const wrong = differences(details, shown);
  demand(wrong.length === 0, wrong.join("; "));
}

const field = (name: string, code: CapabilityCode | undefined, details: Partial<InvitationDetails>): readonly SuiteCase[] =>
  perAudience((audience) => ({ name, needs: ["invitation.send", ...(code === undefined ? [] : [code])], run: (bench) => shownAs(bench, audience, { ...plain(), ...details }) }));

export const fields: Group = {
  name: "fields and units",
  about: "Every field that the table declares arrives on the phone as it was sent, to the second and to the letter, and nothing arrives that was not sent. A field that the vendor does not have is refused, never dropped.",
  cases: [
    ...field("an invitation with a title and a start shows these and nothing else", undefined, {}),
    ...field("a title in any script arrives to the letter", undefined, { title: "Café “Ω” 日本語 مرحبا 👩‍👧 <b>\"x\"</b> \\n {{y}} & %20" }),
    ...field("a title of 100 characters arrives whole", undefined, { title: `${"0123456789".repeat(9)}abcdefghiZ` }),
    ...field("a description keeps its lines and its formatting", undefined, { description: "First line, *bold*\nsecond line\n\n_last_ line: https://example.org/?a=1&b=2" }),
    ...field("a description of 2048 characters arrives whole", undefined, { description: `${"x".repeat(2040)} the end` }),
    ...field("the place that field.location promises is shown", "field.location", { location: { name: "Warehouse 7, gate \"B\"" } }),
    ...field("the end that field.end-time promises is shown, to the second", "field.end-time", { endsAt: instant("2027-05-03T16:00:01Z") }),
    ...field("the voice call that field.call-link promises is made", "field.call-link", { callLink: "voice" }),
    ...field("the video call that field.call-link promises is made", "field.call-link", { callLink: "video" }),
    ...field("the link that field.call-url promises is the one that was given", "field.call-url", { callLink: callUrl() }),
    ...field("the further guests that field.extra-guests promises are allowed", "field.extra-guests", { extraGuestsAllowed: true }),
    ...field("further guests that are not wanted are not allowed", "field.extra-guests", { extraGuestsAllowed: false }),
    ...field("a start is the moment that was given, to the second", undefined, { startsAt: instant("2027-05-03T14:30:59Z") }),
    {
      name: "a field that the account lacks is refused before any request, and the plan names it", needs: ["invitation.send"],
      run: async (bench) => {
        const clinic = bench.tenant();
        for (const audience of bench.audiencesOf("invitation.send")) {
          for (const code of FIELD_CODES.filter((each) => !bench.supports(each, audience))) {
            const input = { key: `lacks-${code}-${audience}`, to: bench.recipient(audience), ...plain(), ...FIELDS[code] };
            await clinic.plan(input);
            const watch = await bench.watch();
            const error = await rejected(clinic.send(input), `send() with ${code}`);
            demand(error.code === "UNSUPPORTED" && error.plan?.lost.some((item) => item.code === code) === true, `${code} rejected with ${error.code} and lost ${show(error.plan?.lost.map((item) => item.code))}`);
            demand((await watch.requests()) === 0, `refusing ${code} cost ${await watch.requests()} requests`);
          }
        }
      },
    },
    {
      name: "an extension that the provider does not declare is refused before any request", needs: ["invitation.send"],
      run: async (bench) => {
        const clinic = bench.tenant();
        const to = bench.someone("invitation.send");
        await clinic.plan({ key: "warm", to, ...plain() });
        const watch = await bench.watch();
        const error = await rejected(clinic.send({ key: "extension", to, ...plain(), extensions: { "x-nobody.knows-this": true } }), "send() with an unknown extension");
        demand(error.code === "UNSUPPORTED" || error.code === "INVALID_ARGUMENT", `it rejected with ${error.code}`);
        demand((await watch.requests()) === 0 && (await watch.acts()).length === 0, "something was requested");
      },
    },
  ],
};
