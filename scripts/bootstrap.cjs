#!/usr/bin/env node
/*
 * Sets up whatever is missing (pnpm, dependencies, the build), then runs a script of this repository:
 *   node scripts/bootstrap.cjs [--run FILE [-- ARGUMENTS…]]
 * Plain old JavaScript without dependencies, so that it can say on any Node what is wrong. Progress goes to standard error,
 * because some of the scripts print one JSON document on standard output.
 */
"use strict";
var childProcess = require("child_process");
var crypto = require("crypto");
var fs = require("fs");
var path = require("path");

var root = path.join(__dirname, "..");
var manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
var NEED = [20, 19];

var version = process.versions.node.split(".").map(Number);
if (version[0] < NEED[0] || (version[0] === NEED[0] && version[1] < NEED[1])) {
  console.error("event-messaging needs Node " + NEED.join(".") + " or newer, and this is Node " + process.versions.node + ": install a newer Node and run the same command again.");
  process.exit(1);
}

install();
build();
run(process.argv.slice(2));

/* Dependencies are installed when the lockfile is not the one that was installed last. */
function install() {
  var stamp = path.join(root, "node_modules", ".event-messaging-lock");
  var wanted = digest(["pnpm-lock.yaml", "pnpm-workspace.yaml", "package.json"]);
  if (read(stamp) === wanted) return;
  say("Installing dependencies with " + manifest.packageManager + " (only the first time, about half a minute) …");
  step(npx(), ["--yes", manifest.packageManager, "install", "--frozen-lockfile", "--reporter", "append-only"], "The dependencies could not be installed. Check that the npm registry can be reached, then run the same command again.");
  fs.writeFileSync(stamp, wanted);
}

/* tsc knows what is up to date, so this costs a fraction of a second when nothing changed. */
function build() {
  var tsc = path.join(root, "node_modules", "typescript", "bin", "tsc");
  if (!fs.existsSync(path.join(root, "packages", "core", "dist", "esm", "index.js"))) say("Compiling …");
  step(process.execPath, [tsc, "-b"], "The sources do not compile; the messages above say where.");
}

function run(args) {
  if (args[0] !== "--run" || args[1] === undefined) return;
  var rest = args.slice(2).filter(function (arg, index) { return !(index === 0 && arg === "--"); });
  var child = childProcess.spawn(process.execPath, [path.join(root, args[1])].concat(rest), { cwd: root, stdio: "inherit" });
  ["SIGINT", "SIGTERM"].forEach(function (signal) { process.on(signal, function () { child.kill(signal); }); });
  child.on("exit", function (code, signal) { process.exitCode = signal ? 1 : code; });
}

/* Runs one step with its output on standard error; on failure says what to do and ends. */
function step(command, args, remedy) {
  var result = childProcess.spawnSync(command, args, { cwd: root, stdio: ["ignore", 2, 2], shell: process.platform === "win32", env: quiet() });
  if (result.status === 0) return;
  console.error(remedy);
  process.exit(1);
}

function npx() {
  return process.platform === "win32" ? "npx.cmd" : "npx";
}

/* Settings that npm puts into the environment of a script are not meant for the npm that is started from it. */
function quiet() {
  var env = {};
  Object.keys(process.env).forEach(function (name) { if (name.toLowerCase().indexOf("npm_config_") !== 0) env[name] = process.env[name]; });
  env.npm_config_update_notifier = "false";
  return env;
}

function digest(files) {
  var hash = crypto.createHash("sha256");
  files.forEach(function (file) { hash.update(fs.readFileSync(path.join(root, file))); });
  fs.readdirSync(path.join(root, "packages")).sort().forEach(function (name) { hash.update(read(path.join(root, "packages", name, "package.json"))); });
  return hash.digest("hex");
}

function read(file) {
  try {
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    return "";
  }
}

function say(text) {
  console.error(text);
}
