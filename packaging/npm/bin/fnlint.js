#!/usr/bin/env node
// Runs the program of the package that npm installed for this system, with the same arguments, streams and exit code.
"use strict";
const { spawnSync } = require("node:child_process");

const name = `@fnlint/cli-${process.platform}-${process.arch}`;

function fail(why) {
  console.error(`fnlint: ${why}`);
  process.exit(2);
}

function program() {
  try {
    return require.resolve(`${name}/bin/fnlint`);
  } catch {
    const supported = Object.keys(require("../package.json").optionalDependencies);
    return fail(supported.includes(name)
      ? `the package ${name} is not installed; install fnlint without --omit=optional`
      : `there is no program for ${process.platform} on ${process.arch}, only ${supported.join(" and ")}`);
  }
}

const { error, signal, status } = spawnSync(program(), process.argv.slice(2), { stdio: "inherit" });
if (error) fail(error.message);
if (signal) process.kill(process.pid, signal);
else process.exitCode = status;
