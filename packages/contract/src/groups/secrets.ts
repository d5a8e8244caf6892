import { messageId } from "@event-messaging/core/driver";
import { anySending } from "../any-sending.js";
import { demand, endingOf, show } from "../demand.js";
import { demandNoLeak } from "../leaks.js";
import { plain } from "../sample.js";
import { secretPaths } from "../secret-paths.js";
import type { Group } from "../suite-case.js";
import { FAULTS } from "../vendor-under-test.js";
import { under } from "./faults.js";

const SINKS = ["log", "info", "warn", "error", "debug", "trace", "dir"] as const;

export const secrets: Group = {
  name: "secrets",
  about: "Credentials are searched for in everything that an application might print: errors, accounts, receipts, probes, plans, facts. A foreign error may hold a URL with a token in it, so none is ever passed on as a cause.",
  cases: [
    {
      name: "an open account shows no credential, however it is printed",
      run: async (bench) => {
        demandNoLeak(bench.provider, bench.vendor.secrets, "the account");
        demandNoLeak(bench.definition, bench.vendor.secrets, "the definition");
      },
    },
    {
      name: "no error shows a credential, whatever went wrong", needsAnySending: true,
      run: async (bench) => {
        const { send } = anySending(bench);
        for (const kind of FAULTS) {
          const ending = await under(bench, kind, (signal) => send(bench.call(signal)));
          if (!ending.resolved) demandNoLeak(withoutCause(ending.error), bench.vendor.secrets, `the error under ${kind}`);
        }
      },
    },
    {
      name: "no error has a cause", needsAnySending: true,
      run: async (bench) => {
        const { send } = anySending(bench);
        for (const kind of FAULTS) {
          const ending = await under(bench, kind, (signal) => send(bench.call(signal)));
          demand(ending.resolved || !(ending.error instanceof Error) || !("cause" in ending.error), `the error under ${kind} has a cause`);
        }
      },
    },
    {
      name: "a refusal of wrong credentials does not show them", needsAnySending: true,
      run: async (bench) => {
        const { operation, to } = anySending(bench);
        const wrong = bench.open(bench.vendor.wrongConfig);
        const canaries = secretPaths(bench.vendor.config, bench.vendor.secrets).flatMap((path) => stringAt(bench.vendor.wrongConfig, path) ?? []);
        const ending = await endingOf(operation === "send"
          ? bench.do("send", { to, details: plain("Wrong") }, bench.call(), wrong)
          : bench.do("sendText", { to, text: "Wrong" }, bench.call(), wrong));
        demand(!ending.resolved, "a call with wrong credentials resolved");
        demandNoLeak(withoutCause(ending.error), canaries, "the error");
        demandNoLeak(await bench.open(bench.vendor.wrongConfig).probe(bench.call()), canaries, "the probe");
      },
    },
    {
      name: "a configuration that is refused does not show its credentials",
      run: async (bench) => {
        const config = { ...bench.vendor.config, colourOfTheSky: "grey" };
        try {
          bench.open(config);
        } catch (error) {
          demandNoLeak(error, bench.vendor.secrets, "the error");
        }
      },
    },
    {
      name: "a probe and a receipt show no credential", needsAnySending: true,
      run: async (bench) => {
        demandNoLeak(await bench.provider.probe(bench.call()), bench.vendor.secrets, "the probe");
        demandNoLeak(await anySending(bench).send(), bench.vendor.secrets, "the receipt");
      },
    },
    {
      name: "what is handed to the HTTP client shows no credential: they travel wrapped", needsAnySending: true,
      run: async (bench) => {
        await bench.provider.probe(bench.call());
        await anySending(bench).send();
        for (const { signal: _signal, ...request } of bench.http.requests) demandNoLeak(request, bench.vendor.secrets, `the request ${request.method} ${request.template}`);
      },
    },
    {
      name: "what is read in deliveries shows no credential",
      run: async (bench) => {
        const [by] = bench.vendor.people;
        const target = messageId("3EB0AA11BB22CC33DD44");
        demand(target !== undefined, "the suite's own id is none");
        const deliveries = [...await bench.vendor.script({ type: "status", ready: true }), ...await bench.vendor.script({ type: "text", chat: by.phone, by, text: "Hello", quotes: target }), ...await bench.vendor.script({ type: "noise" })];
        for (const delivery of deliveries) {
          demandNoLeak(bench.provider.webhook.authenticate(delivery), bench.vendor.secrets, "the result of authenticate()");
          demandNoLeak(bench.read([delivery]), bench.vendor.secrets, "the result of parse()");
        }
      },
    },
    {
      name: "a provider writes nothing to the console", needsAnySending: true,
      run: async (bench) => {
        const written: string[] = [];
        const kept = SINKS.map((name) => [name, console[name]] as const);
        for (const name of SINKS) console[name] = () => void written.push(name);
        try {
          await bench.open().probe(bench.call());
          const { send } = anySending(bench);
          await send();
          await under(bench, "refuse", (signal) => send(bench.call(signal)));
          bench.read(await bench.vendor.script({ type: "noise" }));
        } finally {
          for (const [name, write] of kept) console[name] = write;
        }
        demand(written.length === 0, `it called ${show([...new Set(written)].map((name) => `console.${name}`))}`);
      },
    },
  ],
};

/** A cause is the matter of a case of its own. */
function withoutCause(error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  const { cause: _cause, ...members } = error;
  return { ...members, message: error.message, stack: error.stack?.split("[cause]")[0] };
}

function stringAt(config: unknown, path: readonly string[]): string | undefined {
  const value = path.reduce((inner: unknown, name) => (typeof inner === "object" && inner !== null ? Object.entries(inner).find(([key]) => key === name)?.[1] : undefined), config);
  return typeof value === "string" ? value : undefined;
}
