import { readFile } from "node:fs/promises";

/** The greatest resident memory of a process so far, in MB. */
export async function peakMb(pid: number): Promise<number> {
  return await memoryMb(pid, "VmHWM");
}

/** The resident memory of a process now, in MB. */
export async function residentMb(pid: number): Promise<number> {
  return await memoryMb(pid, "VmRSS");
}

async function memoryMb(pid: number, which: "VmHWM" | "VmRSS"): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8");
  return Number(new RegExp(`${which}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024;
}
