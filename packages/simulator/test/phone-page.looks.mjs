import { deepStrictEqual as same, ok } from "node:assert";

/** Waits until an element that matches shows the text. */
export const shows = (page, selector, text) => page.locator(selector).filter({ hasText: text }).first().waitFor();

export const cardOf = (page, title) => page.locator(".event").filter({ hasText: title }).last();

/** Goes on with Tab until a button of that name has the focus. */
export const tabTo = async (page, name) => {
  await page.locator("#scroll").focus();
  for (let i = 0; i < 60; i += 1) {
    if (await page.evaluate((wanted) => document.activeElement?.tagName === "BUTTON" && document.activeElement.textContent === wanted, name)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached the button ${name}`);
};

/** Every button, input and choice has a name that a screen reader can say. */
export const namedButtons = async (page) => {
  const controls = page.locator("button:visible, input:visible, select:visible");
  const nameless = [];
  for (const node of await controls.all()) {
    const named = await node.evaluate((each) => (each.getAttribute("aria-label") ?? [...(each.labels ?? [])].map((label) => label.textContent).join("") + each.textContent).trim());
    if (named === "") nameless.push(await node.evaluate((each) => each.outerHTML.slice(0, 120)));
  }
  same(nameless, []);
  ok((await controls.count()) >= 5, "controls are there at all");
};

/** Nothing is wider than the window, and the messages are not wider than their part of it. */
export const fits = async (page) => {
  const wide = await page.evaluate(() => [document.documentElement, document.querySelector("#scroll")].filter((node) => node.scrollWidth > node.clientWidth + 1).map((node) => `${node.id || node.tagName}: ${node.scrollWidth} in ${node.clientWidth}`));
  same(wide, []);
};

/** WCAG 2 contrast of every visible text against what lies behind it: 4.5 at least. */
export const allReadable = async (page) => {
  const { pale, seen } = await page.evaluate(() => {
    const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
    const light = ([r, g, b]) => [r, g, b].map((value) => value / 255).map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4)).reduce((sum, value, i) => sum + value * [0.2126, 0.7152, 0.0722][i], 0);
    const behind = (node) => {
      for (let at = node; at !== null; at = at.parentElement) {
        const colour = channels(getComputedStyle(at).backgroundColor);
        if (colour.length === 3 || colour[3] > 0.99) return colour;
      }
      return [255, 255, 255];
    };
    const found = { pale: [], seen: 0 };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.textContent.trim();
      const node = walker.currentNode.parentElement;
      if (text === "" || node.closest("script, .hidden, [hidden]") || !node.checkVisibility()) continue;
      found.seen += 1;
      const [a, b] = [light(channels(getComputedStyle(node).color)), light(behind(node))];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      if (contrast < 4.5) found.pale.push(`${text.slice(0, 30)}: ${contrast.toFixed(2)}`);
    }
    return found;
  });
  same(pale, []);
  ok(seen >= 20, `only ${seen} texts seen`);
};
