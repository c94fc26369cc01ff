import { Redis } from "ioredis";
import type { Database } from "../../db/open-database.ts";
import { installationName } from "../../core/installation-name.ts";
import { redisUrl } from "../support/queue-backends.ts";

/** All that the queue holds, as text: every row of its tables, or every key on Redis with its value. */
export async function queueStorage(db: Database): Promise<string> {
  if (redisUrl === undefined) {
    const tables = [...(await columnsAsText(db, "bullmq")).values()];
    return tables.flatMap((columns) => [...columns.values()]).join("\n");
  }
  const redis = new Redis(redisUrl);
  try {
    const keys = await redis.keys(`${await installationName(db)}*`);
    return (await Promise.all(keys.map(async (key) => `${key} ${await valueOf(redis, key)}`))).join("\n");
  } finally {
    redis.disconnect();
  }
}

/** Every value of every table of a schema, as text, by the names of the tables and of their columns; an empty table has none. */
export async function columnsAsText(db: Database, schema: string): Promise<Map<string, Map<string, string>>> {
  const tables = await db.sql<{ name: string }[]>`select tablename as name from pg_tables where schemaname = ${schema}`;
  const texts = await Promise.all(
    tables.map(async ({ name }) => {
      const { rows } = await db.pool.query<{ key: string; text: string }>(
        `select pair.key, coalesce(string_agg(pair.value, E'\\n'), '') as text
         from ${schema}."${name}" one cross join jsonb_each_text(to_jsonb(one)) pair group by pair.key`,
      );
      return [name, new Map(rows.map(({ key, text }) => [key, text]))] as const;
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
