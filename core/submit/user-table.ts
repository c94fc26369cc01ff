import type { FieldName } from "../../contract/fields.ts";
import type { UserInput } from "../../contract/user.ts";

/** JSON users as the table that a file of the same users would be; what is absent is a blank cell. */
export function userTable(users: readonly UserInput[]): { header: string[]; columns: FieldName[]; cells: string[][] } {
  const given = users.map(userCells);
  const columns = [...new Set(given.flatMap((cells) => [...cells.keys()]))];
  return {
    header: columns,
    columns,
    cells: given.map((cells) => columns.map((column) => wellFormed(cells.get(column) ?? ""))),
  };
}

/** Half a surrogate pair is no text; in a file it is damage, and so it is here. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

function userCells(user: UserInput): Map<FieldName, string> {
  const cells = new Map<FieldName, string>();
  const { accountEnabled, permission, licenses, password, state, ...texts } = user;
  for (const [field, value] of Object.entries(texts)) if (value !== undefined) cells.set(field as FieldName, value);
  if (state !== undefined) cells.set("stateOrProvince", state);
  if (accountEnabled !== undefined) cells.set("accountEnabled", accountEnabled ? "yes" : "no");
  if (permission !== undefined) cells.set("permission", Array.isArray(permission) ? permission.join(";") : permission);
  if (licenses !== undefined) cells.set("licenses", licenses.length === 0 ? "" : JSON.stringify(licenses));
  if (password !== undefined) cells.set("password", password);
  return cells;
}
