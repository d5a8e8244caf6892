import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestResult } from "./coverage.js";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The test files in which a row is named. */
export function filesNamingRows(named: RegExp): readonly string[] {
  return ["packages", "checks", "examples"].flatMap((area) => testFiles(join(root, area))).filter((file) => named.test(readFileSync(file, "utf8")));
}

function testFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return entry.name === "node_modules" || entry.name === "dist" ? [] : testFiles(join(folder, entry.name));
    return entry.name.endsWith(".test.ts") ? [join(folder, entry.name)] : [];
  });
}

/** What jest itself reports of the tests in these files whose titles `named` fits. `broken`: files that could not run at all. */
export async function runJest(files: readonly string[], named: string, within = root): Promise<{ readonly results: readonly TestResult[]; readonly broken: readonly string[] }> {
  const folder = mkdtempSync(join(tmpdir(), "vendors-"));
  const report = join(folder, "report.json");
  const options = ["--json", "--outputFile", report, "--silent", "--testNamePattern", named, "--maxWorkers", "2", ...(within === root ? [] : ["--rootDir", within]), ...(files.length > 0 ? ["--runTestsByPath", ...files] : [])];
  try {
    await new Promise<void>((resolve, reject) => {
      spawn(process.execPath, [join(root, "node_modules/jest/bin/jest.js"), ...options], { cwd: within, stdio: ["ignore", "ignore", "ignore"] }).on("exit", () => resolve()).on("error", reject);
    });
    return readReport(JSON.parse(readFileSync(report, "utf8")), within);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface JestReport {
  readonly testResults: readonly { readonly name: string; readonly status: string; readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[] }[];
}

function readReport({ testResults }: JestReport, within: string): { readonly results: readonly TestResult[]; readonly broken: readonly string[] } {
  return {
    results: testResults.flatMap(({ name, assertionResults }) => assertionResults.map(({ fullName, status }) => ({ file: relative(within, name), title: fullName, status }))),
    broken: testResults.filter(({ status, assertionResults }) => status === "failed" && assertionResults.length === 0).map(({ name }) => relative(within, name)),
  };
}
