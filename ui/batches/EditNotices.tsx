import { Button, MessageBar, MessageBarActions, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { ArrowClockwiseRegular } from "@fluentui/react-icons/svg/arrow-clockwise";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Batch, Row } from "../../contract/batch.ts";
import type { CellColumn } from "./batch-cells.ts";
import type { CellEdits, CellEditsState } from "./cell-edits.ts";
import { batchTexts } from "./batch-texts.ts";
import styles from "./EditNotices.module.css";
import { LeftCellsNotice } from "./LeftCellsNotice.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { queryKeys } from "../client/query-keys.ts";
import { useRetry } from "./use-retry.tsx";

const words = batchTexts.cells;

/**
 * What became of changed cells: told to those who listen, shown where some were refused or left earlier, and where failed
 * rows can go again.
 */
export function EditNotices({
  batch,
  rows,
  columns,
  edits,
  state,
}: {
  batch: Batch;
  rows: Row[];
  columns: CellColumn[];
  edits: CellEdits;
  state: CellEditsState;
}) {
  const { id: batchId, state: batchState } = batch;
  const client = useQueryClient();
  const retry = useRetry(batchId, (now) => {
    client.setQueryData(queryKeys.batch(batchId), now);
    edits.forgetSaved();
  });
  const refused = [...state.cells.values()].flatMap(({ problem }) => (problem === null ? [] : [problem]));
  const mended = [...state.saved].filter((saved) =>
    rows.every(({ rowNo, state: now }) => rowNo !== saved || now === "failed"),
  );
  const canRetry = batchState === "running" || batchState === "paused" || batchState === "finished";
  return (
    <div className={styles.notices}>
      <Said state={state} />
      {state.left.length > 0 && <LeftCellsNotice batch={batch} columns={columns} left={state.left} edits={edits} />}
      {refused[0] !== undefined && (
        <MessageBar intent="error" layout="multiline">
          <MessageBarBody>
            <MessageBarTitle>{words.refused(refused.length)}</MessageBarTitle> {refused[0].detail}
          </MessageBarBody>
          <MessageBarActions>
            <Button onClick={edits.sendAgain}>{words.retry}</Button>
            <Button onClick={edits.giveUp}>{words.discard}</Button>
          </MessageBarActions>
        </MessageBar>
      )}
      {retry.error !== null && <ProblemNotice error={retry.error} />}
      {canRetry && mended.length > 0 && (
        <div>
          <Button
            appearance="primary"
            icon={<ArrowClockwiseRegular />}
            disabledFocusable={retry.busy || state.cells.size > 0}
            onClick={() => retry.run({ rowNos: mended })}
          >
            {words.retryMended(mended.length)}
          </Button>
        </div>
      )}
      {retry.dialog}
    </div>
  );
}

/** Tells those who hear the page how the row stands that was saved last. */
function Said({ state: { rows, saving } }: { state: CellEditsState }) {
  const [said, setSaid] = useState("");
  useEffect(() => {
    const last = [...rows.values()].at(-1);
    if (last !== undefined) setSaid(words.said(last.rowNo, last.plan));
  }, [rows]);
  return (
    <p className="visually-hidden" role="status">
      {saving ? words.saving : said}
    </p>
  );
}
