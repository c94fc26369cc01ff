import type { FieldName } from "../../../contract/fields.ts";

/**
 * The words of one language, or of one program that writes user lists, in any case, with or without accents, blanks, `_`
 * and `-`. To teach Muster a language or a program: write a table like the others and add it to `header-words.ts`.
 */
export type WordTable = {
  /**
   * For each field its words in groups. Words of an earlier group win over later ones where a file has several; two
   * columns of one group are ambiguous. The groups mean the same in every table; an empty one holds the place. For the
   * user principal name they are: the UPN itself, user name, e-mail address, other e-mail words, login and account, the
   * name before Windows 2000.
   */
  words: Partial<Record<FieldName, string[][]>>;
  /** Words for a name that is the whole one or a part of it, as the columns beside it tell. */
  names?: Partial<Record<NameWord, string[]>>;
  /** Other words of the source that no field takes. They tell of the language, and that the column means nothing here. */
  ignored?: string[];
};

/**
 * `fullOrSurname`: `Name` is the surname beside a given name without a surname, else the display name.
 * `surnameOrFull`: `Nom` is the display name where neither that nor a given name has a column, else the surname.
 * `fullOrGiven`: `Nombre` is the given name beside a surname without a given name, else the display name.
 */
export type NameWord = "fullOrSurname" | "surnameOrFull" | "fullOrGiven";
