import { deflatedZeros } from "../support/deflated-zeros.ts";
import { writeSheet } from "../support/write-workbook.ts";
import { newCustomer } from "./provision.ts";
import { peopleFile } from "./sample-people.ts";
import type { Served } from "./served.ts";

/** Uploads `count` people as an XLSX workbook; gives the time until they are planned, and the process's peak memory. */
export async function uploadWorkbook(served: Served, count: number): Promise<{ ms: number; peakMb: number }> {
  const { id, domain } = await newCustomer(served, count);
  const lines = Buffer.concat([...peopleFile(domain, count)])
    .toString()
    .trimEnd()
    .split("\r\n");
  const workbook = writeSheet(lines.map((line) => line.split(",")));
  const started = performance.now();
  await served.upload(uploadPath(id), [workbook]);
  return { ms: performance.now() - started, peakMb: await served.peakMb() };
}

/** The time until a workbook of 1 MB that unzips to 1 GB is refused. @throws Error where it is taken */
export async function bombMs(served: Served): Promise<number> {
  const { id } = await newCustomer(served, 1);
  const sheet = { name: "xl/worksheets/sheet1.xml", content: "", deflated: deflatedZeros(1_000_000_000) };
  const bomb = writeSheet([], { parts: [sheet] });
  const started = performance.now();
  const answer = await served.upload(uploadPath(id), [bomb]).catch((error: unknown) => String(error));
  if (typeof answer !== "string" || !answer.includes("workbook_too_large")) throw new Error("the bomb was not refused");
  return performance.now() - started;
}

function uploadPath(customerId: string): string {
  return `/customers/${customerId}/uploads?operation=create-users`;
}
