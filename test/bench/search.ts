import { newId } from "../../db/new-id.ts";
import type { Database } from "../../db/open-database.ts";
import { commonSurname, fillNames, surnameCount } from "./fill-names.ts";
import { medianMs } from "./median.ts";
import type { Served } from "./served.ts";

const tries = 30;

/** Median milliseconds of a search by the API among `count` users: for one of them, and for what a tenth of them share. */
export async function searchMs(served: Served, db: Database, count: number): Promise<{ one: number; many: number }> {
  const customerId = newId();
  await db.sql`insert into customers (id, name) values (${customerId}, 'A large directory')`;
  await fillNames(db, customerId, "filler.example", count);
  const someTenth = () => Math.ceil((Math.random() * count) / surnameCount);
  const one = await medianMs(tries, () => served.ask(`/search?q=${commonSurname}${someTenth() * surnameCount}`));
  const many = await medianMs(tries, () => served.ask(`/search?q=${commonSurname}`));
  return { one, many };
}
