import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { makeClient, type CallRoute, type WireAnswer, type WireRequest } from "../contract/client.ts";
import { RequestFailed, unreachable } from "../contract/request-failed.ts";
import type { ServerAddress } from "./read-server.ts";
import { readWhole } from "./read-whole.ts";
import { withinTime } from "./within-time.ts";

/** The server, as the command reaches it. */
export type ServerClient = ServerAddress & {
  /** Calls a route. What broke off is sent again, under the same idempotency key, for half a minute. */
  call: CallRoute<AbortSignal>;
  /** Opens the answer to a GET, or to a POST of `body`, for what is too long to be held. @throws RequestFailed `unreachable` */
  open(address: string, body?: object): Promise<Response>;
  /** Aborts when the person who waits has had enough. */
  stop: AbortSignal;
};

type Asked = { method?: string; headers?: Record<string, string>; body?: string };

const betweenMs = 500;

/** Opens a client of one server. A server that never answered is not waited for: the address is wrong more often than not. */
export function serverClient(
  { server, key }: ServerAddress,
  stop: AbortSignal,
  { patienceMs = 30_000, silenceMs = 30_000 }: { patienceMs?: number; silenceMs?: number } = {},
): ServerClient {
  let answered = false;

  async function ask(address: string, { headers, ...init }: Asked, signal: AbortSignal): Promise<Response> {
    return await fetch(`${server}${address}`, {
      ...init,
      headers: { ...headers, authorization: `Bearer ${key}` },
      redirect: "manual",
      signal,
    });
  }

  /** Waits for silence to end, but not for ever: what is never answered is as good as away. */
  async function orUnreachable<T>(act: (signal: AbortSignal) => Promise<T>): Promise<T> {
    return await withinTime(silenceMs, stop, act).catch((error: unknown) => {
      stop.throwIfAborted();
      throw error instanceof RequestFailed ? error : unreachable();
    });
  }

  async function send({ method, address, headers, body }: WireRequest<AbortSignal>): Promise<WireAnswer> {
    const init: Asked = { method, headers, ...(body === undefined ? {} : { body }) };
    const end = performance.now() + patienceMs;
    for (let tries = 1; ; tries++) {
      const answer = await orUnreachable(async (signal) => readAll(await ask(address, init, signal))).catch(
        (error: unknown) => {
          if (!answered || performance.now() > end) throw error;
          return null;
        },
      );
      answered ||= answer !== null;
      if (answer !== null && (!passes(answer, tries) || performance.now() > end)) return answer;
      await pause(betweenMs, undefined, { signal: stop });
    }
  }

  return {
    server,
    key,
    call: makeClient<AbortSignal>({ strange: true, send, randomKey: randomUUID }),
    open: (address, body) => orUnreachable(() => ask(address, body === undefined ? {} : posted(body), stop)),
    stop,
  };
}

function posted(body: object): Asked {
  const headers = { "content-type": "application/json", "idempotency-key": randomUUID() };
  return { method: "POST", headers, body: JSON.stringify(body) };
}

async function readAll({ status, headers, body }: Response): Promise<WireAnswer> {
  return { status, contentType: headers.get("content-type"), text: await readWhole(body) };
}

/** Whether another try may end better: a server or proxy that is starting, or our own first try that is still at work. */
function passes({ status, text }: WireAnswer, tries: number): boolean {
  return [502, 503, 504].includes(status) || (tries > 1 && status === 409 && text.includes('"idempotency_in_flight"'));
}
