import type { Tx } from "../../db/in-transaction.ts";
import { batchInputsSql } from "../inputs/input-rows.ts";

/**
 * Plans those rows of a batch invalid whose name stands in an earlier row, which they name; with `again`, of the rows in
 * `input_rows`. They have been judged. Gives how many they are.
 */
export async function markRepeated(tx: Tx, batchId: string, again: boolean): Promise<number> {
  const [marked] = await tx.rows<{ rows: number }>(again ? markAgainSql : markSql, [batchId]);
  return marked?.rows ?? 0;
}

const markedSql = (inputs: string) => `
with repeated as (
  select lower(user_principal_name) as name, min(row_no) as first_row
  from ${inputs} input group by 1 having count(*) > 1
), marked as (
  update row_results results
  set plan = 'invalid', state = 'failed', code = 'duplicate_in_file', field = 'userPrincipalName',
    message = 'Row ' || results.row_no || ': "' || left(input.user_principal_name, 80) || '" stands in row ' || first_row
      || ' already. Remove one of the two rows, or give this person another name.',
    user_id = null, user_version = null
  from ${inputs} input join repeated on repeated.name = lower(input.user_principal_name)
  where results.batch_id = $1 and results.row_no = input.row_no and input.row_no > first_row and input.code is null
  returning 1
) select count(*)::int as rows from marked`;

const markSql = markedSql(batchInputsSql);
const markAgainSql = markedSql("input_rows");
