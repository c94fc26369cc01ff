import { numbered } from "../../../files/rows/build-upn.ts";

/** What stands in the way of a name. */
export type NameHolder = { kind: "user" } | { kind: "deleted" } | { kind: "row"; rowNo: number };

/** A base name that several want, or that is taken. */
export type WantedName = { local: string; domain: string; rowNos: readonly number[] };

/** Names in small letters, with what holds them; one that is not in it is free. `given` names stand in a row themselves. */
export type NameHolders = ReadonlyMap<string, NameHolder & { given?: boolean }>;

/** A name that a row got; `holder` is why it is not the base name. */
export type GotName = { rowNo: number; name: string; holder: NameHolder | null };

/**
 * Gives each row, in row order, the first free one of the base name and its numbers from 2 on. `look` tells which of the
 * names are taken; it is asked for growing blocks of them, so that ten thousand taken numbers cost a few questions. `taken`
 * holds the names that were given before, and gets those that are given now.
 */
export async function giveFreeNames(
  wanted: readonly WantedName[],
  taken: Set<string>,
  look: (names: string[]) => Promise<NameHolders>,
): Promise<GotName[]> {
  const got: GotName[] = [];
  let open = wanted.map((one) => ({
    ...one,
    at: 0,
    from: 1,
    size: one.rowNos.length + 1,
    holder: null as NameHolder | null,
  }));
  while (open.length > 0) {
    const holders = await look(open.flatMap((one) => block(one).map(({ name }) => name)));
    for (const one of open) {
      for (const { number, name } of block(one)) {
        const holder = holders.get(name);
        // The base name is held for the first of its own rows; every other row stays clear of it.
        const free =
          !taken.has(name) && (holder === undefined || (number === 1 && holder.kind === "row" && !holder.given));
        if (number === 1) one.holder = free ? { kind: "row", rowNo: one.rowNos[0]! } : (holder ?? null);
        if (!free || one.at === one.rowNos.length) continue;
        taken.add(name);
        got.push({ rowNo: one.rowNos[one.at]!, name, holder: number === 1 ? null : one.holder });
        one.at += 1;
      }
      one.from += one.size;
      one.size = Math.max(one.size * 2, one.rowNos.length - one.at);
    }
    open = open.filter((one) => one.at < one.rowNos.length);
  }
  return got;
}

function block({ local, domain, from, size }: { local: string; domain: string; from: number; size: number }) {
  return Array.from({ length: size }, (_, at) => {
    const number = from + at;
    return { number, name: `${number === 1 ? local : numbered(local, number)}@${domain}` };
  });
}
