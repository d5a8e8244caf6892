import assert from "node:assert/strict";
import { messagingModule, providerModule, TOKENS } from "@event-messaging/container";
import { createAccountPool, memoryBook, type HttpClient, type Messaging } from "@event-messaging/core";
import { Container, inject, injectable } from "inversify";
import { account, acts, changingDirectory, invitation, namedVendor } from "./two-vendors.js";

const http: HttpClient = { request: () => Promise.reject(new Error("no HTTP in this test")), close: async () => {} };

async function containerOver(vendors: readonly ReturnType<typeof namedVendor>[], directory = changingDirectory()) {
  const container = new Container();
  await container.load(...vendors.map(({ definition }) => providerModule(definition)), messagingModule());
  container.bind(TOKENS.directory).toConstantValue(directory);
  container.bind(TOKENS.http).toConstantValue(http);
  return { container, directory };
}

/** What the modules do in a container, by sentence. The same cases run on every supported inversify. */
export const BEHAVIOUR: Readonly<Record<string, () => Promise<void>>> = {
  "the tenant's account record chooses the adapter at each call, and a handle stays with its account": async () => {
    const red = namedVendor("red");
    const blue = namedVendor("blue");
    const { container, directory } = await containerOver([red, blue]);
    const clinic = container.get(TOKENS.messaging).forTenant("clinic");
    directory.move(account("clinic-red", red));
    const { handle } = await clinic.send(invitation("a"));
    directory.move(account("clinic-blue", blue));
    await clinic.send(invitation("b"));
    await clinic.cancel(handle);
    assert.deepEqual(acts(red), ["clinic-red:send", "clinic-red:cancel"]);
    assert.deepEqual(acts(blue), ["clinic-blue:send"]);
    await container.get(TOKENS.messaging).close();
  },

  "an account whose provider is not loaded is refused, and served once the module is loaded, without a restart": async () => {
    const red = namedVendor("red");
    const late = namedVendor("late");
    const { container, directory } = await containerOver([red]);
    const messaging = container.get(TOKENS.messaging);
    directory.move(account("clinic-red", red));
    await messaging.forTenant("clinic").send(invitation("a"));
    directory.move(account("clinic-late", late));
    await assert.rejects(messaging.forTenant("clinic").send(invitation("b")), { code: "CONFIG_INVALID", outcome: "not-sent" });
    await container.load(providerModule(late.definition));
    await messaging.forTenant("clinic").send(invitation("b"));
    assert.deepEqual(acts(late), ["clinic-late:send"]);
    assert.equal(container.get(TOKENS.messaging), messaging);
    await messaging.close();
  },

  "a second provider of one name is refused while loading, by name": async () => {
    const { container } = await containerOver([namedVendor("red")]);
    const again = Promise.resolve().then(() => container.load(providerModule(namedVendor("red").definition)));
    await assert.rejects(again, { code: "CONFIG_INVALID", outcome: "not-sent", context: { provider: "red" }, message: /^provider "red" is loaded already/ });
    assert.equal(container.get(TOKENS.provider, { name: "red" }).name, "red");
    const both = new Container();
    const pair = [namedVendor("blue"), namedVendor("blue")].map(({ definition }) => providerModule(definition));
    await assert.rejects(Promise.resolve().then(() => both.load(...pair)), { code: "CONFIG_INVALID" });
  },

  "a second messaging module is refused while loading": async () => {
    const { container } = await containerOver([]);
    await assert.rejects(Promise.resolve().then(() => container.load(messagingModule())), { code: "CONFIG_INVALID" });
  },

  "serves several accounts of one vendor, each with its own configuration": async () => {
    const red = namedVendor("red");
    const records = { north: account("red-north", red), south: account("red-south", red) };
    const { container } = await containerOver([red], {
      move: () => {},
      forTenant: (tenant) => Promise.resolve(tenant === "north" ? records.north : records.south),
      byId: (id) => Promise.resolve(Object.values(records).find((record) => record.id === id)),
    });
    const messaging = container.get(TOKENS.messaging);
    const [north, south] = await Promise.all(["north", "south"].map((tenant) => messaging.forTenant(tenant).send(invitation("a"))));
    assert.deepEqual([north?.handle.account, south?.handle.account], ["red-north", "red-south"]);
    assert.deepEqual([...acts(red)].sort(), ["red-north:send", "red-south:send"]);
    await messaging.close();
  },

  "is injected with decorators": async () => {
    @injectable()
    class Reminders {
      constructor(@inject(TOKENS.messaging) private readonly messaging: Messaging) {}
      remind(key: string) {
        return this.messaging.forTenant("clinic").send(invitation(key));
      }
    }
    const red = namedVendor("red");
    const { container, directory } = await containerOver([red]);
    directory.move(account("clinic-red", red));
    container.bind(Reminders).toSelf();
    assert.equal((await container.get(Reminders).remind("a")).handle.key, "a");
    await container.get(TOKENS.messaging).close();
  },

  "is injected without decorators": async () => {
    const red = namedVendor("red");
    const { container, directory } = await containerOver([red]);
    directory.move(account("clinic-red", red));
    const reminders = Symbol("reminders");
    container.bind<{ remind(key: string): Promise<unknown> }>(reminders).toResolvedValue(
      (messaging: Messaging) => ({ remind: (key: string) => messaging.forTenant("clinic").send(invitation(key)) }),
      [TOKENS.messaging],
    );
    await container.get<{ remind(key: string): Promise<unknown> }>(reminders).remind("a");
    assert.deepEqual(acts(red), ["clinic-red:send"]);
    await container.get(TOKENS.messaging).close();
  },

  "two containers share accounts only through a bound pool": async () => {
    const red = namedVendor("red");
    const opened: string[] = [];
    const counting = { ...red, definition: { ...red.definition, open: (config: unknown, runtime: Parameters<typeof red.definition.open>[1]) => {
      opened.push(runtime.account);
      return red.definition.open(config, runtime);
    } } };
    const run = async (pool?: ReturnType<typeof createAccountPool>) => {
      const { container, directory } = await containerOver([counting]);
      directory.move(account("clinic-red", red));
      if (pool) container.bind(TOKENS.pool).toConstantValue(pool);
      const messaging = container.get(TOKENS.messaging);
      await messaging.forTenant("clinic").send(invitation("a"));
      await messaging.close();
    };
    await run();
    await run();
    assert.equal(opened.length, 2);

    const pool = createAccountPool({ providers: [counting.definition], http, book: memoryBook() });
    await run(pool);
    await run(pool);
    assert.equal(opened.length, 3);
    await pool.close();
  },

  "unloading the messaging module closes nothing that is in use": async () => {
    const red = namedVendor("red");
    const directory = changingDirectory();
    const container = new Container();
    const module = messagingModule();
    await container.load(providerModule(red.definition), module);
    container.bind(TOKENS.directory).toConstantValue(directory);
    container.bind(TOKENS.http).toConstantValue(http);
    directory.move(account("clinic-red", red));
    const messaging = container.get(TOKENS.messaging);
    await messaging.forTenant("clinic").send(invitation("a"));
    await container.unload(module);
    await messaging.forTenant("clinic").send(invitation("b"));
    assert.equal(acts(red).length, 2);
    await messaging.close();
  },

  "asks for the one binding that the application must make": async () => {
    const container = new Container();
    await container.load(messagingModule());
    assert.throws(() => container.get(TOKENS.messaging), /event-messaging\/directory/);
  },

  "uses tokens that another copy of the package knows too": async () => {
    assert.equal(TOKENS.messaging, Symbol.for("@event-messaging/messaging"));
    for (const token of Object.values(TOKENS)) assert.ok(typeof token === "symbol" && Symbol.keyFor(token) !== undefined);
  },
};
