import type { FieldName } from "../../contract/fields.ts";
import type { NameWord } from "./words/word-table.ts";

/** What a label claims to be, before the columns beside it are looked at. Lower ranks win. */
export type ColumnClaim = { field: FieldName | NameWord; rank: number };

type ResolvedClaim = { field: FieldName; rank: number };

/**
 * Decides what `Name`, `Nom` and `Nombre` are by the columns beside them: `Vorname;Name` has a surname, `Name;Email` a
 * display name, `Nombre;Apellidos` a given name. Of several such words in one header only the first is a part of a name.
 */
export function resolveNames(claims: (ColumnClaim | null)[]): (ResolvedClaim | null)[] {
  const taken = new Set(claims.map((claim) => claim?.field));
  return claims.map((claim) => {
    if (claim === null) return null;
    const field = resolve(claim.field, taken);
    taken.add(field);
    return { field, rank: claim.rank };
  });
}

function resolve(field: FieldName | NameWord, taken: Set<FieldName | NameWord | undefined>): FieldName {
  if (field === "fullOrSurname") return taken.has("givenName") && !taken.has("surname") ? "surname" : "displayName";
  if (field === "surnameOrFull") return taken.has("givenName") || taken.has("displayName") ? "surname" : "displayName";
  if (field === "fullOrGiven") return taken.has("surname") && !taken.has("givenName") ? "givenName" : "displayName";
  return field;
}
