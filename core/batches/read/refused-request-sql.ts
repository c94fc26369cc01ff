/**
 * SQL that is true where the batch `batches` is a request for one user that was refused at once: nothing was done or tried,
 * and whoever sent it was told so.
 */
export const refusedRequestSql = `batches.source = 'single' and exists (
  select from row_results where batch_id = batches.id and row_no = 1 and state = 'failed' and attempts = 0)`;
