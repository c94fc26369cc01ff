import { execFile } from "node:child_process";
import { statfs } from "node:fs/promises";
import { promisify } from "node:util";
import { eventually } from "../../support/eventually.ts";

/** A disk in memory, which only root can make. */
export type SmallDisk = {
  /** Makes it as small as what lies on it, so that it is full. */
  shrink(): Promise<void>;
  /** Gives it room again. */
  grow(): Promise<void>;
  close(): Promise<void>;
};

const run = promisify(execFile);
const roomy = "size=2g";

/** Mounts a disk of 2 GB at `folder`. */
export async function mountSmallDisk(folder: string): Promise<SmallDisk> {
  const mount = (options: string) => run("mount", ["-t", "tmpfs", "-o", options, "tmpfs", folder]);
  await mount(`${roomy},mode=755`);
  return {
    async shrink() {
      // Refused where something was written since the look.
      await eventually(async () => {
        const { blocks, bfree, bsize } = await statfs(folder);
        await mount(`remount,size=${(blocks - bfree) * bsize}`);
      });
    },
    async grow() {
      await mount(`remount,${roomy}`);
    },
    async close() {
      await run("umount", [folder]);
    },
  };
}
