/** How many times as much memory a process may have with more work, or after more time. */
export const mostGrowth = 1.2;
