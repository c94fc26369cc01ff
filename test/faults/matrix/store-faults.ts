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

/** Takes what connections Postgres has left, up to `idleConnections`, and gives the key to them. */
async function holdConnections({ appUrl }: Stand): Promise<() => Promise<void>> {
  const clients = Array.from({ length: idleConnections }, () => {
    const client = new Client({ connectionString: appUrl });
    client.on("error", () => {});
    return client;
  });
  await Promise.allSettled(clients.map((client) => client.connect()));
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
    async strike(stand) {
      await postgresOf(stand).crash();
      await pause(longAwayMs);
      await postgresOf(stand).start();
    },
  },
  {
    name: "backends-killed",
    does: "a connection to Postgres by chance terminated every quarter of a second, 20 times",
    goesOn: true,
    strike: ({ db }) => killBackends(db, backendKills),
  },
  {
    name: "idle-connections",
    does: "300 idle connections asked of Postgres, which takes 200, and held for 20 s",
    goesOn: true,
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
    async strike(stand) {
      await redisOf(stand).kill();
      await pause(longAwayMs);
      await redisOf(stand).start();
    },
  },
  {
    name: "redis-full",
    does: "Redis has no memory left for 10 s (maxmemory 1, noeviction)",
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
