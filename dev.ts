import { spawn, type ChildProcess } from "node:child_process";
import { watch } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

// `npm run dev`: Muster from its sources, started again when one of them changes, and the pages, which change in the
// browser as their files do. Watchers such as tsx's kill a server that takes longer than 5 s to stop, which leaves its
// Postgres running: this one waits. The processes are in groups of their own, so that Ctrl-C reaches each once, through
// here: a server takes the second signal as the wish to end at once.

process.chdir(import.meta.dirname);

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, args, { detached: true, stdio: ["ignore", "inherit", "inherit"] });
}

let ending = false;
/** A server that was told to stop, and is not yet the one that knows the last change. */
let stopping = false;
let server = startServer();

function startServer(): ChildProcess {
  stopping = false;
  const started = start("--import", "tsx", "main.ts", "serve");
  // One that ended by itself would do so again: it waits for the next change.
  return started.once("exit", () => {
    if (stopping && !ending) server = startServer();
  });
}

function stopServer(): void {
  if (!stopping) server.kill("SIGTERM");
  stopping = true;
}

function restart(changed: string): void {
  if (ending || stopping) return;
  process.stdout.write(`${changed} changed: the server starts again.\n`);
  if (server.exitCode === null && server.signalCode === null) stopServer();
  else server = startServer();
}

// Folders and not files: many editors replace a file, and what watched the old one sees no further change.
const { include } = JSON.parse(await readFile("tsconfig.build.json", "utf8")) as { include: string[] };
const rooms = include.filter((name) => !name.endsWith(".ts"));
const inRooms = await Promise.all(
  rooms.map(async (room) => await readdir(room, { recursive: true, withFileTypes: true })),
);
const folders = inRooms.flat().filter((entry) => entry.isDirectory());
for (const folder of [".", ...rooms, ...folders.map(({ parentPath, name }) => join(parentPath, name))]) {
  watch(folder, (_event, name) => {
    if (name !== null && /^[^.].*\.(?:ts|sql)$/.test(name)) restart(join(folder, name));
  }).unref();
}

const pages = start("node_modules/vite/bin/vite.js", "--clearScreen", "false").once("exit", end);
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);

function end(): void {
  if (ending) return;
  ending = true;
  pages.kill("SIGTERM");
  stopServer();
}
