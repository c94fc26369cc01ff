import { useEffect, useState } from "react";
import { Sheet } from "../kit/Section.tsx";
import { readFirstRows, type FirstRows } from "./read-first-rows.ts";
import styles from "./FirstRowsTable.module.css";
import { uploadTexts } from "./upload-texts.ts";

const words = uploadTexts.upload;
const mostColumns = 60;
const mostLetters = 120;

/** The first rows of a file as the browser reads them, before a byte of it is sent. */
export function FirstRowsTable({ file }: { file: File }) {
  const [found, setFound] = useState<{ of: File; rows: FirstRows } | null>(null);
  useEffect(() => {
    let isLatest = true;
    const find = async () => {
      // A file that cannot be read any more was changed or moved away since; sending it says so.
      const rows = await readFirstRows(file).catch((): FirstRows => ({ kind: "none" }));
      if (isLatest) setFound({ of: file, rows });
    };
    void find();
    return () => {
      isLatest = false;
    };
  }, [file]);
  if (found?.of !== file) return null;
  const { rows } = found;
  if (rows.kind !== "rows") {
    return <p className={styles.lead}>{rows.kind === "workbook" ? words.previewWorkbook : words.previewNone}</p>;
  }
  const width = Math.max(rows.header.length, ...rows.rows.map((row) => row.length));
  const columns = Array.from({ length: Math.min(width, mostColumns) }, (_, at) => at);
  return (
    <div className={styles.preview}>
      <h2 className={styles.title}>{words.preview}</h2>
      <p className={styles.lead}>
        {words.previewLead(rows.rows.length)} {width > mostColumns && words.previewMore(width - mostColumns)}
      </p>
      <Sheet>
        <div className={styles.scroller} role="region" aria-label={words.preview} tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">
                  <span className="visually-hidden">{words.previewRow}</span>
                </th>
                {columns.map((at) => (
                  <th key={at} scope="col">
                    {cut(rows.header[at])}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.rows.map((row, rowAt) => (
                // Rows of a file have no other name than their place.
                <tr key={rowAt}>
                  <th scope="row">{rowAt + 1}</th>
                  {columns.map((at) => (
                    <td key={at}>{cut(row[at])}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Sheet>
    </div>
  );
}

function cut(cell = ""): string {
  return cell.length > mostLetters ? `${cell.slice(0, mostLetters)}…` : cell;
}
