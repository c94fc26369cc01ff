import type { Place } from "./table-problems.ts";

/** Where the rows of a table come from, each as its cells: text that is being cut, or a thread that reads a workbook. */
export type RowSource = {
  /**
   * The rows that follow, null at the end. `here` names a cell of the row that comes next, for a refusal.
   * @throws Problem with what is wrong with the file
   */
  next(here: (column: number, value: string) => Place): Promise<string[][] | null>;
  /** Lets go of the file; may be called again. */
  stop(): Promise<void>;
};
