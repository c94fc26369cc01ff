import { Redis } from "ioredis";
import type { Database } from "../../db/open-database.ts";
import { installationName } from "../../core/installation-name.ts";
import { redisUrl } from "../support/queue-backends.ts";

/** All that the queue holds, as text: every row of its tables, or every key on Redis with its value. */
export async function queueStorage(db: Database): Promise<string> {
  if (redisUrl === undefined) return [...(await tablesAsText(db, "bullmq")).values()].join("\n");
  const redis = new Redis(redisUrl);
  try {
    const keys = await redis.keys(`${await installationName(db)}*`);
    return (await Promise.all(keys.map(async (key) => `${key} ${await valueOf(redis, key)}`))).join("\n");
  } finally {
    redis.disconnect();
  }
}

/** Every row of every table of a schema, as text, by the names of the tables. */
export async function tablesAsText(db: Database, schema: string): Promise<Map<string, string>> {
  const tables = await db.sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = ${schema}`;
  const texts = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await db.pool.query<{ line: string }>(`select one::text as line from ${schema}."${name}" one`);
      return [name, rows.map(({ line }) => `${name} ${line}`).join("\n")] as const;
    }),
  );
  return new Map(texts);
}

async function valueOf(redis: Redis, key: string): Promise<string> {
  const type = await redis.type(key);
  switch (type) {
    case "string":
      return (await redis.get(key)) ?? "";
    case "hash":
      return JSON.stringify(await redis.hgetall(key));
    case "list":
      return JSON.stringify(await redis.lrange(key, 0, -1));
    case "set":
      return JSON.stringify(await redis.smembers(key));
    case "zset":
      return JSON.stringify(await redis.zrange(key, "0", "-1"));
    case "stream":
      return JSON.stringify(await redis.xrange(key, "-", "+"));
    case "none":
      return "";
    default:
      throw new Error(`a key of the queue is of the unknown type ${type}`);
  }
}
