import { z } from "zod";
import type { Batch } from "../contract/batch.ts";
import { wrongUsage } from "./exit-codes.ts";
import type { ServerClient } from "./server-client.ts";

/** Finds the batch that `who` says: by id, or by the short number that people say. @throws CommandFailed, RequestFailed */
export async function findBatch({ call }: Pick<ServerClient, "call">, who = ""): Promise<Batch> {
  if (z.uuid().safeParse(who).success) return await call("getBatch", { params: { batchId: who } });
  if (!/^#?\d{1,9}$/.test(who)) throw wrongUsage(`"${who}" is neither the id nor the number of a batch.`);
  const no = Number(who.replace("#", ""));
  const { items } = await call("listBatches", { query: { q: String(no), refused: "true", limit: 500 } });
  const found = items.find((batch) => batch.no === no);
  if (found === undefined) throw wrongUsage(`There is no batch ${no}, or you may not see it.`);
  return found;
}
