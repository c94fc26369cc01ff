import { Field, Input, ProgressBar, Radio, RadioGroup } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Batch, CauseCount } from "../../contract/batch.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { AskDialog } from "../kit/AskDialog.tsx";
import { SelectField } from "../kit/SelectField.tsx";
import { texts } from "../kit/texts.ts";
import { cellColumns } from "./batch-cells.ts";
import { batchPlanTexts } from "./batch-plan-texts.ts";
import { keepFix } from "./done-fixes.ts";
import { cellsToFix, type Fix, fixedCells } from "./fix-all.ts";
import styles from "./FixAllDialog.module.css";
import { useCellWriter } from "./use-cell-writer.ts";

const words = batchPlanTexts.fix;
const pageRows = 500;
const shownRows = 5;

/** Asks for one change of a column in all rows with a cause, shows what it does to the first of them, and does it. */
export function FixAllDialog({ batch, cause, onClose }: { batch: Batch; cause: CauseCount; onClose: () => void }) {
  const { id: batchId } = batch;
  const { code, state } = cause;
  const readPage = async (cursor: string | undefined) =>
    await callRoute("listRows", { params: { batchId }, query: { code, state, limit: pageRows, cursor } });
  const first = useQuery({
    queryKey: [...queryKeys.row(batchId, 0, { code, state }), batch.planVersion],
    queryFn: async () => await readPage(undefined),
  });
  const rows = first.data?.items ?? [];
  const columns = cellColumns(batch, rows).filter(({ field }) => field !== "password");
  const atFault = rows[0]?.column ?? rows[0]?.field ?? columns[0]?.label ?? "";
  const [label, setLabel] = useState<string | null>(null);
  const [kind, setKind] = useState<Fix["kind"]>("set");
  const [value, setValue] = useState("");
  const [find, setFind] = useState("");
  const [written, setWritten] = useState<{ of: number; cells: number } | null>(null);
  const write = useCellWriter(batchId);
  const chosen = label ?? atFault;
  const fix: Fix = kind === "set" ? { label: chosen, kind, value } : { label: chosen, kind, find, by: value };
  const isSaid = kind === "set" ? value.trim() !== "" : find !== "";
  const preview = isSaid ? fixedCells(rows, fix) : [];
  return (
    <AskDialog
      title={words.title(cause.title)}
      submit={words.submit(cause.rows)}
      mayAct={() => preview.length > 0}
      act={async () => {
        const cells = await cellsToFix(readPage, fix);
        setWritten({ of: cells.length, cells: 0 });
        const result = await write({ label: chosen, cells }, "after", (count) =>
          setWritten({ of: cells.length, cells: count }),
        );
        keepFix(batchId, { label: chosen, cells: result.written });
        if (result.problem !== null) throw result.problem;
      }}
      onClose={onClose}
    >
      <SelectField
        label={words.column}
        value={chosen}
        choices={columns.map((column) => ({ value: column.label, label: column.title }))}
        onChange={setLabel}
      />
      <Field label={words.change}>
        <RadioGroup value={kind} onChange={(_event, data) => setKind(data.value === "set" ? "set" : "replace")}>
          <Radio value="set" label={words.set} />
          <Radio value="replace" label={words.replace} />
        </RadioGroup>
      </Field>
      {kind === "replace" && (
        <Field label={words.find}>
          <Input value={find} spellCheck={false} onChange={(_event, data) => setFind(data.value)} />
        </Field>
      )}
      <Field label={kind === "set" ? words.value : words.by}>
        <Input value={value} spellCheck={false} onChange={(_event, data) => setValue(data.value)} />
      </Field>
      {isSaid && (
        <section className={styles.preview} aria-live="polite">
          <h3 className={styles.title}>
            {preview.length === 0 ? words.nothing : words.preview(Math.min(shownRows, preview.length), cause.rows)}
          </h3>
          <ul>
            {preview.slice(0, shownRows).map(({ rowNo, before, after }) => (
              <li key={rowNo}>
                <span className={styles.rowNo}>{rowNo}</span>
                <del>{before === "" ? words.empty : before}</del>
                <span aria-hidden="true"> → </span>
                <ins>{after === "" ? words.empty : after}</ins>
              </li>
            ))}
          </ul>
        </section>
      )}
      {written !== null && (
        <ProgressBar
          value={written.of === 0 ? 1 : written.cells / written.of}
          aria-label={texts.common.of(written.cells, written.of)}
        />
      )}
    </AskDialog>
  );
}
