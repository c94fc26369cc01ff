import type { Redis } from "ioredis";
import { onRedis } from "../on-redis.ts";
import { type Finding, sentenceOf, warning, well, wrong } from "./finding.ts";

/** Looks at the Redis at `url`: whether it lets in, and whether it keeps what it is given. */
export async function examineRedis(url: string): Promise<Finding[]> {
  try {
    return await onRedis(url, async (redis) => [
      well("queue", `REDIS_URL leads to a Redis ${await versionOf(redis)} that answers.`),
      ...(await examineKeeping(redis)),
    ]);
  } catch (error) {
    return [wrong("queue", sentenceOf(error))];
  }
}

/** BullMQ asks for it in the same way, and does not start without. */
async function versionOf(redis: Redis): Promise<string> {
  return /^redis_version:(\S+)/m.exec(await redis.info("server"))?.[1] ?? "of unknown version";
}

/** Who may not ask for the settings, as with hired ones, is told nothing of them. */
async function examineKeeping(redis: Redis): Promise<Finding[]> {
  const given = (await redis.config("GET", "maxmemory-policy").catch(() => [])) as string[];
  const policy = given[1];
  if (policy === undefined || policy === "noeviction") return [];
  return [
    warning(
      "queue",
      `Redis throws away keys when its memory is full (maxmemory-policy ${policy}), jobs among them.`,
      "Set maxmemory-policy to noeviction.",
    ),
  ];
}
