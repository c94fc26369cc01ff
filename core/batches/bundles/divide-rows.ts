import { mostCustomers } from "../../../contract/bundle.ts";
import type { Cause } from "../../../contract/codes.ts";
import { passwordMark } from "../../../contract/fields.ts";
import type { Operation } from "../../../contract/operations.ts";
import { Problem } from "../../../contract/problem.ts";
import type { Tx } from "../../../db/in-transaction.ts";
import { newId } from "../../../db/new-id.ts";
import type { Reading } from "../../../files/rows/row-input.ts";
import { type Authority, holderOf } from "../../access/authority/authority.ts";
import { loadAuthority } from "../../access/authority/load-authority.ts";
import { mayBegin } from "../../access/authority/may.ts";
import type { Actor } from "../../actor.ts";
import type { CoreContext } from "../../context.ts";
import type { BatchOptions } from "../../../contract/batch.ts";
import type { Asks } from "../../sql/asks.ts";
import { loadReading } from "../work-rows/load-reading.ts";
import type { IncomingRow } from "../work-rows/read-block.ts";
import { type StepTally, tallySteps } from "../work-rows/tally-steps.ts";
import { findCustomers } from "./find-customers.ts";
import { type CustomerKey, customerKeys, noCustomer } from "./row-customer.ts";

/** The part of a file that is about one customer: a batch to be. */
export type Child = { id: string; customerId: string; actor: Actor; reading: Reading; tally: StepTally };

/** A batch of a bundle, with what decides whether an agent may have it carried out. */
export type BatchOfBundle = { id: string; customerId: string; operation: Operation };

/** A customer for whom the agent may not do what the file asks for. */
type Forbidden = { customerId: string; missing: string };

export type Refused = Cause & { rowNo: number; cells: readonly string[] };

/** A block of a file by its customers, with the rows that belong to none. */
export type DividedBlock = { parts: [Child, IncomingRow[]][]; refused: Refused[] };

/** Divides a file; `children` and `forbidden` are all customers that it was about so far. */
export type Divider = {
  divide(blocks: AsyncIterable<IncomingRow[]>): AsyncIterable<DividedBlock>;
  children: () => Child[];
  forbidden: () => Forbidden[];
};

type Place = Child | Forbidden;

/**
 * Makes what divides the rows of a file by their customers. A customer is looked up, with what the agent may do there, when
 * the first row of it comes; only customers are remembered, however many rows and wrong names there are.
 * @throws Problem too_many_customers, from `divide`
 */
export function divideRows(
  context: CoreContext,
  tx: Tx,
  actor: Actor,
  file: Pick<Reading, "operation" | "header" | "columns"> & { options: BatchOptions },
): Divider {
  const { operation, columns } = file;
  const keyOf = customerKeys(columns);
  const passwordAt = columns.indexOf("password");
  const places = new Map<string, Place>();
  const known = new Map<string, Place>();

  async function learn(keys: ReadonlyMap<string, CustomerKey>): Promise<Map<string, number>> {
    const unknown = [...keys].filter(([name]) => !known.has(name));
    const found = await findCustomers(
      context,
      actor.authority,
      unknown.map(([, key]) => key),
    );
    for (const [at, [name]] of unknown.entries()) {
      const [customerId, ...others] = found[at] ?? [];
      if (customerId !== undefined && others.length === 0) known.set(name, await placeOf(customerId));
    }
    return new Map(unknown.map(([name], at) => [name, found[at]?.length ?? 0]));
  }

  async function placeOf(customerId: string): Promise<Place> {
    const place = places.get(customerId) ?? (await openPlace(customerId));
    places.set(customerId, place);
    if (places.size > mostCustomers) throw tooManyCustomers();
    return place;
  }

  async function openPlace(customerId: string): Promise<Place> {
    const authority = await authorityAt(context, tx, actor, customerId);
    const answer = mayBegin(authority, operation);
    if (!answer.allowed) return { customerId, missing: answer.missing };
    const reading = await loadReading(context, customerId, file.options, file);
    return { id: newId(), customerId, actor: { ...actor, authority }, reading, tally: tallySteps(reading) };
  }

  async function divideBlock(block: readonly IncomingRow[]): Promise<DividedBlock> {
    const keys = block.map(({ cells }) => keyOf(cells));
    const counts = await learn(new Map(keys.flatMap((key) => (key === null ? [] : [[nameOf(key), key]]))));
    const parts = new Map<Child, IncomingRow[]>();
    const refused: Refused[] = [];
    for (const [at, row] of block.entries()) {
      const key = keys[at] ?? null;
      const place = key === null ? undefined : known.get(nameOf(key));
      if (place !== undefined && "id" in place) {
        const rows = parts.get(place) ?? [];
        parts.set(place, rows);
        rows.push(row);
        continue;
      }
      const { rowNo } = row;
      const cause =
        place === undefined
          ? noCustomer(rowNo, key, key === null ? 0 : (counts.get(nameOf(key)) ?? 0))
          : forbidden(rowNo, place.missing);
      refused.push({ rowNo, cells: withoutPassword(row.cells, passwordAt), ...cause });
    }
    return { parts: [...parts], refused };
  }

  return {
    async *divide(blocks) {
      for await (const block of blocks) yield await divideBlock(block);
    },
    children: () => [...places.values()].filter((place) => "id" in place),
    forbidden: () => [...places.values()].filter((place) => "missing" in place),
  };
}

/** What the actor may do at the customer. */
export async function authorityAt(
  context: CoreContext,
  asks: Asks,
  { authority }: Actor,
  customerId: string,
): Promise<Authority> {
  const holder = holderOf(authority);
  return holder === null ? authority : await loadAuthority(asks, holder, customerId, context.now());
}

function nameOf({ kind, text }: CustomerKey): string {
  return `${kind} ${text.toLowerCase()}`;
}

function forbidden(rowNo: number, missing: string): Cause {
  return { code: "forbidden", field: "customer", message: `Row ${rowNo}: this needs ${missing}.` };
}

function withoutPassword(cells: readonly string[], at: number): readonly string[] {
  return (cells[at] ?? "").trim() === "" ? cells : cells.with(at, passwordMark);
}

function tooManyCustomers(): Problem {
  const most = mostCustomers.toLocaleString("en");
  return new Problem("too_many_customers", `One file may be about ${most} customers. Split it.`);
}
