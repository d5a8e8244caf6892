import { describe, expect, it } from "@jest/globals";
import { createAccountPool, memoryBook, type HttpClient, type Messaging } from "@event-messaging/core";
import { Container, inject, injectable } from "inversify";
import { messagingModule, providerModule, TOKENS } from "../src/index.js";
import { account, acts, changingDirectory, invitation, namedVendor } from "./two-vendors.js";

const http: HttpClient = { request: () => Promise.reject(new Error("no HTTP in this test")), close: async () => {} };

async function containerOver(vendors: readonly ReturnType<typeof namedVendor>[], directory = changingDirectory()) {
  const container = new Container();
  await container.load(...vendors.map(({ definition }) => providerModule(definition)), messagingModule());
  container.bind(TOKENS.directory).toConstantValue(directory);
  container.bind(TOKENS.http).toConstantValue(http);
  return { container, directory };
}

describe("modules for inversify", () => {
  it("the tenant's account record chooses the adapter at each call, and a handle stays with its account", async () => {
    const red = namedVendor("red");
    const blue = namedVendor("blue");
    const { container, directory } = await containerOver([red, blue]);
    const clinic = container.get(TOKENS.messaging).forTenant("clinic");
    directory.move(account("clinic-red", red));
    const { handle } = await clinic.send(invitation("a"));
    directory.move(account("clinic-blue", blue));
    await clinic.send(invitation("b"));
    await clinic.cancel(handle);
    expect(acts(red)).toEqual(["clinic-red:send", "clinic-red:cancel"]);
    expect(acts(blue)).toEqual(["clinic-blue:send"]);
    await container.get(TOKENS.messaging).close();
  });

  it("an account whose provider is not loaded is refused, and served once the module is loaded, without a restart", async () => {
    const red = namedVendor("red");
    const late = namedVendor("late");
    const { container, directory } = await containerOver([red]);
    const messaging = container.get(TOKENS.messaging);
    directory.move(account("clinic-red", red));
    await messaging.forTenant("clinic").send(invitation("a"));
    directory.move(account("clinic-late", late));
    await expect(messaging.forTenant("clinic").send(invitation("b"))).rejects.toMatchObject({ code: "CONFIG_INVALID", outcome: "not-sent" });
    await container.load(providerModule(late.definition));
    await messaging.forTenant("clinic").send(invitation("b"));
    expect(acts(late)).toEqual(["clinic-late:send"]);
    expect(container.get(TOKENS.messaging)).toBe(messaging);
    await messaging.close();
  });

  it("a second provider of one name is refused while loading, by name", async () => {
    const { container } = await containerOver([namedVendor("red")]);
    const again = Promise.resolve().then(() => container.load(providerModule(namedVendor("red").definition)));
    await expect(again).rejects.toMatchObject({ code: "CONFIG_INVALID", outcome: "not-sent", context: { provider: "red" }, message: expect.stringContaining('provider "red" is loaded already') });
    expect(container.get(TOKENS.provider, { name: "red" }).name).toBe("red");
    const both = new Container();
    const pair = [namedVendor("blue"), namedVendor("blue")].map(({ definition }) => providerModule(definition));
    await expect(Promise.resolve().then(() => both.load(...pair))).rejects.toMatchObject({ code: "CONFIG_INVALID" });
  });

  it("a second messaging module is refused while loading", async () => {
    const { container } = await containerOver([]);
    await expect(Promise.resolve().then(() => container.load(messagingModule()))).rejects.toMatchObject({ code: "CONFIG_INVALID" });
  });

  it("serves several accounts of one vendor, each with its own configuration", async () => {
    const red = namedVendor("red");
    const records = { north: account("red-north", red), south: account("red-south", red) };
    const { container } = await containerOver([red], {
      move: () => {},
      forTenant: (tenant) => Promise.resolve(tenant === "north" ? records.north : records.south),
      byId: (id) => Promise.resolve(Object.values(records).find((record) => record.id === id)),
    });
    const messaging = container.get(TOKENS.messaging);
    const [north, south] = await Promise.all(["north", "south"].map((tenant) => messaging.forTenant(tenant).send(invitation("a"))));
    expect([north?.handle.account, south?.handle.account]).toEqual(["red-north", "red-south"]);
    expect([...acts(red)].sort()).toEqual(["red-north:send", "red-south:send"]);
    await messaging.close();
  });

  it("is injected with decorators", async () => {
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
    expect((await container.get(Reminders).remind("a")).handle.key).toBe("a");
    await container.get(TOKENS.messaging).close();
  });

  it("is injected without decorators", async () => {
    const red = namedVendor("red");
    const { container, directory } = await containerOver([red]);
    directory.move(account("clinic-red", red));
    const reminders = Symbol("reminders");
    container.bind<{ remind(key: string): Promise<unknown> }>(reminders).toResolvedValue(
      (messaging: Messaging) => ({ remind: (key: string) => messaging.forTenant("clinic").send(invitation(key)) }),
      [TOKENS.messaging],
    );
    await container.get<{ remind(key: string): Promise<unknown> }>(reminders).remind("a");
    expect(acts(red)).toEqual(["clinic-red:send"]);
    await container.get(TOKENS.messaging).close();
  });

  it("two containers share accounts only through a bound pool", async () => {
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
    expect(opened).toHaveLength(2);

    const pool = createAccountPool({ providers: [counting.definition], http, book: memoryBook() });
    await run(pool);
    await run(pool);
    expect(opened).toHaveLength(3);
    await pool.close();
  });

  it("unloading the messaging module closes nothing that is in use", async () => {
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
    expect(acts(red)).toHaveLength(2);
    await messaging.close();
  });

  it("asks for the one binding that the application must make", async () => {
    const container = new Container();
    await container.load(messagingModule());
    expect(() => container.get(TOKENS.messaging)).toThrow(/event-messaging\/directory/);
  });

  it("uses tokens that another copy of the package knows too", () => {
    expect(TOKENS.messaging).toBe(Symbol.for("@event-messaging/messaging"));
    expect(Object.values(TOKENS).map((token) => typeof token === "symbol" && Symbol.keyFor(token) !== undefined)).not.toContain(false);
  });
});
