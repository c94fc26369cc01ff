/** How many rows are read, planned, changed or sealed at once. */
export const blockRows = 1000;
