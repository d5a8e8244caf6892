// Runs the cases of behaviour.ts on the built packages with inversify 8. Prints one JSON document; exits 0 when all pass.
import { register } from "node:module";

register("./inversify-8-hooks.mjs", import.meta.url);
const { BEHAVIOUR } = await import("./behaviour.ts");
const { Container } = await import("inversify");
// The alias of 8 is an ES module with loadAsync; 7 has loadSync. Running on the wrong one must not pass.
const prototype = Container.prototype;
const inversify = "loadAsync" in prototype && !("loadSync" in prototype) ? 8 : 7;

const results = [];
for (const [title, run] of Object.entries(BEHAVIOUR)) {
  try {
    await run();
    results.push({ title, passed: true });
  } catch (error) {
    results.push({ title, passed: false, error: String(error) });
  }
}
console.log(JSON.stringify({ inversify, results }));
process.exitCode = inversify === 8 && results.length > 0 && results.every(({ passed }) => passed) ? 0 : 1;
