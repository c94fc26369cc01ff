type Reader<Value> = (given: unknown) => Value | undefined;

/** Reads words from an address; the router makes numbers of those that look like one. */
export const text: Reader<string> = (given) =>
  typeof given === "string" ? given : typeof given === "number" ? String(given) : undefined;

/** Reads one of a few words from an address. */
export function one<const Values extends readonly string[]>(values: Values): Reader<Values[number]> {
  return (given) => values.find((value) => value === given);
}

/** Reads a whole number above 0 from an address. */
export const place: Reader<number> = (given) => {
  const read = Number(given);
  return Number.isSafeInteger(read) && read > 0 ? read : undefined;
};

/** What may stand behind the `?` of a page's address; all else, and what cannot be read, is left out. */
export function searchOf<Readers extends Record<string, Reader<unknown>>>(readers: Readers) {
  return (search: Record<string, unknown>) =>
    Object.fromEntries(
      Object.entries(readers)
        .map(([key, read]) => [key, read(search[key])] as const)
        .filter(([, value]) => value !== undefined),
    ) as { [Key in keyof Readers]?: Exclude<ReturnType<Readers[Key]>, undefined> | undefined };
}
