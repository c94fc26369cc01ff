import { spawn } from "node:child_process";
import { once } from "node:events";

// `npm run dev`: Muster from its sources, started again when one of them changes, and the pages, which change in the
// browser as their files do. Both end with one of them, or with a signal, and npm waits until they have: a Postgres that
// still stops would be in the way of the next start. They are process groups of their own, so that Ctrl-C reaches each
// once, through here: tsx kills at the second signal.
const parts = [
  ["node_modules/tsx/dist/cli.mjs", "watch", "--clear-screen=false", "main.ts", "serve"],
  ["node_modules/vite/bin/vite.js", "--clearScreen", "false"],
].map((args) =>
  spawn(process.execPath, args, {
    cwd: import.meta.dirname,
    detached: true,
    stdio: ["ignore", "inherit", "inherit"],
  }),
);
let ending = false;
const endBoth = () => {
  if (!ending) for (const part of parts) part.kill("SIGTERM");
  ending = true;
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, endBoth);
await Promise.race(parts.map((part) => once(part, "exit")));
endBoth();
