import type { FileOperation } from "../../contract/operations.ts";

/** A file that was chosen and not sent: under `id` its bytes are kept, `at` is when it was chosen, in ms. */
export type ChosenFile = { id: string; at: number; name: string; size: number; operation: FileOperation };

/** For how long the bytes of a file are kept: from a Friday over to the Monday. */
const keptMs = 3 * 24 * 3_600_000;

/** The ids of the files whose bytes stay in this browser: those that a draft names and that are not too old. */
export function livingFileIds(drafts: readonly unknown[], now: number): ReadonlySet<string> {
  const chosen = drafts.flatMap((draft) => (draft as { chosen?: ChosenFile | null } | null)?.chosen ?? []);
  return new Set(chosen.filter(({ at }) => now - at < keptMs).map(({ id }) => id));
}
