import { z } from "zod";
import type { Batch, BatchState } from "../contract/batch.ts";
import type { Bundle, Question, RefusedRow } from "../contract/bundle.ts";
import { wrongUsage } from "./exit-codes.ts";
import type { ServerClient } from "./server-client.ts";

const pageItems = 500;

/** A file for many customers with its batches and the first rows that went into none. */
export type WholeBundle = { bundle: Bundle; batches: Batch[]; refused: RefusedRow[] };

/** How many refused rows are told. */
export const mostRefused = 10;

/**
 * Finds the file for many customers that `who` says: by id, or by the short number that people say.
 * @throws CommandFailed, RequestFailed
 */
export async function findBundle({ call }: Pick<ServerClient, "call">, who = ""): Promise<Bundle> {
  if (z.uuid().safeParse(who).success) return await call("getBundle", { params: { bundleId: who } });
  if (!/^#?\d{1,9}$/.test(who))
    throw wrongUsage(`"${who}" is neither the id nor the number of a file for many customers.`);
  const no = Number(who.replace("#", ""));
  const { items } = await call("listBundles", { query: { q: String(no), limit: pageItems } });
  const found = items.find((bundle) => bundle.no === no);
  if (found === undefined) throw wrongUsage(`There is no file ${no} for many customers, or you may not see it.`);
  return found;
}

/** Reads what belongs to a file for many customers. @throws RequestFailed */
export async function readBundle(client: Pick<ServerClient, "call">, bundle: Bundle): Promise<WholeBundle> {
  const { id: bundleId } = bundle;
  const page = { params: { bundleId }, query: { limit: mostRefused } };
  const refused = bundle.refused === 0 ? [] : (await client.call("listRefused", page)).items;
  return { bundle, batches: await batchesOf(client, { bundleId }), refused };
}

/** The batches of a file for many customers that await approval, each with what it hits. @throws RequestFailed */
export async function questionsOf({ call }: Pick<ServerClient, "call">, bundleId: string): Promise<Question[]> {
  return (await call("listQuestions", { params: { bundleId } })).items;
}

/** The batches of a file for many customers, or those of them in one state. @throws RequestFailed */
export async function batchesOf(
  { call }: Pick<ServerClient, "call">,
  which: { bundleId: string; state?: BatchState },
): Promise<Batch[]> {
  const first = await call("listBatches", { query: { ...which, limit: pageItems } });
  if (first.next === null) return first.items;
  // A file is about 1,000 customers at the most.
  const second = await call("listBatches", { query: { ...which, limit: pageItems, cursor: first.next } });
  return [...first.items, ...second.items];
}
