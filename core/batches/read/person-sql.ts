// A new user is whom the row names, though another may have the name; in a row that removes one, the name is what was typed.
/** SQL for whom a row is about, of `batches`, `rows` and `users`. */
export const personSql = `json_build_object(
  'displayName', case batches.operation
    when 'createUsers' then coalesce(rows.display_name, users.display_name)
    when 'removeUsers' then users.display_name
    else coalesce(users.display_name, rows.display_name) end,
  'userPrincipalName', coalesce(users.user_principal_name, rows.user_principal_name))`;

// The rows of a file that is being read are there, but not for others yet: who looks whether there is more than one walks
// past all of them, 400,000 in half a second.
/** SQL for whom a batch of one row is about, of `batches`; null where there are more rows, or none. */
export const onePersonSql = `case when batches.state <> 'staging' then (select ${personSql} from row_results
  left join rows on rows.batch_id = row_results.batch_id and rows.row_no = row_results.row_no
  left join users on users.id = row_results.user_id
  where row_results.batch_id = batches.id and row_results.row_no = 1
    and not exists (select from row_results others where others.batch_id = batches.id and others.row_no > 1)) end`;
