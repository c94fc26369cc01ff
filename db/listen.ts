import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";
import { tellLostConnection } from "./lost-connections.ts";
import { newId } from "./new-id.ts";
import type { NotifyHandlers } from "./notify.ts";
import type { Database } from "./open-database.ts";
import { connectionSettings, socketOf } from "./open-pool.ts";

/** A connection that hears what is notified. */
export type Listener = {
  /** Whether a notification would be heard, as far as was seen some seconds ago. */
  isAlive: () => boolean;
  close(): Promise<void>;
};

/** Every so often the listener notifies itself, and is given up when it does not hear that within as long. */
const beatMs = 5_000;

const longestPauseMs = 2_000;
const closeMs = 1_000;

/**
 * Calls the handlers for each notification until closed, on a connection of its own. After that connection was lost, or
 * went silent, and is back, calls `onResync`, because what was notified in between is gone. A database that is away, it tells of.
 */
export async function listen(
  { url, listenerName, outage }: Pick<Database, "url" | "listenerName" | "outage">,
  handlers: NotifyHandlers,
  onResync: () => void,
): Promise<Listener> {
  const ownChannel = `muster_beat_${newId().replaceAll("-", "")}`;
  const closing = new AbortController();
  let alive = true;
  let heardItself = false;
  let line = await open();
  const kept = keep();

  function open(): Promise<Line> {
    return openLine({ url, listenerName }, [...Object.keys(handlers), ownChannel], (channel, payload) => {
      if (channel === ownChannel) heardItself = true;
      else handlers[channel as keyof NotifyHandlers]?.(payload);
    });
  }

  async function keep(): Promise<void> {
    while (!closing.signal.aborted) {
      await untilLost();
      if (closing.signal.aborted) return;
      alive = false;
      socketOf(line.client).destroy();
      tellLostConnection();
      await reopen();
      if (closing.signal.aborted) return;
      alive = true;
      onResync();
    }
  }

  async function untilLost(): Promise<void> {
    for (;;) {
      await Promise.race([rest(beatMs), line.ended]);
      if (closing.signal.aborted) return;
      heardItself = false;
      try {
        await line.client.query("select pg_notify($1, '')", [ownChannel]);
      } catch {
        return;
      }
      // A pooler between us and Postgres may answer and yet have forgotten that this connection listens.
      if (!heardItself) return;
    }
  }

  async function reopen(): Promise<void> {
    for (let pauseMs = 100; !closing.signal.aborted; pauseMs = Math.min(pauseMs * 2, longestPauseMs)) {
      await rest(pauseMs);
      try {
        line = await open();
        outage.ends(ownChannel);
        return;
      } catch (error) {
        // It is tried again for as long as it takes. One connection that was lost is no outage; this is.
        outage.begins(ownChannel, error);
      }
    }
  }

  async function rest(ms: number): Promise<void> {
    await pause(ms, undefined, { signal: closing.signal }).catch(() => {});
  }

  return {
    isAlive: () => alive,
    async close() {
      closing.abort();
      await Promise.race([line.client.end(), pause(closeMs)]);
      socketOf(line.client).destroy();
      await kept;
      // One that was on its way meanwhile.
      socketOf(line.client).destroy();
    },
  };
}

type Line = { client: Client; ended: Promise<void> };

async function openLine(
  { url, listenerName }: Pick<Database, "url" | "listenerName">,
  channels: readonly string[],
  hear: (channel: string, payload: string) => void,
): Promise<Line> {
  const client = new Client({
    ...connectionSettings(url),
    connectionTimeoutMillis: beatMs,
    query_timeout: beatMs,
    application_name: listenerName,
  });
  const ended = new Promise<void>((resolve) => client.once("end", () => resolve()));
  client.on("error", () => {});
  client.on("notification", ({ channel, payload = "" }) => hear(channel, payload));
  try {
    await client.connect();
    await client.query(channels.map((channel) => `listen ${channel}`).join("; "));
    return { client, ended };
  } catch (error) {
    socketOf(client).destroy();
    throw error;
  }
}
