/** Limits of one file: rows, columns, and bytes in a cell. */
export const tableLimits = { maxRows: 1_000_000, maxColumns: 2000, maxCellBytes: 32_768 };
