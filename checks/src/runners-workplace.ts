import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
export const root = fileURLToPath(new URL("../..", import.meta.url));
const PNPM = "pnpm@10.34.9";
const PACKED = ["core", "contract"] as const;

/** A stranger's folder, outside the workspace: our packages as npm users get them, and nothing else of this repository. */
export interface Workplace {
  readonly folder: string;
  /** What was packed: names of tarballs. */
  readonly tarballs: readonly string[];
  /** Libraries that the tarballs ask for, from this repository's own node_modules. */
  readonly libraries: number;
  /** Compiles a project in the folder, with the types that are installed there. Resolves with the compiler's words, none when it compiles. */
  compile(project: string): Promise<string>;
  remove(): Promise<void>;
}

/**
 * Packs core and the contract suite with `pnpm pack` and installs the tarballs with `npm install --offline` into a fresh
 * temporary folder. The libraries that core depends on are installed from copies, so that no network is needed. Needs the build.
 */
export async function openWorkplace(): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), "stranger-"));
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const npx = process.platform === "win32" ? "npx.cmd" : "npx";
  const dependencies: Record<string, string> = {};
  const tarballs = await Promise.all(PACKED.map(async (name) => {
    const { stdout } = await run(npx, ["--yes", PNPM, "pack", "--json", "--pack-destination", folder], { cwd: join(root, "packages", name), env: quiet() });
    const { filename }: { readonly filename: string } = JSON.parse(stdout.slice(stdout.indexOf("{")));
    const tarball = filename.replace(/^.*[\\/]/, "");
    dependencies[`@event-messaging/${name}`] = `file:${tarball}`;
    return tarball;
  }));
  const libraries = await librariesOf([...await dependenciesOf(join(root, "packages", "core")), [join(root, "node_modules"), "@types/node"]]);
  await Promise.all([...libraries].map(async ([name, from]) => {
    await cp(from, join(folder, "libraries", name), { recursive: true, dereference: true, filter: (path) => !path.slice(from.length).includes("node_modules") });
    // npm would want what a linked library needs for its own development, too.
    const manifest = join(folder, "libraries", name, "package.json");
    const { devDependencies: _unwanted, ...published }: Readonly<Record<string, unknown>> = JSON.parse(await readFile(manifest, "utf8"));
    await writeFile(manifest, JSON.stringify(published));
    dependencies[name] = `file:libraries/${name}`;
  }));
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "stranger", private: true, type: "module", dependencies }));
  await run(npm, ["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund", "--cache", join(folder, "cache")], { cwd: folder, env: quiet() });
  return {
    folder, tarballs, libraries: libraries.size,
    async compile(project) {
      const tsc = [join(root, "node_modules", "typescript", "bin", "tsc"), "-p", join(folder, project), "--pretty", "false"];
      return run(process.execPath, tsc, { cwd: folder }).then(() => "", ({ stdout, stderr }: { readonly stdout: string; readonly stderr: string }) => `${stdout}${stderr}`);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

type Wanted = readonly [from: string, name: string];

/** The dependencies of a package, and the node_modules folder where it finds them. */
async function dependenciesOf(path: string, modules = join(path, "node_modules")): Promise<readonly Wanted[]> {
  const { dependencies = {} }: { readonly dependencies?: Readonly<Record<string, string>> } = JSON.parse(await readFile(join(path, "package.json"), "utf8"));
  return Object.keys(dependencies).map((name) => [modules, name]);
}

/** Everything that is needed, by name. pnpm puts what a package depends on beside it. */
async function librariesOf(wanted: readonly Wanted[], found = new Map<string, string>()): Promise<ReadonlyMap<string, string>> {
  for (const [modules, name] of wanted) {
    const path = await realpath(join(modules, name));
    const known = found.get(name);
    if (known !== undefined && known !== path) throw new Error(`two versions of ${name} are needed, and one folder holds one`);
    if (known !== undefined) continue;
    found.set(name, path);
    await librariesOf(await dependenciesOf(path, name.startsWith("@") ? dirname(dirname(path)) : dirname(path)), found);
  }
  return found;
}

/** What npm and pnpm put into the environment of a script is not meant for those that are started from it. */
function quiet(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) && name !== "INIT_CWD"));
}
