import { setTimeout as pause } from "node:timers/promises";
import type { Bundle } from "../contract/bundle.ts";
import type { Printer } from "./printer.ts";
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

/** A file for many customers at the end of the stay; `refused` where somebody said no to one of its plans meanwhile. */
export type FollowedBundle = { bundle: Bundle; refused: boolean };

/**
 * Stays with a file for many customers, which was `known` so far, until `enough` holds, or until nothing moves after one of its plans
 * was refused; tells how far all its batches are together, and gives it as it is then.
 * @throws RequestFailed
 */
export async function followBundle(
  { call, stop }: ServerClient,
  known: Bundle,
  { printer, program }: { printer: Printer; program: string },
  enough: (bundle: Bundle) => boolean,
): Promise<FollowedBundle> {
  let [latest, refused] = [known, false];
  for (let before = ""; ;) {
    const bundle = await call("getBundle", { params: { bundleId: known.id } });
    if (wasRefused(latest, bundle)) {
      refused = true;
      printer.say(`A plan of file ${bundle.no} was refused.`);
    }
    latest = bundle;
    const waits = waitsLines(program, bundle);
    if (waits.join() !== before) for (const line of waits) printer.say(line);
    before = waits.join();
    const { share, words } = progressOf(bundle);
    printer.progress(share, words);
    const decided = refused && bundleRests(bundle) && (bundle.states.awaiting_approval ?? 0) === 0;
    if (decided || enough(bundle)) return { bundle, refused };
    await pause(betweenMs, undefined, { signal: stop });
  }
}

/** Whether between two looks fewer batches await approval and more are plans again. */
function wasRefused({ states: before }: Bundle, { states: after }: Bundle): boolean {
  const fewer = (after.awaiting_approval ?? 0) < (before.awaiting_approval ?? 0);
  return fewer && (after.ready ?? 0) > (before.ready ?? 0);
}

/** What somebody has to do before the rest of the file goes on. */
function waitsLines(program: string, { no, states: { awaiting_approval: asked = 0, paused = 0 } }: Bundle): string[] {
  return [
    ...(asked > 0
      ? [
          `${amountOf(asked, "batch", "batches")} of file ${no} await${asked === 1 ? "s" : ""} approval, each by itself: ${program} batches list --bundle ${no} --state awaiting_approval`,
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
