/** The header by which the api answers once what it was asked for has ended, or after ten seconds. */
export const waitForEnd = { prefer: "wait=10" } as const;
