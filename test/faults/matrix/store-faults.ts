import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import { Client } from "pg";
import type { RedisServer } from "../../support/redis-server.ts";
import type { Fault } from "./fault.ts";
import { killBackends } from "./kill-backends.ts";
import type { OwnPostgres } from "./own-postgres.ts";
import type { Stand } from "./stand.ts";

const longAwayMs = 60_000;
const backendKills = 20;
const idleConnections = 300;
const leastHeld = 50;
/** The code of Postgres where it takes no more. */
const tooManyConnections = "53300";
const heldMs = 20_000;
const fullMs = 10_000;

function postgresOf({ postgres }: Stand): OwnPostgres {
  if (postgres === undefined) throw new Error("the Postgres of this stand is not ours to stop");
  return postgres;
}

function redisOf({ redis }: Stand): RedisServer {
  if (redis === undefined) throw new Error("this stand has no Redis");
  return redis;
}

async function askRedis(stand: Stand, ask: (redis: Redis) => Promise<unknown>): Promise<void> {
  const redis = new Redis(redisOf(stand).url);
  try {
    await ask(redis);
  } finally {
    redis.disconnect();
  }
}

/**
 * Takes all connections that Postgres has left, and gives the key to them.
 * @throws Error where these were few, or not all.
 */
async function holdConnections({ appUrl }: Stand): Promise<() => Promise<void>> {
  const clients = Array.from({ length: idleConnections }, () => {
    const client = new Client({ connectionString: appUrl });
    client.on("error", () => {});
    return client;
  });
  const asked = await Promise.allSettled(clients.map((client) => client.connect()));
  const refusals = asked
    .filter((one) => one.status === "rejected")
    .map(({ reason }) => reason as Error & { code?: string });
  const held = asked.length - refusals.length;
  if (held < leastHeld || refusals.length === 0 || refusals.some(({ code }) => code !== tooManyConnections)) {
    throw new Error(`Postgres, which ought to be full, holds ${held} idle connections: ${refusals[0]?.message}`);
  }
  return async () => void (await Promise.allSettled(clients.map((client) => client.end())));
}

const postgresFaults: Fault[] = [
  {
    name: "postgres-restarted",
    does: "Postgres stopped at once, without a checkpoint, and started again",
    async strike(stand) {
      await postgresOf(stand).crash();
      await postgresOf(stand).start();
    },
  },
  {
    name: "postgres-away",
    does: "Postgres stopped at once and away for 60 s",
    outage: true,
    async strike(stand) {
      await postgresOf(stand).crash();
      await pause(longAwayMs);
      await postgresOf(stand).start();
    },
  },
  {
    name: "backends-killed",
    does: "a connection to Postgres by chance terminated every quarter of a second, 20 times",
    strike: ({ db }) => killBackends(db, backendKills),
  },
  {
    name: "idle-connections",
    does: "300 idle connections asked of Postgres, which takes 200 in all: what it has left is held for 20 s",
    async strike(stand) {
      const release = await holdConnections(stand);
      await pause(heldMs);
      await release();
    },
  },
];

const redisFaults: Fault[] = [
  {
    name: "redis-killed",
    does: "kill -9 of Redis, started again at once",
    async strike(stand) {
      await redisOf(stand).kill();
      await redisOf(stand).start();
    },
  },
  {
    name: "redis-flushed",
    does: "FLUSHALL of Redis",
    strike: (stand) => askRedis(stand, (redis) => redis.flushall()),
  },
  {
    name: "redis-away",
    does: "kill -9 of Redis, away for 60 s",
    outage: true,
    async strike(stand) {
      await redisOf(stand).kill();
      await pause(longAwayMs);
      await redisOf(stand).start();
    },
  },
  {
    name: "redis-full",
    does: "Redis has no memory left for 10 s (maxmemory 1, noeviction)",
    outage: true,
    strike: (stand) =>
      askRedis(stand, async (redis) => {
        await redis.config("SET", "maxmemory", "1");
        await pause(fullMs);
        await redis.config("SET", "maxmemory", "0");
      }),
  },
];

/** What happens to the stores. */
export const storeFaults: Fault[] = [
  ...postgresFaults,
  ...redisFaults.map((fault): Fault => ({ ...fault, only: "redis" })),
];
