#!/usr/bin/env node
import { readClientSettings } from "./client-settings.ts";
import manifest from "./package.json" with { type: "json" };
import { runProgram } from "./run-program.ts";

const parts = { version: manifest.version, settings: readClientSettings };
process.exitCode = await runProgram(process.argv.slice(2), parts, process);
