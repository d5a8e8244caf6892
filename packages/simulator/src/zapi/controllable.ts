import type { Controllable } from "../control.js";
import { ControlError } from "../control-error.js";
import { Guests } from "../guest.js";
import type { GuestStep } from "../guest.js";
import type { JsonObject } from "../json.js";
import { accountView, getToKnow, parseSetup } from "./accounts.js";
import { setConnection } from "./connection.js";
import { act } from "./guests.js";
import { createMemberEvent, createMemberPoll } from "./members.js";
import { chatKey, samePerson } from "./people.js";
import { settingOf } from "./setting.js";
import { alterInstance, createInstance } from "./state.js";
import type { StoredMessage, ZapiInstance } from "./state.js";
import { areZapiSwitches, zapiSwitchProblems } from "./switches.js";
import type { ZapiWorld } from "./world.js";

/** The controls of a simulated Z-API, and what its scripted guests do when a card arrives. */
export interface ZapiControls extends Controllable {
  putAccount(id: string, body: JsonObject): void;
  instance(id: string): ZapiInstance;
  arrived(instance: ZapiInstance, message: StoredMessage): void;
}

export function controllable(world: ZapiWorld): ZapiControls {
  const guests = new Guests((chat) => chat);

  const instanceOf = (id: string): ZapiInstance => {
    const found = world.instances.get(id);
    if (found === undefined) throw new ControlError("there is no such instance", 404);
    return found;
  };

  const putAccount = (id: string, body: JsonObject): void => {
    const setup = parseSetup(id, body);
    const known = world.instances.get(id);
    if (known === undefined) {
      const { token } = setup;
      if (token === undefined) throw new ControlError("a new instance needs a token");
      world.instances.set(id, createInstance({ ...setup, token }, world.timers.now()));
      return;
    }
    const fixed = (["token", "phone", "lid", "name"] as const).filter((key) => setup[key] !== undefined);
    if (fixed.length > 0) throw new ControlError(`fixed from the start: ${fixed.join(", ")}`, 409);
    alterInstance(known, setup);
    if (setup.connection !== undefined) setConnection(world, known, setup.connection);
  };

  return {
    journal: world.journal,
    faults: world.faults,
    switches: () => ({ ...world.switches }),
    patchSwitches: (patch) => {
      if (!areZapiSwitches(patch)) throw new ControlError(zapiSwitchProblems(patch).join("; "));
      world.switches = { ...world.switches, ...patch };
    },
    account: (id) => {
      const found = world.instances.get(id);
      return found === undefined ? undefined : accountView(found);
    },
    instance: instanceOf,
    putAccount,
    script: (script) => {
      const instance = instanceOf(script.account);
      getToKnow(instance, script.steps.map(({ guest }) => guest));
      guests.script({ ...script, chat: chatKey(instance, script.chat) });
    },
    answer: async (answer) => {
      const instance = instanceOf(answer.account);
      if (answer.own !== true) getToKnow(instance, [answer.guest]);
      const done = act(world, instance, answer.chat, answer);
      if (answer.own !== true) guests.meet(answer.account, chatKey(instance, answer.chat), answer.guest);
      return done;
    },
    memberEvent: async (event) => {
      const instance = instanceOf(event.account);
      guests.meet(event.account, chatKey(instance, event.chat), event.guest);
      return createMemberEvent(world, instance, event);
    },
    memberPoll: async (poll) => {
      const instance = instanceOf(poll.account);
      guests.meet(poll.account, chatKey(instance, poll.chat), poll.guest);
      return createMemberPoll(world, instance, poll);
    },
    setting: (account, chat) => settingOf(world.instances.get(account), account, chat, guests.membersOf(account, chat), guests.peopleOf(account, chat)),
    flush: () => world.timers.idle(),
    arrived: (instance, message) => {
      const steps = guests.stepsFor(instance.id, message.chat).filter((step) => fits(step, message) && !samePerson(step.guest, instance.self));
      for (const step of steps) {
        if ((step.afterMs ?? 0) <= 0) act(world, instance, message.chat, step, message);
        else world.timers.after(step.afterMs ?? 0, () => void act(world, instance, message.chat, step, message));
      }
    },
  };
}

const fits = (step: GuestStep, { content }: StoredMessage): boolean =>
  (content.kind === "event" && step.response !== undefined) || (content.kind === "poll" && step.vote !== undefined) || (content.kind === "text" && step.text !== undefined);
