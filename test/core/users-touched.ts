import type { Database } from "../../db/open-database.ts";
import type { ListedUsers } from "../bench/same-sql.ts";

type PlanNode = {
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  Plans?: PlanNode[];
};

/** How many rows of `users` the statements touch when they are carried out. */
export async function usersTouched(db: Database, statements: ListedUsers["statements"]): Promise<number> {
  let sum = 0;
  for (const { text, values } of statements) {
    // What asks for a plan touches nothing.
    if (text.startsWith("explain")) continue;
    const { rows } = await db.pool.query<{ "QUERY PLAN": { Plan: PlanNode }[] }>(
      `explain (analyze, format json) ${text}`,
      values,
    );
    sum += touched(rows[0]?.["QUERY PLAN"][0]?.Plan as PlanNode);
  }
  return sum;
}

function touched(node: PlanNode): number {
  const own = (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"];
  const below = (node.Plans ?? []).reduce((sum, plan) => sum + touched(plan), 0);
  return below + (node["Relation Name"] === "users" ? own : 0);
}
