import { sql, type SqlText } from "../../db/sql-text.ts";
import { textFieldNames, type TextField } from "../../contract/fields.ts";

/** The column of `users` that holds each text field. */
export const userColumns = Object.fromEntries(textFieldNames.map((field) => [field, columnName(field)])) as Record<
  TextField,
  string
>;

/** The name in SQL of a column that is `name` in our code. */
export function columnName(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The text fields that a row may leave open without a say on the user's own value: all but the name it is found by. */
export const comparedFields = textFieldNames.filter((field) => field !== "userPrincipalName");

/** The columns of these fields and of the sign-in switch. */
export const comparedColumns = [...comparedFields.map((field) => userColumns[field]), "account_enabled"];

/** SQL that is true where every text field and the sign-in switch given by `input` stand in `user` already. */
export function sameFieldsSql(input: string, user: string): SqlText {
  const same = comparedColumns.map(
    (column) => `(${input}.${column} is null or ${input}.${column} is not distinct from ${user}.${column})`,
  );
  return sql.unsafe(`(${same.join(" and ")})`);
}
