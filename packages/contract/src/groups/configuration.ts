import { isMessagingError, secret, type MessagingError } from "@event-messaging/core/driver";
import { demand, demandEqual, show, thrown } from "../demand.js";
import { isObject, secretPaths, withValueAt } from "../secret-paths.js";
import type { Bench } from "../bench.js";
import type { Group } from "../suite-case.js";

const paths = ({ issues }: MessagingError) => issues.map(({ path }) => path);

function refused(bench: Bench, config: unknown, what: string): MessagingError {
  const error = thrown(() => bench.open(config), what);
  demand(error.code === "CONFIG_INVALID" && error.outcome === "not-sent", `${what} threw ${error.code}, ${error.outcome}`);
  return error;
}

export const configuration: Group = {
  name: "configuration",
  about: "A configuration is checked when an account is opened: completely, before anything is requested, and without repeating what may be a credential. Opening is a pure function, because core opens accounts whenever it likes.",
  cases: [
    {
      name: "an account opens at once and without a request",
      run: async (bench) => {
        const watch = await bench.watch();
        const provider: unknown = bench.open();
        demand(isObject(provider) && !("then" in provider), "open() did not return an account but a promise");
        await new Promise((resolve) => setTimeout(resolve, 20));
        demand((await watch.requests()) === 0, `opening caused ${await watch.requests()} requests`);
      },
    },
    {
      name: "an unknown setting is refused by its name",
      run: async (bench) => {
        const error = refused(bench, { ...bench.vendor.config, colourOfTheSky: "grey" }, "open() with an unknown setting");
        demand(paths(error).some((path) => path.includes("colourOfTheSky")), `the problems name ${show(paths(error))}`);
      },
    },
    {
      name: "everything that is missing is named at once",
      run: async (bench) => {
        const { configSchema } = bench.definition;
        const required = isObject(configSchema) && Array.isArray(configSchema.required) ? configSchema.required.map(String) : [];
        if (required.length === 0) return void bench.open({});
        demandEqual([...paths(refused(bench, {}, "open({})"))].sort(), [...required].sort(), "the problems of {}");
      },
    },
    {
      name: "every wrong value is named at once",
      run: async (bench) => {
        const names = Object.keys(bench.vendor.config);
        const named = paths(refused(bench, Object.fromEntries(names.map((name) => [name, { wrong: true }])), "open() with wrong values")).map((path) => path.split(".")[0]);
        const silent = names.filter((name) => !named.includes(name));
        demand(silent.length === 0, `nothing is said of ${silent.join(", ")}`);
      },
    },
    {
      name: "a credential with a line break is refused and not repeated",
      run: async (bench) => {
        for (const path of secretPaths(bench.vendor.config, bench.vendor.secrets)) {
          const error = refused(bench, withValueAt(bench.vendor.config, path, "broken-credential\r\nX-Evil: 1"), `open() with a line break in ${path.join(".")}`);
          demand(!/broken-credential|X-Evil/.test(`${error.message}${show(error)}${JSON.stringify(error.issues)}`), `the error repeats ${path.join(".")}`);
        }
      },
    },
    {
      name: "what is no configuration at all is refused as one",
      run: async (bench) => {
        for (const config of [null, "text", 7, []]) refused(bench, config, `open(${show(config)})`);
      },
    },
    {
      name: "the configuration is left as it was",
      run: async (bench) => {
        await bench.provider.probe(bench.call());
        demand(JSON.stringify(bench.vendor.config) === bench.pristine, "the configuration was changed by opening or by using the account");
      },
    },
    {
      name: "credentials may come wrapped",
      run: async (bench) => {
        const { config, secrets } = bench.vendor;
        const wrapped = secretPaths(config, secrets).reduce((made: unknown, path) => withValueAt(made, path, secret(valueAt(config, path))), config);
        const { status } = await bench.open(wrapped).probe(bench.call());
        demand(status === "ready", `an account with wrapped credentials is ${status}`);
      },
    },
    {
      name: "what another version learned about the account does no harm",
      run: async (bench) => {
        try {
          bench.open(bench.vendor.config, { learned: { "of-another-version": "yes", dateTime: "nonsense", newEvents: "" } });
        } catch (error) {
          demand(false, `open() threw ${isMessagingError(error) ? error.code : "a foreign error"}`);
        }
      },
    },
  ],
};

function valueAt(config: unknown, [name, ...rest]: readonly string[]): string {
  if (name === undefined) return String(config);
  return valueAt(isObject(config) ? config[name] : undefined, rest);
}
