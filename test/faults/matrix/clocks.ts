import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { eventually } from "../../support/eventually.ts";

/** Debian's library that gives a process a clock of its own. */
export const libfaketime = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1";

/** The most that a clock may be off where it was set. */
const offSeconds = 60;

const fileOf = (folder: string, no: number) => join(folder, `clock-${no}`);

/** Puts clock number `no` forward by so many seconds; back where they are negative. */
export async function setClock(folder: string, no: number, seconds: number): Promise<void> {
  await writeFile(fileOf(folder, no), `${seconds < 0 ? "" : "+"}${seconds}`);
}

/** Waits until what serves at `address` goes by a clock that is so many seconds ahead. @throws Error where it goes on by another. */
export async function untilAhead(address: string, seconds: number): Promise<void> {
  await eventually(async () => {
    const { headers } = await fetch(`${address}/healthz`);
    const ahead = (Date.parse(headers.get("date") ?? "") - Date.now()) / 1000;
    if (Math.abs(ahead - seconds) <= offSeconds) return;
    throw new Error(`a clock that was set ${seconds} s ahead is ${ahead.toFixed(0)} s ahead`);
  });
}

/** Makes clock number `no`, and gives the settings of a process that goes by it. */
export async function clockOf(folder: string, no: number): Promise<Record<string, string>> {
  await setClock(folder, no, 0);
  return {
    LD_PRELOAD: libfaketime,
    FAKETIME_TIMESTAMP_FILE: fileOf(folder, no),
    FAKETIME_NO_CACHE: "1",
    // Who sets a clock sets that of the wall; the one that measures goes on.
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  };
}
