import type { CapabilityCode } from "@event-messaging/core/driver";
import { demand, demandEqual, rejected, show } from "../demand.js";
import { differences, FIELD_CODES, FIELDS, full, plain } from "../sample.js";
import { perAudience, type Group } from "../suite-case.js";
import { AUDIENCES } from "../vendor-under-test.js";

export const planning: Group = {
  name: "plan truthfulness",
  about: "A plan says beforehand what will arrive, what will be lost, and what will not be possible later. What was planned is what the vendor's journal then shows.",
  cases: [
    ...perAudience((audience) => ({
      name: "everything that is planned as native is shown, all of it together", needs: ["invitation.send"],
      run: async (bench) => {
        const clinic = bench.tenant();
        const details = full(bench, audience);
        const input = { key: "together", to: bench.recipient(audience), ...details };
        const plan = await clinic.plan(input);
        demand(plan.form === "native" && plan.lost.length === 0, `the plan's form is ${plan.form}, lost is ${show(plan.lost.map(({ code }) => code))}`);
        const { shown } = await bench.made(() => clinic.send(input));
        const wrong = differences(details, shown);
        demand(wrong.length === 0, wrong.join("; "));
      },
    })),
    {
      name: "planning does nothing at the vendor",
      run: async (bench) => {
        const clinic = bench.tenant();
        const watch = await bench.watch();
        for (const audience of AUDIENCES) {
          if (bench.vendor.recipients[audience].length > 0) await clinic.plan({ key: "only-planned", to: bench.recipient(audience), ...full(bench, audience) });
        }
        demandEqual((await watch.acts()).map(({ operation }) => operation), [], "what the vendor did");
      },
    },
    {
      name: "the same plan comes out twice, also after a probe",
      run: async (bench) => {
        const messaging = bench.messaging();
        const clinic = messaging.forTenant("first");
        for (const audience of AUDIENCES) {
          if (bench.vendor.recipients[audience].length === 0) continue;
          const input = { key: "twice", to: bench.recipient(audience), ...full(bench, audience) };
          const first = await clinic.plan(input);
          await messaging.account(bench.account).probe();
          demandEqual(await clinic.plan(input), first, "the second plan");
        }
      },
    },
    {
      name: "a send that is refused carries the plan that was made for it", needs: ["invitation.send"],
      run: async (bench) => {
        const clinic = bench.tenant();
        for (const audience of bench.audiencesOf("invitation.send")) {
          const lacking = FIELD_CODES.filter((code) => !bench.supports(code, audience));
          if (lacking.length === 0) continue;
          const input = { key: "refused", to: bench.recipient(audience), ...Object.assign({ ...plain() }, ...lacking.map((code) => FIELDS[code])) };
          const plan = await clinic.plan(input);
          const error = await rejected(clinic.send(input), "send()");
          demandEqual(error.plan, plan, "the error's plan");
        }
      },
    },
    {
      name: "a loss that the policy allows is lost, and nothing else", needs: ["invitation.send"],
      run: async (bench) => {
        for (const audience of bench.audiencesOf("invitation.send")) {
          for (const code of FIELD_CODES.filter((each) => !bench.supports(each, audience))) {
            const clinic = bench.tenant({ policy: { allowLoss: [code] } });
            const { shown } = await bench.made(() => clinic.send({ key: `loss-${code}`, to: bench.recipient(audience), ...plain("With a loss"), description: "This stays", ...FIELDS[code] }));
            const wrong = differences({ ...plain("With a loss"), description: "This stays" }, shown);
            demand(wrong.length === 0, `${code}: ${wrong.join("; ")}`);
          }
        }
      },
    },
    {
      name: "what a plan says will not be possible later is refused later, and the rest is not", needs: ["invitation.send"],
      run: async (bench) => {
        const clinic = bench.tenant();
        for (const audience of bench.audiencesOf("invitation.send")) {
          const input = { key: `later-${audience}`, to: bench.recipient(audience), ...plain("First") };
          const { later } = await clinic.plan(input);
          const { handle } = await clinic.send(input);
          const told = (code: CapabilityCode) => later.some((item) => item.code === code);
          const refused = async (call: Promise<unknown>) => call.then(() => false, () => true);
          demand((await refused(clinic.update(handle, { title: "Second" }))) === told("invitation.update"), `an update ${told("invitation.update") ? "went through" : "was refused"} against the plan`);
          demand((await refused(clinic.cancel(handle))) === told("invitation.cancel"), `a cancellation ${told("invitation.cancel") ? "went through" : "was refused"} against the plan`);
        }
      },
    },
  ],
};
