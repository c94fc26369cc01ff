import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What speaks for nobody there, as the token of the environment. */
export const demoToken = "the-token-of-the-environment-of-a-demo";

/** Starts the demo with its data in `dataDir` and one worker slot; resolves when its batch is done and it keeps serving. */
export async function startDemo(
  dataDir: string,
  agent: { email: string; password: string },
): Promise<{ child: ChildProcess; address: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", "main.ts", "demo"], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      PORT: "0",
      MUSTER_DATA_DIR: dataDir,
      MUSTER_ADMIN_EMAIL: agent.email,
      MUSTER_ADMIN_PASSWORD: agent.password,
      MUSTER_ADMIN_API_KEY: demoToken,
      WORKER_CONCURRENCY: "1",
      LOG_LEVEL: "warn",
    },
  });
  let address = "";
  for await (const line of createInterface({ input: child.stdout })) {
    address = /serves (\S+)/.exec(line)?.[1] ?? address;
    if (line.includes("keeps serving")) return { child, address };
  }
  throw new Error("the demo ended before it served");
}
