import { setTimeout as pause } from "node:timers/promises";
import type { Database } from "../../db/open-database.ts";

const lookMs = 500;

/** Looks twice a second how many bytes of the log of Postgres lie on the disk, until it is asked what the most were. */
export function watchLog({ sql }: Database): () => Promise<number> {
  const over = new AbortController();
  let most = 0;

  async function look(): Promise<void> {
    const [now] = await sql<{ bytes: number }[]>`select sum(size)::int8 as bytes from pg_ls_waldir()`;
    most = Math.max(most, now?.bytes ?? 0);
  }

  const looking = (async () => {
    for (; !over.signal.aborted; await pause(lookMs)) await look();
  })();
  // Told at the end.
  looking.catch(() => {});

  return async () => {
    over.abort();
    await looking;
    await look();
    return most;
  };
}
