import { runCheck } from "./report.js";
import { openWorkplace, type Workplace } from "./runners-workplace.js";
import { buildAcme, planted, runAcme, tryScaffold } from "./runners-strange-work.js";

const FEWEST = { small: 250, full: 750 } as const;
const FEWEST_TO_DOS = 10;

/**
 * `npm run -s check:stranger -- --json`: somebody who has only what npm gives adds a provider. Core and the contract suite are
 * packed and installed outside the workspace, without network; `examples/acme-provider` is compiled there and passes its
 * contract test; a provider of the scaffold compiles there and fails with its to-do list. `--size small`: one configuration.
 */
await runCheck("stranger", async ({ size, progress }) => {
  const workplace = await openWorkplace();
  try {
    progress(`${workplace.tarballs.join(", ")} and ${workplace.libraries} libraries are installed in a folder of their own`);
    return await found(workplace, size, progress);
  } finally {
    await workplace.remove();
  }
});

async function found(workplace: Workplace, size: "small" | "full", progress: (text: string) => void) {
  const compiled = await buildAcme(workplace);
  const [acme, scaffold] = await Promise.all([runAcme(workplace, size === "full" ? "contract" : "first"), tryScaffold(workplace)]);
  progress(`acme: ${acme.passed} cases passed, ${acme.skipped} skipped, ${acme.failed} failed`);
  progress(`scaffold: ${scaffold.toDos} things to do`);
  const defects = await planted(workplace);
  const missed = defects.filter(({ caught }) => !caught).map(({ name }) => name);
  return {
    ok: compiled === "" && acme.failed === 0 && acme.passed >= FEWEST[size] && scaffold.compiles && scaffold.fails && scaffold.toDos >= FEWEST_TO_DOS,
    tarballs: workplace.tarballs, libraries: workplace.libraries,
    acme: { compiles: compiled === "", ...(compiled !== "" && { words: compiled.split("\n").slice(0, 10) }), ...acme },
    scaffold,
    planted: { tried: defects.length, caught: defects.length - missed.length },
    missed,
  };
}
