import { makeLog } from "../../db/log.ts";
import { openDatabase } from "../../db/open-database.ts";
import { deflatedZeros } from "../support/deflated-zeros.ts";
import { writeSheet } from "../support/write-workbook.ts";
import { atMost, n, rate, say } from "./figures.ts";
import { clearUp } from "./large-file.ts";
import { middle } from "./median.ts";
import { newCustomer } from "./provision.ts";
import { peopleFile } from "./sample-people.ts";
import { startServed, type Served } from "./served.ts";
import type { Line } from "./table.ts";

/**
 * A workbook of `count` people uploaded and planned, beside the same people as CSV, three times each in turns; the memory
 * for it, and what a workbook takes that unzips to 1 GB.
 */
export async function workbookLines(url: string, count: number): Promise<Line[]> {
  const rows = `${n(count)} rows`;
  say(`workbooks of ${rows}, and one that unzips to 1 GB`);
  const db = openDatabase(url, { role: "tool", poolSize: 1, log: makeLog("warn") });
  const served = await startServed({ DATABASE_URL: url });
  await plannedMs(served, count, asWorkbook);
  const peakMb = await served.peakMb();
  const [csv, xlsx]: [number[], number[]] = [[], []];
  for (let run = 0; run < 3; run++) {
    await clearUp(db);
    csv.push(await plannedMs(served, count, (file) => file));
    await clearUp(db);
    xlsx.push(await plannedMs(served, count, asWorkbook));
  }
  await served.stop();
  await db.close();
  const other = await startServed({ DATABASE_URL: url });
  const bomb = await bombMs(other);
  const bombPeakMb = await other.peakMb();
  await other.stop();
  return [
    { what: `CSV of ${rows} uploaded and planned`, figure: rate(count, middle(csv)) },
    {
      what: `XLSX of the same ${rows}`,
      figure: rate(count, middle(xlsx)),
      ...atMost(1.6, middle(xlsx), middle(csv), "CSV"),
    },
    { what: `peak memory, XLSX of ${rows} uploaded`, figure: `${peakMb.toFixed(0)} MB` },
    {
      what: "XLSX of 1 MB that unzips to 1 GB, refused",
      figure: `${bomb.toFixed(0)} ms`,
      target: "< 2 s",
      met: bomb < 2_000,
    },
    { what: "peak memory, that one refused", figure: `${bombPeakMb.toFixed(0)} MB` },
  ];
}

/** Milliseconds until `count` people, as `write` has them, are planned. */
async function plannedMs(served: Served, count: number, write: (file: Buffer[]) => Buffer[]): Promise<number> {
  const { id, domain } = await newCustomer(served, count);
  const file = write([...peopleFile(domain, count)]);
  const started = performance.now();
  await served.upload(uploadPath(id), file);
  return performance.now() - started;
}

function asWorkbook(file: Buffer[]): Buffer[] {
  const lines = Buffer.concat(file).toString().trimEnd().split("\r\n");
  return [writeSheet(lines.map((line) => line.split(",")))];
}

/** The time until a workbook of 1 MB that unzips to 1 GB is refused. @throws Error where it is taken */
async function bombMs(served: Served): Promise<number> {
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
