import { z } from "zod";

/** The schema of one page of a list: the items and the cursor of the next page, `total` only when asked for. */
export function pageOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable(), total: z.number().int().optional() });
}

/** Query parameters that every list takes; `limit` is at most 500 items. */
export const pageQuerySchema = z.object({
  limit: z.coerce.number().int().min(1).max(500).default(100).describe("Items on a page"),
  cursor: z.string().max(8192).optional().describe("`next` of the page before, unchanged"),
  count: z.stringbool().default(false).describe("true: tell how many items there are on all pages"),
});

export type PageQuery = z.infer<typeof pageQuerySchema>;
export type Page<Item> = { items: Item[]; next: string | null; total?: number };
