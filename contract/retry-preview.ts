import { z } from "zod";
import { brakeSchema } from "./brakes.ts";
import { causeCodes } from "./codes.ts";
import { rowStepNames } from "./batch.ts";

const rows = z.number().int();

/** What a retry would do by what the directory says now; nothing is changed by asking. */
export const retryPreviewSchema = z.object({
  rows: rows.describe("Rows that the retry would take up"),
  goOn: z
    .array(z.object({ step: z.enum(rowStepNames).nullable(), rows }))
    .describe("Rows that would run; step: where a partial row goes on"),
  stay: z
    .array(
      z.object({
        code: z.enum(causeCodes),
        title: z.string(),
        rows,
        example: z.object({ rowNo: z.number().int(), message: z.string().nullable() }),
      }),
    )
    .describe("Rows that would fail again, or in part, by cause"),
  brake: brakeSchema.describe(
    "What the retry would hit; where it needs an approval, the retry asks for it; where it needs a number, the retry takes it as confirm",
  ),
});

export type RetryPreview = z.infer<typeof retryPreviewSchema>;
