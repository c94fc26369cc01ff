import { z } from "zod";
import { rowPlans, rowStates } from "./batch.ts";
import { causeCodes } from "./codes.ts";

/** Which rows of a batch are meant: those that fit all that is said. */
export const rowMatchShape = {
  state: z.enum(rowStates).optional().describe("Rows that ended so, or pending"),
  plan: z.enum(rowPlans).optional().describe("Rows that the plan has this for"),
  code: z.enum(causeCodes).optional().describe("Rows with this cause"),
};
