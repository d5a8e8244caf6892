import { runDemo } from "./demo.js";
const result = await runDemo({ now: () => new Date(), write: (line) => console.log(line) });
process.exitCode = result.ok ? 0 : 1;
