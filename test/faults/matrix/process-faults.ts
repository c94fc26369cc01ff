import { setTimeout as pause } from "node:timers/promises";
import type { MusterProcess } from "../../support/processes.ts";
import type { Fault, Moment } from "./fault.ts";
import type { Stand } from "./stand.ts";
import { underRequests } from "./under-requests.ts";

const betweenKillsMs = 1_000;
const workerKills = 8;
/** Three times as long as the lock of a job. */
const frozenMs = 15_000;

/** Takes a worker by chance off the list of those that ought to run. */
function drawWorker({ workers }: Stand): MusterProcess {
  const [drawn] = workers.splice(Math.floor(Math.random() * workers.length), 1);
  if (drawn === undefined) throw new Error("no worker is left");
  return drawn;
}

async function restartApi(stand: Stand): Promise<void> {
  await stand.api.kill("SIGKILL");
  await stand.startApi();
}

const apiKilled = (during: string, moment: Moment): Fault => ({
  name: `api-killed-${during}`,
  does: `kill -9 of the api during ${during}; the agent asks again`,
  moment,
  strike: restartApi,
});

/** What happens to processes of ours. */
export const processFaults: Fault[] = [
  {
    name: "worker-killed",
    does: "kill -9 of one of three workers",
    async strike(stand) {
      await drawWorker(stand).kill("SIGKILL");
    },
  },
  {
    name: "worker-killed-again",
    does: "kill -9 of a worker every second or two, 8 times, each replaced",
    async strike(stand, again) {
      for (let kills = 0; kills < workerKills; kills += 1) {
        again();
        await drawWorker(stand).kill("SIGKILL");
        await stand.startWorker();
        await pause(betweenKillsMs);
      }
    },
  },
  {
    name: "all-killed",
    does: "kill -9 of all processes at once; all are started again",
    async strike(stand) {
      const workers = stand.workers.splice(0);
      await Promise.all([stand.api, ...workers].map((one) => one.kill("SIGKILL")));
      await Promise.all([stand.startApi(), ...workers.map(() => stand.startWorker())]);
    },
  },
  apiKilled("upload", "uploading"),
  apiKilled("planning", "planning"),
  apiKilled("apply", "applying"),
  apiKilled("download", "downloading"),
  {
    name: "worker-frozen",
    does: "SIGSTOP of a worker for 15 s, past the locks of its jobs, then SIGCONT",
    async strike({ workers }) {
      const pid = workers[0]?.pid ?? 0;
      process.kill(pid, "SIGSTOP");
      await pause(frozenMs);
      process.kill(pid, "SIGCONT");
    },
  },
  {
    name: "rolling-restart",
    does: "each process is replaced by a new one and stopped by SIGTERM, under requests",
    strike: (stand) =>
      underRequests(stand, async (untilBusy) => {
        const { api, workers } = { api: stand.api, workers: [...stand.workers] };
        await stand.startApi();
        await untilBusy(api.client);
        await api.kill("SIGTERM");
        for (const worker of workers) {
          await stand.startWorker();
          stand.workers.splice(stand.workers.indexOf(worker), 1);
          await worker.kill("SIGTERM");
        }
      }),
  },
];
