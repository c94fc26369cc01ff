import { execFileSync } from "node:child_process";

/** Compiles the sources to `dist/`, from which the processes of an installation run; those that run from there would break. */
export function buildServer(): void {
  execFileSync("npm", ["run", "--silent", "build:server"], { stdio: "inherit" });
}
