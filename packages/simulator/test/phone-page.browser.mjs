/*
 * Opens the pages of both simulators in a real browser, sends through their HTTP APIs, clicks, and compares what the page shows with the journal.
 * Then plants defects into the page: each must make the same steps fail. Prints one JSON document.
 *   node phone-page.browser.mjs [--chromium /usr/bin/chromium] [--size small]
 *   node phone-page.browser.mjs --screenshots FOLDER    takes the pictures of docs/simulator.md instead
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { wahaPicture, zapiPicture } from "./phone-page.pictures.mjs";
import { PLANTS } from "./phone-page.plants.mjs";
import { wahaSteps, zapiSteps } from "./phone-page.steps.mjs";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Runs the steps of one vendor on a page of its own, up to the first that fails; with a plant, on a page that has this defect, which is to be noticed at step `at`. */
export const run = async (browser, begin, { plant, at, view = {}, screenshot } = {}) => {
  const context = await browser.newContext({ locale: "en-GB", timezoneId: "Europe/Lisbon", viewport: { width: 1180, height: 800 }, reducedMotion: "reduce", ...view });
  const page = await context.newPage();
  const trouble = [];
  page.on("pageerror", (error) => trouble.push(`error: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && trouble.push(`console: ${message.text()}`));
  const { sim, steps } = await begin(page, trouble);
  const done = [];
  try {
    page.on("request", (request) => request.url().startsWith(sim.url) || request.url().startsWith("data:") || trouble.push(`asks elsewhere: ${request.url()}`));
    if (plant !== undefined) await page.route(`${sim.url}/`, async (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: plant(await (await fetch(`${sim.url}/`)).text()) }));
    await page.goto(`${sim.url}/`);
    for (const [name, step] of steps) {
      page.setDefaultTimeout(name === at ? 1_500 : 10_000);
      await step();
      done.push(name);
    }
    if (screenshot !== undefined) await page.screenshot({ path: screenshot });
    return { done };
  } catch (error) {
    return { done, failed: steps[done.length]?.[0] ?? "open the page", problem: String(error.message ?? error).split("\n").slice(0, 6).join(" ") };
  } finally {
    await context.close();
    await sim.stop();
  }
};

/** The pictures of docs/simulator.md. */
const pictures = async (browser, folder) => ({
  waha: await run(browser, wahaPicture, { view: { colorScheme: "light", viewport: { width: 1120, height: 860 } }, screenshot: join(folder, "simulator-waha.png") }),
  zapi: await run(browser, zapiPicture, { view: { colorScheme: "dark", viewport: { width: 400, height: 820 } }, screenshot: join(folder, "simulator-zapi.png") }),
});

/** Results in the order of the list. */
const twoAtATime = async (list, work) => {
  const results = [];
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < list.length; index = next++) results[index] = await work(list[index]);
  };
  await Promise.all([lane(), lane()]);
  return results;
};

const main = async () => {
  const { values } = parseArgs({ options: { chromium: { type: "string", default: "/usr/bin/chromium" }, size: { type: "string", default: "full" }, screenshots: { type: "string" } } });
  if (!existsSync(values.chromium)) return { skipped: "chromium not found", chromium: values.chromium };
  const browser = await chromium.launch({ executablePath: values.chromium, args: FLAGS });
  try {
    if (values.screenshots !== undefined) return await pictures(browser, values.screenshots);
    const narrow = { viewport: { width: 400, height: 860 }, colorScheme: "dark" };
    const wide = { colorScheme: "light" };
    const full = values.size === "full";
    const pages = [["WAHA, wide and light", wahaSteps, wide], ["Z-API, 400 px and dark", zapiSteps, narrow], ["WAHA, 400 px and dark", wahaSteps, narrow], ["Z-API, wide and light", zapiSteps, wide]];
    const runs = await twoAtATime(pages.slice(0, full ? 4 : 2), async ([name, begin, view]) => [name, await run(browser, begin, { view })]);
    const planted = await twoAtATime(PLANTS.filter(({ small }) => full || small === true), async ({ name, on, at, plant }) => {
      const { failed = "nowhere" } = await run(browser, on === "zapi" ? zapiSteps : wahaSteps, { plant, at });
      return { name, noticed: failed, caught: failed === at };
    });
    return { browser: browser.version(), runs: Object.fromEntries(runs), planted };
  } finally {
    await browser.close();
  }
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  main().then(
    (found) => process.stdout.write(`${JSON.stringify(found)}\n`),
    (error) => {
      process.stderr.write(`${error.stack ?? error}\n`);
      process.exitCode = 1;
    },
  );
}
