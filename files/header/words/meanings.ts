import { fieldNames, type FieldName } from "../../../contract/fields.ts";
import { foldWords } from "../../text/fold-words.ts";
import { wordTables } from "../header-words.ts";
import type { NameWord } from "./word-table.ts";

/** What a word means in one table: a field, a name that the columns beside it decide, or null for nothing. */
export type Meaning = { table: number; means: FieldName | NameWord | null; rank: number };

/** Every meaning of a folded word, one a table at most, in the order of the tables; undefined for an unknown word. */
export function meaningsOf(folded: string): Meaning[] | undefined {
  return (dictionary ??= makeDictionary()).get(folded);
}

let dictionary: Map<string, Meaning[]> | undefined;

function makeDictionary(): Map<string, Meaning[]> {
  const words = new Map<string, Meaning[]>();
  const add = (word: string, meaning: Meaning) => {
    const key = foldWords(word);
    const known = words.get(key);
    if (known === undefined) words.set(key, [meaning]);
    else if (known.every(({ table }) => table !== meaning.table)) known.push(meaning);
  };
  // A field's own name means that field in every file, before any table speaks.
  for (const field of fieldNames) add(field, { table: -1, means: field, rank: 0 });
  for (const [table, { words: fields, names = {}, ignored = [] }] of Object.values(wordTables).entries()) {
    for (const [field, groups] of Object.entries(fields) as [FieldName, string[][]][]) {
      groups.forEach((group, rank) => group.forEach((word) => add(word, { table, means: field, rank })));
    }
    for (const [means, list] of Object.entries(names) as [NameWord, string[]][]) {
      list.forEach((word) => add(word, { table, means, rank: 1 }));
    }
    ignored.forEach((word) => add(word, { table, means: null, rank: 0 }));
  }
  return words;
}
