import { createMessaging, type Messaging } from "@event-messaging/core";
import type { EventMessagingProvider, ProviderDefinition } from "@event-messaging/core/driver";
import type { Bench } from "../bench.js";
import { deliver } from "../deliver.js";
import { demand, demandEqual, endingOf, settledWithin, show, type Ending } from "../demand.js";
import { plain } from "../sample.js";
import type { Group } from "../suite-case.js";

/** What became of one opening of an account. */
interface Opening {
  running: number;
  closed: number;
  /** Was it closed while a call ran, or asked after it was closed? */
  disturbed: boolean;
}

interface Swapping {
  readonly messaging: Messaging;
  /** Every opening of the first account, oldest first. */
  readonly openings: readonly Opening[];
  /** From now on the first account has another revision. */
  readonly rotate: () => void;
  /** From now on the tenant's invitations go through the second account. */
  readonly move: () => void;
}

/** A messaging object over a directory that changes while it runs. */
function swapping(bench: Bench): Swapping {
  const openings: Opening[] = [];
  const provider = bench.definition.name;
  let [revision, home] = [1, "first-account"];
  const byId = async (id: string) => (id === "second-account" ? { id, provider, config: bench.vendor.second.config, revision: 1 } : { id: bench.account, provider, config: bench.vendor.config, revision });
  const definition: ProviderDefinition = { ...bench.definition, open: (config, runtime) => {
    const opened = bench.definition.open(config, runtime);
    return runtime.account === bench.account ? watched(opened, openings) : opened;
  } };
  const messaging = bench.closing(createMessaging({ providers: [definition], http: bench.http, directory: { byId, forTenant: () => byId(home) } }));
  return { messaging, openings, rotate: () => void (revision += 1), move: () => void (home = "second-account") };
}

function watched(provider: EventMessagingProvider, openings: Opening[]): EventMessagingProvider {
  const opening: Opening = { running: 0, closed: 0, disturbed: false };
  openings.push(opening);
  return new Proxy(provider, { get(target, name) {
    const member: unknown = Reflect.get(target, name, target);
    if (typeof member !== "function") return member;
    return (...values: readonly unknown[]): unknown => {
      if (name === "close") {
        opening.closed += 1;
        if (opening.running > 0) opening.disturbed = true;
      } else if (opening.closed > 0) opening.disturbed = true;
      opening.running += 1;
      const end = () => void (opening.running -= 1);
      try {
        const result: unknown = Reflect.apply(member, target, values);
        if (result instanceof Promise) result.then(end, end);
        else end();
        return result;
      } catch (error) {
        end();
        throw error;
      }
    };
  } });
}

/** The last opening lives, those before it were closed once, with nothing in hand. */
async function demandTidy({ openings }: Swapping): Promise<void> {
  for (let tries = 0; tries < 400 && openings.slice(0, -1).some(({ closed }) => closed === 0); tries += 1) await new Promise((resolve) => setTimeout(resolve, 5));
  demand(openings.length > 1 && openings.every(({ closed }, index) => closed === (index === openings.length - 1 ? 0 : 1)), `the openings of the account were closed ${show(openings.map(({ closed }) => closed))} times`);
  demand(openings.every(({ disturbed }) => !disturbed), "an opening was closed while a call ran, or was asked after that");
}

export const swap: Group = {
  name: "swap",
  about: "A credential is rotated, a tenant moves to another account: the account is opened anew while calls run and while events are open. Nobody notices: every call ends, every card is made once, and what was sent before is still edited and answered.",
  cases: [
    {
      name: "calls that run while the account changes all end, with one card each, and the old account closes after its last", needs: ["invitation.send"],
      run: async (bench) => {
        const made = swapping(bench);
        const clinic = made.messaging.forTenant("first");
        const to = bench.someone("invitation.send");
        const watch = await bench.watch();
        const calls: Promise<Ending<unknown>>[] = [];
        for (const index of Array.from({ length: 12 }).keys()) {
          if (index > 0 && index % 4 === 0) made.rotate();
          calls.push(endingOf(clinic.send({ key: `swap-${index}`, to, ...plain(`Card ${index}`) })));
          await new Promise((resolve) => setTimeout(resolve, 1));
        }
        const ended = await settledWithin(10_000, Promise.all(calls), "the calls");
        demand(ended.resolved && ended.value.every(({ resolved }) => resolved), `the calls ended ${ended.resolved ? show(ended.value.map(({ resolved }) => (resolved ? "accepted" : "rejected"))) : "badly"}`);
        demandEqual((await watch.acts()).map(({ shown }) => shown.title).sort(), Array.from(calls.keys(), (index) => `Card ${index}`).sort(), "the cards");
        await demandTidy(made);
        demand((await endingOf(clinic.send({ key: "after", to, ...plain("After the swap") }))).resolved, "a call after the old account was closed rejected");
      },
    },
    {
      name: "a card that was sent before the account changed is edited after it", needs: ["invitation.send", "invitation.update"],
      run: async (bench) => {
        const made = swapping(bench);
        const clinic = made.messaging.forTenant("first");
        const [audience] = bench.audiencesOf("invitation.update");
        const to = bench.recipient(audience ?? "group");
        const { handle } = await clinic.send({ key: "before", to, ...plain("Before the swap") });
        made.rotate();
        const edit = await bench.made(async () => demand((await endingOf(clinic.update(handle, { title: "Edited after the swap" }))).resolved, "the edit rejected"), "the edit");
        demand(edit.operation === "update" && edit.target === handle.messages[0]?.id && edit.shown.title === "Edited after the swap", `the edit was ${show(edit)}`);
        await demandTidy(made);
      },
    },
    {
      name: "a card is edited through the account that sent it, also after its tenant moved to another", needs: ["invitation.send", "invitation.update"],
      run: async (bench) => {
        const made = swapping(bench);
        const clinic = made.messaging.forTenant("first");
        const [audience] = bench.audiencesOf("invitation.update");
        const to = bench.recipient(audience ?? "group");
        const { handle } = await clinic.send({ key: "before", to, ...plain("Before the move") });
        made.move();
        const edit = await bench.made(() => clinic.update(handle, { title: "Edited after the move" }), "the edit");
        const next = await bench.made(() => clinic.send({ key: "after", to, ...plain("After the move") }), "the next call");
        demandEqual([edit.account, edit.target, next.account], ["first", handle.messages[0]?.id, "second"], "accounts and target");
      },
    },
    {
      name: "an answer to a card that was sent before the account changed is told after it", needs: ["invitation.send", "rsvp.receive"],
      run: async (bench) => {
        const made = swapping(bench);
        const heard: string[] = [];
        made.messaging.on("rsvp", ({ key, response }) => void heard.push(`${key} ${response}`));
        const [by] = bench.vendor.people;
        const [audience] = bench.audiencesOf("rsvp.receive");
        const chat = audience === "direct" ? by.phone : bench.recipient("group");
        const { messageId: target } = await bench.made(() => made.messaging.forTenant("first").send({ key: "before", to: chat, ...plain("Before the swap") }));
        made.rotate();
        await deliver(bench, made.messaging, await bench.vendor.script({ type: "rsvp", response: "GOING", chat, by, target }));
        demandEqual(heard, ["before GOING"], "what the handlers heard");
        await demandTidy(made);
      },
    },
  ],
};
