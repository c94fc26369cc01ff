import { z } from "zod";

/**
 * One value or several of a kind, at most 50: a list in JSON, and in a query parameter separated by commas. What has a comma
 * in it is given in a list, or as a parameter that is repeated.
 */
export function several<Item extends z.ZodType>(
  item: Item,
): z.ZodType<z.output<Item>[], z.input<Item>[] | z.input<Item> | string> {
  return z.preprocess(split, z.array(item).min(1).max(50)) as never;
}

function split(value: unknown): unknown {
  return typeof value === "string" ? value.split(",") : value;
}
