import { z } from "zod";

/** One place in a request or file that is wrong. */
const problemErrorSchema = z.object({
  row: z.number().int().optional().describe("Row number in the file; the first row under the header is 1"),
  column: z.string().optional().describe("The column's own header, or a path into a JSON body"),
  value: z.string().optional().describe("The value, cut at 80 characters; never a password"),
  message: z.string(),
});

/** An answer of status 400 and above, as RFC 9457 has it, with a stable `code`. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  code: z.string(),
  detail: z.string(),
  instance: z.string().optional(),
  batchId: z.uuid().optional(),
  errors: z.array(problemErrorSchema).optional(),
  sheets: z
    .array(z.string())
    .optional()
    .describe("Names of the sheets of a refused workbook, where it has several: another may be meant"),
});

export type ProblemError = z.infer<typeof problemErrorSchema>;
export type ProblemDocument = z.infer<typeof problemSchema>;
