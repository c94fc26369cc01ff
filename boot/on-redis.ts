import { Redis } from "ioredis";
import { addressFault, addressProblem } from "../db/address-problem.ts";

const answerMs = 5_000;

/**
 * Gives what `ask` makes of one connection to the Redis at `url`, which has answered and is closed after that.
 * @throws Error of one sentence that names REDIS_URL and what is wrong with it
 */
export async function onRedis<T>(url: string, ask: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, {
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: answerMs,
    commandTimeout: answerMs,
  });
  // The client reports apart from its answers why it could not connect.
  let reason: unknown;
  redis.on("error", (error) => (reason ??= error));
  try {
    await redis.connect();
    await redis.ping();
    return await ask(redis);
  } catch (error) {
    throw redisProblem(reason ?? error, url);
  } finally {
    redis.disconnect();
  }
}

function redisProblem(error: unknown, url: string): Error {
  const told = error instanceof Error ? error.message : "";
  const refused = /^(NOAUTH|WRONGPASS|NOPERM|ERR invalid password|ERR AUTH)/.test(told);
  const fault = refused ? "refused" : (addressFault(error) ?? "no_answer");
  return addressProblem(fault, "REDIS_URL", "Redis", url);
}
