import type { Person } from "../../contract/batch.ts";
import { type Operation, operations } from "../../contract/operations.ts";
import { operationTexts } from "../kit/operation-texts.ts";
import { texts } from "../kit/texts.ts";
import { batchListTexts } from "./batch-list-texts.ts";
import { personName } from "./person-name.ts";

/** What of a batch says what it does and to whom. */
export type TitledBatch = { operation: Operation; fileName: string | null; person: Person | null; rows: number };

/** The title of a batch: its act and its object, which is a file, a person or a number of users. */
export function batchTitle({ operation, fileName, person, rows }: TitledBatch): string {
  const act = operation === "undoBatch" ? batchListTexts.undo : operationTexts[operation];
  const { label } = operations[operation];
  const name = personName(person);
  if (fileName !== null) return batchListTexts.title(label, fileName);
  if (name !== null) return batchListTexts.title(act.one, name);
  return rows === 0 ? label : batchListTexts.title(act.some, texts.units.users(rows));
}
