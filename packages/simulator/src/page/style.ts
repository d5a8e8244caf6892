/** The page's only style sheet: light and dark by the reader's own setting, from 320 px upwards. */
export const STYLE = `
:root { color-scheme: light dark; --back: #ece5dd; --panel: #ffffff; --line: #d6d0c8; --text: #14191c; --soft: #55616a; --in: #ffffff; --out: #d9fdd3; --accent: #00725c; --on-accent: #ffffff; --bad: #b3261e; --tile: #f3efe9; }
@media (prefers-color-scheme: dark) { :root { --back: #0b141a; --panel: #111b21; --line: #2c3a42; --text: #e9edef; --soft: #b6c4cb; --in: #1f2c33; --out: #064d40; --accent: #27c9a0; --on-accent: #06231b; --bad: #ff9d94; --tile: #15222a; } }
* { box-sizing: border-box; }
html, body { height: 100%; margin: 0; }
body { font: 15px/1.4 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; background: var(--back); color: var(--text); display: grid; grid-template: auto minmax(0, 1fr) / 15.5rem minmax(0, 1fr) minmax(0, 22rem); height: 100dvh; overflow-wrap: anywhere; }
h1, h2, p, ol, ul, dl, dd, fieldset, legend { margin: 0; padding: 0; border: 0; list-style: none; }
button, input, select { font: inherit; color: inherit; }
button { cursor: pointer; background: transparent; border: 1px solid var(--line); border-radius: 1rem; padding: .35rem .8rem; min-height: 2.2rem; }
button:hover { border-color: var(--accent); }
button:disabled { cursor: default; opacity: .55; }
input, select { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .35rem .5rem; min-height: 2.2rem; min-width: 0; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
[hidden] { display: none !important; }
body > header { grid-column: 1 / -1; display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: center; padding: .55rem .9rem; background: var(--panel); border-bottom: 1px solid var(--line); }
h1 { font-size: 1rem; }
#live { margin-left: auto; color: var(--soft); font-size: .85rem; }
#live::before { content: ""; display: inline-block; width: .6rem; height: .6rem; border-radius: 50%; background: var(--bad); margin-right: .4rem; }
#live[data-on]::before { background: var(--accent); }
nav { background: var(--panel); border-right: 1px solid var(--line); overflow: auto; }
nav button { display: block; width: 100%; text-align: left; border: 0; border-bottom: 1px solid var(--line); border-radius: 0; padding: .6rem .9rem; }
nav button:focus-visible { outline-offset: -3px; }
nav button[aria-current] { background: var(--tile); box-shadow: inset 4px 0 var(--accent); }
nav b, nav small { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
small, .soft { color: var(--soft); font-size: .82rem; }
main { display: flex; flex-direction: column; min-width: 0; min-height: 0; }
#head { display: flex; flex-wrap: wrap; gap: .4rem .8rem; align-items: center; padding: .5rem .9rem; background: var(--panel); border-bottom: 1px solid var(--line); }
#head h2 { font-size: 1rem; }
#head > div { flex: 1 1 9rem; min-width: 0; }
#head label, #add label, .extra { display: inline-flex; gap: .45rem; align-items: center; }
#add { display: flex; flex-wrap: wrap; gap: .5rem; padding: .5rem .9rem; background: var(--panel); border-bottom: 1px solid var(--line); }
#head label { max-width: 100%; }
select { max-width: min(15rem, 100%); text-overflow: ellipsis; }
#add input { width: 9.5rem; }
#scroll { flex: 1; overflow: auto; padding: .8rem; min-height: 0; }
#messages { max-width: 38rem; margin: 0 auto; display: flex; flex-direction: column; gap: .5rem; }
.day { align-self: center; background: var(--panel); color: var(--soft); border-radius: .6rem; padding: .1rem .7rem; font-size: .8rem; }
.message { align-self: flex-start; max-width: min(30rem, 92%); background: var(--in); border-radius: .2rem .9rem .9rem .9rem; padding: .5rem .7rem; box-shadow: 0 1px 1px rgb(0 0 0 / .18); }
.message.mine { align-self: flex-end; background: var(--out); border-radius: .9rem .2rem .9rem .9rem; }
.event.message, .poll.message { width: min(25rem, 94%); }
.from { color: var(--accent); font-weight: 600; font-size: .85rem; }
.foot { display: flex; justify-content: space-between; align-items: end; gap: .5rem; margin-top: .35rem; }
.meta { margin-left: auto; color: var(--soft); font-size: .75rem; }
.top { display: flex; gap: .7rem; margin-top: .25rem; }
.tile { flex: none; width: 3.1rem; height: 3.3rem; text-align: center; background: var(--tile); border: 1px solid var(--line); border-radius: .5rem; overflow: hidden; }
.tile span { display: block; background: var(--accent); color: var(--on-accent); font-size: .7rem; text-transform: uppercase; }
.tile b { font-size: 1.35rem; }
.title { font-weight: 650; font-size: 1.05rem; }
.canceled .title, .canceled .when { text-decoration: line-through; }
.label { display: inline-block; border-radius: .4rem; padding: 0 .4rem; font-size: .78rem; font-weight: 600; border: 1px solid currentcolor; margin-right: .3rem; }
.label.bad { color: var(--bad); }
.description { margin-top: .4rem; white-space: pre-wrap; }
.answers { border-top: 1px solid var(--line); margin-top: .5rem; padding-top: .4rem; font-size: .9rem; }
.answers div { display: flex; gap: .5rem; }
.answers dt { color: var(--soft); flex: none; min-width: 6.4rem; }
.do { display: flex; flex-wrap: wrap; gap: .4rem; margin-top: .5rem; align-items: center; }
.do button[aria-pressed=true] { background: var(--accent); color: var(--on-accent); border-color: var(--accent); font-weight: 600; }
.extra input { width: 4rem; }
.options { display: grid; gap: .35rem; margin-top: .4rem; }
.options button { width: 100%; border-radius: .6rem; text-align: left; display: grid; grid-template-columns: 1.2rem 1fr auto; gap: .1rem .5rem; }
.options button::before { content: ""; width: 1rem; height: 1rem; margin-top: .15rem; border: 2px solid var(--soft); border-radius: 50%; }
.options button[aria-pressed=true]::before { background: var(--accent); border-color: var(--accent); }
.options meter { grid-column: 2 / -1; width: 100%; height: .5rem; }
.options small { grid-column: 2 / -1; }
.quote { border-left: 4px solid var(--accent); background: var(--tile); border-radius: .3rem; padding: .2rem .5rem; font-size: .85rem; color: var(--soft); margin: .2rem 0; }
.text { white-space: pre-wrap; }
.revoked { font-style: italic; color: var(--soft); }
details { font-size: .85rem; margin-top: .3rem; }
summary { cursor: pointer; color: var(--soft); }
.reply { padding: 0 .5rem; min-height: 1.6rem; font-size: .8rem; }
::placeholder { color: var(--soft); opacity: 1; }
#compose { display: grid; grid-template-columns: 1fr auto; gap: .4rem; padding: .5rem .9rem; background: var(--panel); border-top: 1px solid var(--line); }
#quoting { grid-column: 1 / -1; display: flex; justify-content: space-between; gap: .5rem; align-items: center; }
#compose button[type=submit] { background: var(--accent); color: var(--on-accent); border-color: var(--accent); font-weight: 600; }
#status { min-height: 1.6rem; padding: 0 .9rem .3rem; background: var(--panel); font-size: .85rem; color: var(--soft); }
#status.bad { color: var(--bad); }
#empty { max-width: 30rem; margin: 2rem auto; text-align: center; color: var(--soft); }
#log { background: var(--panel); border-left: 1px solid var(--line); margin: 0; padding: .5rem .7rem; overflow: auto; min-height: 0; }
#log ol { font: .74rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; margin-top: .3rem; }
#log li { border-bottom: 1px solid var(--line); padding: .12rem 0; }
#log li.bad { color: var(--bad); }
@media (max-width: 65rem) { body { grid-template: auto minmax(0, 1fr) auto / 15.5rem minmax(0, 1fr); } #log { grid-column: 1 / -1; border: 0; border-top: 1px solid var(--line); max-height: 30dvh; } }
@media (max-width: 45rem) { body { grid-template: auto auto minmax(0, 1fr) auto / minmax(0, 1fr); } body > header .soft { display: none; } #head { gap: .3rem; } #about { display: block; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } nav { border: 0; border-bottom: 1px solid var(--line); } nav ul { display: flex; } nav button { border: 0; width: auto; max-width: 13rem; padding: .35rem .8rem; } nav button[aria-current] { box-shadow: inset 0 -3px var(--accent); } #scroll { padding: .5rem; } .message { max-width: 97%; } .event.message, .poll.message { width: 97%; } }
@media (prefers-reduced-motion: no-preference) { #scroll { scroll-behavior: smooth; } }
`;
