import { atWork, startProcess, type MusterProcess } from "../support/processes.ts";

/** Starts processes of one installation, and kills those that still run. */
export type Starter = {
  start(command: "api" | "worker", more?: Record<string, string>): Promise<MusterProcess>;
  killAll(): Promise<void>;
};

/** The bearer token of every installation of the tests. */
export const adminKey = "the-environment-token-of-the-faults-0123456789";

/** The settings of every process of an installation over these stores; without a Redis the queue is in the database. */
export function environmentOf(databaseUrl: string, redisUrl: string | undefined): Record<string, string> {
  return {
    DATABASE_URL: databaseUrl,
    MUSTER_SECRET_KEY: "the secret key of the faults, of 32 letters and more",
    MUSTER_ADMIN_API_KEY: adminKey,
    MUSTER_ADMIN_EMAIL: "admin@muster.example",
    MUSTER_ADMIN_PASSWORD: "correct horse battery",
    PORT: "0",
    ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
  };
}

/** Makes a starter of processes of the Muster that is built in `cwd`. */
export function makeStarter(environment: Record<string, string>, cwd: string): Starter {
  const processes: MusterProcess[] = [];
  return {
    async start(command, more = {}) {
      const started = await startProcess({
        command: ["node", "dist/main.js", command],
        environment: { ...environment, ...more },
        readyWhen: atWork[command],
        cwd,
      });
      processes.push(started);
      return started;
    },
    async killAll() {
      await Promise.all(processes.map((one) => one.kill("SIGKILL")));
    },
  };
}
