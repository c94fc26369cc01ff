import { readSync } from "node:fs";

/**
 * Fills `bytes` from `position` of the open file `fd` on, and gives how many there were; fewer only at its end. In step
 * with the caller: the thread that reads a workbook has nothing else to do meanwhile, and no read can be under way when
 * it stops or the file is closed.
 */
export function readAt(fd: number, bytes: Buffer, position: number): number {
  let filled = 0;
  while (filled < bytes.length) {
    const read = readSync(fd, bytes, filled, bytes.length - filled, position + filled);
    if (read === 0) break;
    filled += read;
  }
  return filled;
}
