import { setTimeout as pause } from "node:timers/promises";
import { queueHomes, type Fault, type QueueHome } from "./fault.ts";

const silentMs = 5_000;
const limitMs = 30_000;

const names: Record<QueueHome, string> = { postgres: "Postgres", redis: "Redis" };

function silence(of: "api" | "worker", before: QueueHome): Fault {
  return {
    name: `${of}-${before}-silent`,
    does: `the connections of ${of === "api" ? "the api" : "all workers"} to ${names[before]} go silent; new ones get through after 5 s`,
    ...(before === "redis" ? { only: before } : {}),
    preparation: { proxy: { of, before } },
    limitMs,
    async strike({ proxy }) {
      proxy?.goSilent();
      await pause(silentMs);
      proxy?.comeBack();
    },
  };
}

/** Connections whose bytes are swallowed, and which nobody closes. */
export const silenceFaults: Fault[] = queueHomes.flatMap((before) => [
  silence("worker", before),
  silence("api", before),
]);
