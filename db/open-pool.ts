import type { Socket } from "node:net";
import { Pool, type Client, type PoolClient, type PoolConfig } from "pg";
import { isConnectionLost } from "./faults.ts";
import { onLostConnection, tellLostConnection } from "./lost-connections.ts";
import { withServerOptions } from "./server-options.ts";

/** A pool, and what ends it: what is lent still after 5 s is broken off, so that no connection gone silent holds up a stop. */
export type OpenPool = { pool: Pool; close: () => Promise<void> };

const closeMs = 5_000;
export const connectMs = 10_000;

/** A connection that was given back so many ms ago is alive. */
const justAnsweredMs = 1_000;

/** Postgres then gives up within half a minute on a client whose machine is gone, and lets go of its locks. */
const serverKeepAlives =
  "-c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=30000";

/** The address of the same database, whose sessions there end when our machine is gone. */
export function withKeepAlives(url: string): string {
  return withServerOptions(url, serverKeepAlives);
}

/** What every connection of pg is opened with, so that each side notices when the other's machine is gone. */
export function connectionSettings(url: string) {
  return {
    connectionString: withKeepAlives(url),
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: 15_000,
  } satisfies PoolConfig;
}

export type PoolSettings = PoolConfig & {
  /** A connection lent for longer, in ms, listens; without it none does. */
  longestLoanMs?: number;
};

/** Opens a pool without connecting yet. No lost connection ends the process: `onLost` hears of each. */
export function openPool(
  url: string,
  { longestLoanMs = Infinity, ...settings }: PoolSettings,
  onLost: (error: Error) => void,
): OpenPool {
  const pool = new Pool({ ...connectionSettings(url), ...settings });
  const open = new Map<PoolClient, { lent: boolean; since: number }>();
  pool.on("error", onLost);
  pool.on("connect", (client) => {
    // A lent connection that dies between two statements emits `error`, and without a listener Node ends the process.
    client.on("error", onLost);
  });
  pool.on("acquire", (client) => open.set(client, { lent: true, since: performance.now() }));
  pool.on("release", (error: unknown, client) => {
    open.set(client, { lent: false, since: performance.now() });
    if (error instanceof Error && isConnectionLost(error)) tellLostConnection();
  });
  pool.on("remove", (client) => open.delete(client));

  const stopHearing = onLostConnection(() => {
    const now = performance.now();
    for (const [client, { lent, since }] of open) {
      const socket = socketOf(client);
      if (socket.destroyed || now - since <= (lent ? longestLoanMs : justAnsweredMs)) continue;
      // The pool lets go of an idle one at once then; it would lend it still until its socket has closed.
      if (!lent) client.emit("error", new Error("Connection terminated"));
      socket.destroy();
    }
  });

  return {
    pool,
    async close() {
      stopHearing();
      const limit = setTimeout(() => {
        for (const client of open.keys()) socketOf(client).destroy();
      }, closeMs);
      await pool.end();
      clearTimeout(limit);
    },
  };
}

/** The socket under a connection. */
export function socketOf(client: Client | PoolClient): Socket {
  return (client as unknown as { connection: { stream: Socket } }).connection.stream;
}
