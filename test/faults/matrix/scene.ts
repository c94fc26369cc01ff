import type { Stand } from "./stand.ts";
import type { Started } from "./work.ts";

/** An installation and what is to happen to it. */
export type Scene = {
  stand: Stand;
  /** How many a batch has. */
  rows: number;
  /** Those that were started; who starts one puts it in before. */
  batches: Started[];
  /** Lets the fault strike, and resolves once it is over and the api is ready. */
  strike: () => Promise<void>;
};
