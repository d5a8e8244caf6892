import { createHash } from "node:crypto";
import type { Reply } from "../server.js";
import { SCRIPT_LIVE } from "./script-live.js";
import { SCRIPT_MESSAGES } from "./script-messages.js";
import { STYLE } from "./style.js";

/** The script of the page as it is served: no library, nothing loaded from elsewhere. */
export const PAGE_SCRIPT = SCRIPT_MESSAGES + SCRIPT_LIVE;

const NAMES = { waha: "WAHA", zapi: "Z-API" } as const;

const htmlOf = (vendor: keyof typeof NAMES): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${NAMES[vendor]} simulator</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header><h1>${NAMES[vendor]} simulator</h1><span class="soft">Chats as a guest's phone shows them. Answer with a click.</span><span id="live" role="status">Connecting…</span></header>
<nav aria-label="Chats"><ul id="chats"></ul></nav>
<main>
<div id="head" hidden><div><h2 id="name"></h2><small id="about"></small></div><label>Phone of <select id="who"></select></label></div>
<form id="add" hidden><label>Phone <input id="phone" inputmode="tel" autocomplete="off" placeholder="351960000123"></label><label>Name <input id="guestname" autocomplete="off"></label><button type="submit">Use this phone</button></form>
<section id="scroll" tabindex="0" aria-label="Messages"><p id="empty">Nothing here yet. Send an event, a poll or a text through the API, and it appears here at once.</p><ol id="messages"></ol></section>
<form id="compose" hidden><div id="quoting" hidden><span id="quoted" class="quote"></span><button type="button" id="unquote" aria-label="Do not quote">×</button></div><label class="hidden" for="text">Message</label><input id="text" autocomplete="off" placeholder="Message"><button type="submit">Send</button></form>
<p id="status" role="status"></p>
</main>
<details id="log"><summary>What the vendor did</summary><ol id="lines" reversed></ol></details>
<script>${PAGE_SCRIPT}</script>
</body>
</html>
`;

const hashOf = (source: string): string => `'sha256-${createHash("sha256").update(source, "utf8").digest("base64")}'`;

/** Only this very script and style, and only this server: what a title might smuggle in would not run. */
const POLICY = ["default-src 'none'", `script-src ${hashOf(PAGE_SCRIPT)}`, `style-src ${hashOf(STYLE)}`, "connect-src 'self'", "img-src data:", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"].join("; ");

/** `GET /` of a simulator: its chats as a phone would show them, live, with buttons to answer. One document, nothing loaded from elsewhere. */
export const phonePage = (vendor: keyof typeof NAMES): Reply => ({
  status: 200,
  headers: { "content-security-policy": POLICY, "x-content-type-options": "nosniff", "referrer-policy": "no-referrer", "cache-control": "no-store" },
  text: htmlOf(vendor),
});
