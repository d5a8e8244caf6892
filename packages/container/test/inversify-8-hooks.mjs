// "inversify" means the alias of version 8, for every importer; TypeScript of this folder is stripped by esbuild.
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { transform } from "esbuild";

export function resolve(specifier, context, next) {
  if (specifier === "inversify") return next("inversify-8", { ...context, parentURL: import.meta.url });
  if (specifier.startsWith("./") && specifier.endsWith(".js") && context.parentURL?.endsWith(".ts")) return next(specifier.replace(/\.js$/, ".ts"), context);
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith(".ts")) return next(url, context);
  const { code } = await transform(await readFile(fileURLToPath(url), "utf8"), { loader: "ts", format: "esm", target: "es2022", tsconfigRaw: { compilerOptions: { experimentalDecorators: true } } });
  return { format: "module", source: code, shortCircuit: true };
}
