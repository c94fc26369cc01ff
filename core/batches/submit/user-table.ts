import type { FieldName } from "../../../contract/fields.ts";
import { clearMark } from "../../../contract/fields.ts";
import type { TargetInput } from "../../../contract/user-changes.ts";
import type { UserInput } from "../../../contract/user.ts";

/** JSON users as the table that a file of the same users would be; what is absent is a blank cell. */
export function userTable(users: readonly (UserInput | TargetInput)[]): {
  header: string[];
  columns: FieldName[];
  cells: string[][];
} {
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

type AnyInput = { [Field in FieldOf<UserInput> | FieldOf<TargetInput>]?: ValueOf<UserInput | TargetInput, Field> };
type FieldOf<Input> = Input extends unknown ? keyof Input : never;
type ValueOf<Input, Field> = Input extends unknown ? (Field extends keyof Input ? Input[Field] : never) : never;

function userCells(user: UserInput | TargetInput): Map<FieldName, string> {
  const cells = new Map<FieldName, string>();
  const { accountEnabled, permission, licenses, password, state, ...more }: AnyInput = user;
  const { userId, add, remove, confirm, ...texts } = more;
  for (const [field, value] of Object.entries(texts)) {
    if (value !== undefined) cells.set(field as FieldName, value ?? clearMark);
  }
  if (userId !== undefined) cells.set("objectId", userId);
  if (add !== undefined) cells.set("licenses", JSON.stringify(add));
  if (remove !== undefined) cells.set("removeLicenses", JSON.stringify(remove.map((sku) => ({ sku }))));
  if (confirm !== undefined) cells.set("displayName", confirm);
  if (state !== undefined) cells.set("stateOrProvince", state ?? clearMark);
  if (accountEnabled !== undefined) cells.set("accountEnabled", accountEnabled ? "yes" : "no");
  if (permission !== undefined) cells.set("permission", Array.isArray(permission) ? permission.join(";") : permission);
  if (licenses !== undefined) cells.set("licenses", licenses.length === 0 ? "" : JSON.stringify(licenses));
  if (password !== undefined) cells.set("password", password);
  return cells;
}
