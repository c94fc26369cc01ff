import { makeLog } from "../../db/log.ts";
import { openDatabase } from "../../db/open-database.ts";
import { medianMs, middle } from "./median.ts";
import { newCustomer } from "./provision.ts";
import { peopleFile } from "./sample-people.ts";
import type { Served } from "./served.ts";

const pageRows = 200;
const tries = 40;

/** Milliseconds that a planned batch of `count` rows takes to be planned again after its mapping was changed. */
export async function replanMs(served: Served, count: number): Promise<number> {
  const { id, domain } = await newCustomer(served, count);
  const batch = await served.upload(`/customers/${id}/uploads?operation=create-users`, peopleFile(domain, count));
  const times: number[] = [];
  for (const mapping of [{ State: null }, { State: "officeLocation" }, {}]) {
    const started = performance.now();
    await served.ask(`/batches/${batch.id}`, { method: "PATCH", json: { mapping } });
    times.push(performance.now() - started);
  }
  return middle(times);
}

/** Median milliseconds of a batch's first page of 200 rows: by the API, and the same rows by one query in SQL. */
export async function firstPageMs(served: Served, url: string, batchId: string): Promise<{ api: number; sql: number }> {
  const db = openDatabase(url, { role: "tool", poolSize: 1, log: makeLog("warn") });
  const api = await medianMs(tries, () => served.ask(`/batches/${batchId}/rows?limit=${pageRows}`));
  const sql = await medianMs(
    tries,
    () => db.sql`
      select results.*, rows.cells from row_results results left join rows using (batch_id, row_no)
      where results.batch_id = ${batchId} order by results.row_no limit ${pageRows}`,
  );
  await db.close();
  return { api, sql };
}
