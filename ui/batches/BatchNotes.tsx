import type { Batch } from "../../contract/batch.ts";
import { countryName } from "../kit/format.ts";
import { batchTexts } from "./batch-texts.ts";
import styles from "./BatchNotes.module.css";
import { Section } from "../kit/Section.tsx";
import { SheetChoice } from "./SheetChoice.tsx";

const words = batchTexts.batch;

/** How the file was read and what it was meant to do. */
export function BatchNotes({ batch }: { batch: Batch }) {
  const notes = notesOf(batch);
  if (notes.length === 0 && batch.sheets === null) return null;
  return (
    <Section title={words.notes}>
      <ul className={styles.notes}>
        {batch.sheets !== null && hasOthers(batch.sheets) && (
          <li>
            <SheetChoice batch={batch} sheets={batch.sheets} />
          </li>
        )}
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Section>
  );
}

function hasOthers({ others, hidden }: NonNullable<Batch["sheets"]>): boolean {
  return others.length + hidden.length > 0;
}

function notesOf({ encoding, delimiter, unknownColumns, notes, options }: Batch): string[] {
  const { usageLocation, skus, domain, onExisting, onDeleted } = options;
  return [
    ...notes,
    ...(encoding === null
      ? []
      : [words.encoding(encoding, delimiter === null ? null : (words.delimiters[delimiter] ?? delimiter))]),
    ...(unknownColumns.length === 0 ? [] : [words.unknownColumns(unknownColumns.join(", "))]),
    ...(usageLocation === undefined ? [] : [words.options.usageLocation(countryName(usageLocation))]),
    ...(skus === undefined || skus.length === 0 ? [] : [words.options.skus(skus.join(", "))]),
    ...(domain === undefined ? [] : [words.options.domain(domain)]),
    ...(onExisting === "update" ? [words.options.update] : []),
    ...(onDeleted === "ask" ? [] : [words.options[onDeleted]]),
  ];
}
