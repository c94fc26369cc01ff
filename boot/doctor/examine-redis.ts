import { Redis } from "ioredis";
import { type Finding, sentenceOf, warning, well, wrong } from "./finding.ts";

const answerMs = 5_000;

/** Looks at the Redis at `url`: whether it lets in, and whether it keeps what it is given. */
export async function examineRedis(url: string): Promise<Finding[]> {
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
    return [well("queue", "REDIS_URL leads to a Redis that answers."), ...(await examineKeeping(redis))];
  } catch (error) {
    return [wrong("queue", problemOf(reason ?? error, new URL(url)))];
  } finally {
    redis.disconnect();
  }
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

function problemOf(error: unknown, { hostname, port }: URL): string {
  const { code } = error as { code?: unknown };
  const place = `${hostname}:${port === "" ? "6379" : port}`;
  const message = sentenceOf(error);
  if (/^(NOAUTH|WRONGPASS|ERR invalid password|ERR AUTH)/.test(message)) {
    return "REDIS_URL is refused by Redis: its user and password do not let in.";
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return `REDIS_URL names the host "${hostname}", which cannot be found: check its spelling.`;
  }
  return `REDIS_URL leads to ${place}, where no Redis answers: start it, or correct host and port.`;
}
