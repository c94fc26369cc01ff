import { z } from "zod";
import { servicePlanSchema } from "./customer.ts";

/** A product of the catalogue, which customers can be given. */
export const catalogItemSchema = z.object({
  skuId: z.uuid(),
  skuPartNumber: z.string(),
  name: z.string(),
  servicePlans: z.array(servicePlanSchema),
});

export type CatalogItem = z.infer<typeof catalogItemSchema>;
