import { Agent as HttpAgent } from "node:http";
import { afterEach, describe, expect, it } from "@jest/globals";
import axios, { type AxiosInstance, type InternalAxiosRequestConfig } from "axios";
import { axiosHttpClient } from "../../src/http/index.js";
import type { HttpClient } from "../../src/driver/http.js";
import { answer, answering, rawServer, type RawServer } from "./raw-server.js";
import { assertSilent, CANARIES, failureOf, post } from "./support.js";

const OK = answer("200 OK", '{"id":"M1"}');

describe("axiosHttpClient with an application's own instance", () => {
  let client: HttpClient | undefined;
  let server: RawServer | undefined;
  afterEach(async () => {
    await client?.close();
    await server?.drained();
    await server?.close();
    client = server = undefined;
  });

  async function setUp(prepare: (instance: AxiosInstance) => void, bytes: Buffer = OK, instance = axios.create()): Promise<HttpClient & { readonly baseUrl: string }> {
    server = await rawServer(answering(bytes));
    prepare(instance);
    client = axiosHttpClient(instance);
    return { ...client, baseUrl: server.baseUrl };
  }

  it("applies its default headers and its interceptors; the provider's headers win over defaults", async () => {
    const { request, baseUrl } = await setUp((instance) => {
      instance.defaults.headers.common["x-team"] = "bookings";
      instance.defaults.headers.post["client-token"] = "of the instance";
      instance.interceptors.request.use((config) => { config.headers.set("x-trace", "t1"); return config; });
    });
    await request(post(baseUrl));
    expect(server?.requests[0]).toMatch(/\r\nx-team: bookings\r\n/i);
    expect(server?.requests[0]).toMatch(/\r\nx-trace: t1\r\n/i);
    expect(server?.requests[0]?.match(/client-token: .*/gi)).toEqual([`client-token: ${CANARIES.header}`]);
  });

  it("gives the answer as it came, whatever interceptors and transformers make of it", async () => {
    const seen: unknown[] = [];
    const { request, baseUrl } = await setUp((instance) => {
      instance.defaults.transformResponse = [() => "spoiled"];
      instance.defaults.transformRequest = [() => "spoiled"];
      instance.defaults.validateStatus = () => false;
      instance.defaults.baseURL = "http://elsewhere.invalid";
      instance.interceptors.response.use((response) => {
        seen.push(response.status, response.data.id, response.headers["content-type"]);
        response.data.id = "changed";
        response.status = 200;
        return "unwrapped" as never;
      });
    }, answer("422 X", '{"id":"M1"}'));
    expect(await request(post(baseUrl))).toMatchObject({ status: 422, json: { id: "M1" } });
    expect(seen).toEqual([422, "M1", "application/json"]);
    expect(server?.requests[0]).toContain(CANARIES.body);
  });

  it("accepts axios itself, and leaves its defaults as they were", async () => {
    const before = JSON.stringify(axios.defaults);
    const { request, baseUrl } = await setUp(() => undefined, OK, axios);
    await request(post(baseUrl));
    expect(JSON.stringify(axios.defaults)).toBe(before);
  });

  it("without an instance takes nothing from axios's global defaults", async () => {
    axios.defaults.headers.common["x-global"] = "of the application";
    try {
      server = await rawServer(answering(OK));
      client = axiosHttpClient();
      await client.request(post(server.baseUrl));
    } finally {
      delete axios.defaults.headers.common["x-global"];
    }
    expect(server.requests[0]).toContain(CANARIES.header);
    expect(server.requests[0]).not.toMatch(/x-global/i);
  });

  it.each<[string, object]>([
    ["proxy", { proxy: { host: "p", port: 1 } }], ["httpAgent", { httpAgent: new HttpAgent() }], ["httpsAgent", { httpsAgent: new HttpAgent() }],
    ["socketPath", { socketPath: "/s" }], ["adapter", { adapter: "fetch" }], ["adapter", { adapter: () => Promise.reject(new Error()) }],
    ["maxRedirects", { maxRedirects: 5 }], ["beforeRedirect", { beforeRedirect: () => undefined }], ["transport", { transport: {} .constructor }],
    ["lookup", { lookup: () => undefined }], ["auth", { auth: { username: "u", password: "canary-header-9b04aa" } }], ["params", { params: { a: 1 } }],
  ])("refuses an instance with %s, naming the dispatcher option, before any I/O", (name, defaults) => {
    let caught: unknown;
    try {
      axiosHttpClient(axios.create(defaults));
    } catch (error) {
      caught = error;
    }
    expect(caught).toMatchObject({ code: "CONFIG_INVALID", outcome: "not-sent", issues: [{ path: `instance.defaults.${name}`, message: expect.stringContaining("dispatcher option") }] });
    expect(String(caught)).not.toContain("canary");
  });

  it("allows settings that are switched off", () => {
    expect(() => axiosHttpClient(axios.create({ proxy: false, maxRedirects: 0, params: {} }))).not.toThrow();
  });

  it("refuses what is not an axios instance", () => {
    expect(() => axiosHttpClient({ request: "no", defaults: {}, interceptors: {} } as never)).toThrow(/must be an axios instance/);
  });

  it.each<[string, (config: InternalAxiosRequestConfig) => unknown]>([
    ["proxy", (config) => ({ ...config, proxy: { host: "p", port: 1 } })], ["httpAgent", (config) => ({ ...config, httpAgent: new HttpAgent() })],
    ["maxRedirects", (config) => ({ ...config, maxRedirects: 3 })], ["url", (config) => ({ ...config, url: "http://elsewhere.invalid/" })],
    ["params", (config) => ({ ...config, params: { a: 1 } })], ["method", (config) => ({ ...config, method: "put" })], ["data", (config) => ({ ...config, data: { a: 1 } })],
    ["adapter", (config) => ({ ...config, adapter: () => Promise.resolve({ data: "mock", status: 200, headers: {}, config }) })],
    ["headers.Host", (config) => { config.headers.set("Host", "elsewhere"); return config; }], ["headers.x-bad", (config) => { config.headers.set("x-bad", "é"); return config; }],
  ])("an interceptor that sets %s is refused before anything is written", async (name, change) => {
    const { request, baseUrl } = await setUp((instance) => { instance.interceptors.request.use((config) => change(config) as never); });
    const error = await failureOf(request(post(baseUrl)));
    expect(error).toMatchObject({ code: "CONFIG_INVALID", outcome: "not-sent", context: { phase: "before-write" } });
    expect(error.message).toContain(`(${name})`);
    expect(server?.connections()).toBe(0);
  });

  it("an interceptor that puts a request of its own in our place makes the outcome unknown, whether it succeeds or not", async () => {
    for (const bytes of [OK, answer("500 X", "{}")]) {
      const { request, baseUrl } = await setUp((instance) => {
        instance.interceptors.request.use((config) => ({ url: config.url, method: "post", data: config.data, headers: {} }) as never);
      }, bytes);
      expect(await failureOf(request(post(baseUrl)))).toMatchObject({ code: "CONFIG_INVALID", outcome: "unknown" });
      await server?.close();
    }
  });

  it("an interceptor that fails before the adapter ran is not-sent, and its error does not escape", async () => {
    const { request, baseUrl } = await setUp((instance) => {
      instance.interceptors.request.use(() => { throw Object.assign(new Error(CANARIES.header), { config: { url: CANARIES.path } }); });
    });
    expect(await failureOf(request(post(baseUrl)))).toMatchObject({ code: "UNKNOWN", outcome: "not-sent", persistence: "permanent" });
    expect(server?.connections()).toBe(0);
  });

  it("a token request of an interceptor that fails is not-sent", async () => {
    const { request, baseUrl } = await setUp((instance) => {
      instance.interceptors.request.use(async (config) => { await axios.get("http://tokens.invalid", { proxy: false }); return config; });
    });
    expect(await failureOf(request(post(baseUrl)))).toMatchObject({ code: "UNKNOWN", outcome: "not-sent" });
  });

  it("an interceptor that fails after the request was written is unknown", async () => {
    const { request, baseUrl } = await setUp((instance) => { instance.interceptors.response.use(() => { throw new Error(CANARIES.answer); }); });
    expect(await failureOf(request(post(baseUrl)))).toMatchObject({ code: "UNKNOWN", outcome: "unknown", context: { phase: "complete", status: 200 } });
  });

  it("an interceptor that hangs ends with the deadline: before the request not-sent, after the answer unknown", async () => {
    const limits = { deadlineMs: 40 };
    const before = await setUp((instance) => { instance.interceptors.request.use(() => new Promise(() => undefined)); });
    expect(await failureOf(before.request(post(before.baseUrl, { limits })))).toMatchObject({ code: "TIMEOUT", outcome: "not-sent" });
    await server?.close();
    const after = await setUp((instance) => { instance.interceptors.response.use(() => new Promise(() => undefined)); });
    expect(await failureOf(after.request(post(after.baseUrl, { limits })))).toMatchObject({ code: "TIMEOUT", outcome: "unknown", context: { phase: "complete" } });
  });

  it("a second adapter call within one request is refused, after an answer and after a failure", async () => {
    let tries = 0;
    const retrying = (instance: AxiosInstance) => {
      let kept: InternalAxiosRequestConfig | undefined;
      instance.interceptors.request.use((config) => (kept = config));
      const again = (last: unknown) => (tries++ < 3 ? instance.request({ ...kept, headers: { ...kept?.headers } }) : Promise.reject(last));
      instance.interceptors.response.use(again, again);
    };
    const { request, baseUrl } = await setUp(retrying, answer("500 X", "{}"));
    expect(await failureOf(request(post(baseUrl)))).toMatchObject({ code: "CONFIG_INVALID", outcome: "unknown" });
    expect(server?.requests).toHaveLength(1);

    tries = 0;
    const error = await failureOf(request(post("http://vendor.invalid")));
    expect(error).toMatchObject({ code: "CONFIG_INVALID", outcome: "not-sent" });
    expect(error.message).toMatch(/second time/);
  });

  it("an interceptor that turns a failure into an answer does not hide it", async () => {
    const { request } = await setUp((instance) => { instance.interceptors.response.use(undefined, () => ({ data: { id: "made up" }, status: 200 })); });
    expect(await failureOf(request(post("http://vendor.invalid")))).toMatchObject({ code: "UNAVAILABLE", outcome: "not-sent" });
  });

  it("what interceptors see of a failure is ours too", async () => {
    const seen: unknown[] = [];
    const { request } = await setUp((instance) => { instance.interceptors.response.use(undefined, (error) => { seen.push(error); throw error; }); });
    const error = await failureOf(request(post("http://vendor.invalid")));
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ name: "MessagingError" });
    expect(error).not.toBe(seen[0]);
  });

  it("the check for leaks finds them in an error of axios itself", async () => {
    const error: unknown = await axios.post(`http://vendor.invalid/${CANARIES.path}`, { name: CANARIES.body }, { proxy: false }).catch((reason: unknown) => reason);
    expect(() => assertSilent(error as never)).toThrow(/canary is in the error/);
  });
});
