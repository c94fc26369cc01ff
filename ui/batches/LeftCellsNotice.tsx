import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Batch } from "../../contract/batch.ts";
import { ChangeTable } from "../kit/ChangeTable.tsx";
import { type CellColumn, mayChange } from "./batch-cells.ts";
import { batchPlanTexts } from "./batch-plan-texts.ts";
import { rowsByNoQuery } from "./batch-queries.ts";
import { batchTexts } from "./batch-texts.ts";
import type { CellEdits } from "./cell-edits.ts";
import type { KeptCell } from "./kept-cells.ts";
import { type LeftCell, sortLeft } from "./left-cells.ts";
import styles from "./LeftCellsNotice.module.css";

const words = batchPlanTexts.left;

/** Asks about cells that were typed into and not saved before the page was left: each beside what stands there now. */
export function LeftCellsNotice({
  batch,
  columns,
  left,
  edits,
}: {
  batch: Batch;
  columns: CellColumn[];
  left: readonly KeptCell[];
  edits: CellEdits;
}) {
  const rowNos = [...new Set(left.map(({ rowNo }) => rowNo))];
  const rows = useQuery(rowsByNoQuery(batch, rowNos)).data;
  const { unread, fits, moved, closed, done } = sortLeft(
    left,
    (no) => rows?.find(({ rowNo }) => rowNo === no),
    (row) => mayChange(batch, row),
  );
  useEffect(() => {
    if (done.length > 0) edits.drop(done.map(({ cell }) => cell));
  });
  const titles = new Map(columns.map(({ label, title }) => [label, title]));
  const group = { titles, edits };
  const open = [...unread, ...fits];
  return (
    <>
      <Group {...group} cells={open} title={words.open(open.length)} lead={words.openLead} waits={unread.length > 0}>
        {words.save(open.length)}
      </Group>
      <Group {...group} cells={moved} title={words.moved(moved.length)} lead={words.movedLead}>
        {words.overwrite(moved.length)}
      </Group>
      <Group {...group} cells={closed} title={words.closed(closed.length)} lead={words.closedLead} />
    </>
  );
}

/** Cells with one answer for all of them; `children` name it where there is any but to drop them. */
function Group({
  cells,
  title,
  lead,
  titles,
  edits,
  waits = false,
  children,
}: {
  cells: LeftCell[];
  title: string;
  lead: string;
  titles: ReadonlyMap<string, string>;
  edits: CellEdits;
  /** Whether it is not known yet what stands in the cells now. */
  waits?: boolean;
  children?: string;
}) {
  if (cells.length === 0) return null;
  const kept = cells.map(({ cell }) => cell);
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody className={styles.body}>
        <MessageBarTitle>{title}</MessageBarTitle> {lead}
        <div className={styles.cells} role="region" aria-label={title} tabIndex={0}>
          <ChangeTable
            lines={cells.map(({ cell: { rowNo, label, value }, now }) => ({
              label: `${batchTexts.batch.rowTitle(rowNo)} · ${titles.get(label) ?? label}`,
              before: now,
              after: value,
            }))}
          />
        </div>
      </MessageBarBody>
      <MessageBarActions>
        {children !== undefined && (
          <Button
            appearance="primary"
            disabledFocusable={waits}
            onClick={() =>
              edits.takeUp(
                kept,
                cells.map(({ cell, now }) => ({ ...cell, before: now })),
              )
            }
          >
            {children}
          </Button>
        )}
        <Button onClick={() => edits.drop(kept)}>{batchTexts.cells.discard}</Button>
      </MessageBarActions>
    </MessageBar>
  );
}
