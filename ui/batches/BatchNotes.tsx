import { useQuery } from "@tanstack/react-query";
import type { Batch } from "../../contract/batch.ts";
import { productsQuery } from "../customers/customer-queries.ts";
import { countryName } from "../kit/format.ts";
import { batchTexts } from "./batch-texts.ts";
import styles from "./BatchNotes.module.css";
import { Section } from "../kit/Section.tsx";
import { productWords } from "./product-words.ts";
import { SheetChoice } from "./SheetChoice.tsx";

const words = batchTexts.batch;

/** How the file was read and what it was meant to do. */
export function BatchNotes({ batch }: { batch: Batch }) {
  const { customerId, options } = batch;
  const named = (options.skus?.length ?? 0) > 0;
  const products = useQuery({ ...productsQuery(customerId), enabled: named }).data ?? [];
  const notes = notesOf(batch, productWords(options.skus?.join("; ") ?? "", products));
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

function notesOf({ encoding, delimiter, unknownColumns, notes, options }: Batch, licenses: string): string[] {
  const { usageLocation, domain, onExisting, onDeleted } = options;
  return [
    ...notes,
    ...(encoding === null
      ? []
      : [words.encoding(encoding, delimiter === null ? null : (words.delimiters[delimiter] ?? delimiter))]),
    ...(unknownColumns.length === 0 ? [] : [words.unknownColumns(unknownColumns.join(", "))]),
    ...(usageLocation === undefined ? [] : [words.options.usageLocation(countryName(usageLocation))]),
    ...(licenses === "" ? [] : [words.options.skus(licenses)]),
    ...(domain === undefined ? [] : [words.options.domain(domain)]),
    ...(onExisting === "update" ? [words.options.update] : []),
    ...(onDeleted === "ask" ? [] : [words.options[onDeleted]]),
  ];
}
