import { setTimeout as pause } from "node:timers/promises";
import type { Batch } from "../contract/batch.ts";
import type { Bundle } from "../contract/bundle.ts";
import { tellDecision } from "./follow-batch.ts";
import type { Printer } from "./printer.ts";
import { batchesOf } from "./read-bundle.ts";
import type { ServerClient } from "./server-client.ts";
import { amountOf, count } from "./units.ts";

const betweenMs = 500;

/** Whether all rows of a file for many customers have come to their end, and no retry of them awaits approval. */
export function bundleHasEnded({ states, totals }: Pick<Bundle, "states" | "totals">): boolean {
  return totals.pending === 0 && (states.running ?? 0) + (states.awaiting_approval ?? 0) === 0;
}

/** Whether nothing moves in a file for many customers before somebody applies or approves one of its plans. */
export function bundleRests({ states: { running = 0, scheduled = 0, paused = 0 } }: Pick<Bundle, "states">): boolean {
  return running + scheduled + paused === 0;
}

/** A file for many customers at the end of the stay; `refused` where somebody said no to a plan or a retry of it meanwhile. */
export type FollowedBundle = { bundle: Bundle; refused: boolean };

/**
 * Stays with a file for many customers, which was `known` so far, until `enough` holds, or until nothing moves after something of it
 * was refused; tells how far all its batches are together, and gives it as it is then.
 * @throws RequestFailed
 */
export async function followBundle(
  client: ServerClient,
  known: Bundle,
  { printer, program }: { printer: Printer; program: string },
  enough: (bundle: Bundle) => boolean,
): Promise<FollowedBundle> {
  const { call, stop } = client;
  let asked = await awaitingIn(client, known);
  let refused = false;
  let seen = "";
  for (let before = ""; ;) {
    const bundle = await call("getBundle", { params: { bundleId: known.id } });
    const now = JSON.stringify([bundle.states, bundle.totals]);
    if (now !== seen) {
      const asks = await awaitingIn(client, bundle);
      for (const batch of await decidedOf(client, bundle, asked, asks)) {
        refused = tellDecision(batch, printer) || refused;
      }
      asked = asks;
    }
    seen = now;
    const waits = waitsLines(program, bundle);
    if (waits.join() !== before) for (const line of waits) printer.say(line);
    before = waits.join();
    const { share, words } = progressOf(bundle);
    printer.progress(share, words);
    const awaits = (bundle.states.awaiting_approval ?? 0) > 0;
    if ((refused && !awaits && bundleRests(bundle)) || enough(bundle)) return { bundle, refused };
    await pause(betweenMs, undefined, { signal: stop });
  }
}

/** The ids of those batches of a file that await approval, so that what became of each can be told. */
async function awaitingIn(client: ServerClient, { id, states }: Bundle): Promise<string[]> {
  if ((states.awaiting_approval ?? 0) === 0) return [];
  return (await batchesOf(client, { bundleId: id, state: "awaiting_approval" })).map((batch) => batch.id);
}

/** Those batches of a file that awaited approval and do so no more, as far as they may be seen still. */
async function decidedOf(client: ServerClient, { id }: Bundle, asked: string[], asks: string[]): Promise<Batch[]> {
  const gone = asked.filter((batchId) => !asks.includes(batchId));
  if (gone.length === 0) return [];
  return (await batchesOf(client, { bundleId: id })).filter((batch) => gone.includes(batch.id));
}

/** What somebody has to do before the rest of the file goes on. */
function waitsLines(program: string, { no, states: { awaiting_approval: asked = 0, paused = 0 } }: Bundle): string[] {
  return [
    ...(asked > 0
      ? [
          `${amountOf(asked, "batch", "batches")} of file ${no} await${asked === 1 ? "s" : ""} approval. Which, and how another agent approves them at once: ${program} bundles show ${no}`,
        ]
      : []),
    ...(paused > 0
      ? [
          `${amountOf(paused, "batch", "batches")} of file ${no} ${paused === 1 ? "is" : "are"} paused. Why: ${program} bundles show ${no}. To go on with all: ${program} bundles resume ${no}`,
        ]
      : []),
  ];
}

function progressOf({ batches, states, totals }: Bundle): { share: number; words: string } {
  const rows = Object.values(totals).reduce((sum, one) => sum + one, 0);
  const done = rows - totals.pending;
  const ended = (states.finished ?? 0) + (states.cancelled ?? 0);
  return {
    share: rows === 0 ? 1 : done / rows,
    words: `${count(done)} of ${amountOf(rows, "row")} · ${count(ended)} of ${amountOf(batches, "customer")}`,
  };
}
