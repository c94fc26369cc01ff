/** How much a workbook may ask of the machine. */
export type WorkbookLimits = {
  maxZippedBytes: number;
  /** All parts together, as the zip directory tells; none may grow beyond what it says there. */
  maxUnzippedBytes: number;
  /** Of the texts that cells share with their index, which are the only thing that is held while rows go by. */
  maxTextBytes: number;
  /** Of the thread's own working time; time that it waits for its reader does not count. */
  maxMs: number;
};

/**
 * The limits of design section 5; 1 GB is meant as 1,000,000,000 bytes. Texts have room for 1,000,000 rows of 12, each
 * different and 24 bytes long. 1,000,000 rows of 12 columns took 22 s on the machine where they were measured, so the
 * time is there for what never ends.
 */
export const workbookLimits: WorkbookLimits = {
  maxZippedBytes: 100 * 1024 * 1024,
  maxUnzippedBytes: 1_000_000_000,
  maxTextBytes: 384 * 1024 * 1024,
  maxMs: 120_000,
};
