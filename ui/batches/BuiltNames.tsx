import { useInfiniteQuery } from "@tanstack/react-query";
import type { Batch, Row } from "../../contract/batch.ts";
import { rowsQuery } from "./batch-queries.ts";
import { formatCount } from "../kit/format.ts";
import { batchTexts } from "./batch-texts.ts";
import { besideNumber } from "./batch-cells.ts";
import styles from "./BuiltNames.module.css";

const words = batchTexts.batchOptions;
const mostShown = 4;

/** The first usernames that the plan built, as the api tells them: examples of what the pattern does. */
export function BuiltNames({ batch }: { batch: Batch }) {
  const list = useInfiniteQuery(rowsQuery(batch.id, {}));
  if (list.data === undefined) return null;
  const label = batch.header[batch.columns.indexOf("userPrincipalName")];
  const built = list.data.pages
    .flatMap((page) => page.items)
    .filter((row) => isBuilt(row, label))
    .slice(0, mostShown);
  return (
    <section className={styles.built}>
      <h3 className={styles.title}>{words.built}</h3>
      {built.length === 0 ? (
        <p className={styles.quiet}>{words.builtNone}</p>
      ) : (
        <ul>
          {built.map(({ rowNo, message }) => (
            <li key={rowNo}>
              <span className={styles.rowNo}>{formatCount(rowNo)}</span> {besideNumber(message)}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

/** A row without a cause whose message tells of its name, and that has none of its own in the file. */
function isBuilt({ input, code, message }: Row, label: string | undefined): boolean {
  return code === null && message !== null && (label === undefined || (input[label] ?? "").trim() === "");
}
