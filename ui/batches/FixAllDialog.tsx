import { Field, Input, Radio, RadioGroup } from "@fluentui/react-components";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Batch, CauseCount } from "../../contract/batch.ts";
import type { FixChange } from "../../contract/fix.ts";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SelectField } from "../kit/SelectField.tsx";
import { useDraft } from "../kit/use-draft.ts";
import { useDebounced } from "../kit/use-debounced.ts";
import { cellColumns } from "./batch-cells.ts";
import { batchPlanTexts } from "./batch-plan-texts.ts";
import { rereadBatch } from "./batch-queries.ts";
import { FixPreviewList } from "./FixPreviewList.tsx";

const words = batchPlanTexts.fix;
/** Rows that tell which columns there are. */
const columnRows = 50;
const debounceMs = 300;
const noFix: { label: string | null; kind: "set" | "replace"; value: string; find: string } = {
  label: null,
  kind: "set",
  value: "",
  find: "",
};

/** Asks for one change of a column in all rows with a cause, shows what it does to the first of them, and does it. */
export function FixAllDialog({ batch, cause, onClose }: { batch: Batch; cause: CauseCount; onClose: () => void }) {
  const { id: batchId, planVersion } = batch;
  const { code, state } = cause;
  const client = useQueryClient();
  const first = useQuery({
    queryKey: [...queryKeys.row(batchId, 0, { code, state }), planVersion],
    queryFn: () => callRoute("listRows", { params: { batchId }, query: { code, state, limit: columnRows } }),
  });
  const rows = first.data?.items ?? [];
  const columns = cellColumns(batch, rows).filter(({ field }) => field !== "password");
  const atFault = rows[0]?.column ?? rows[0]?.field ?? columns[0]?.label ?? "";
  const draft = useDraft(`fix-all ${batchId} ${code} ${state}`, noFix);
  const { label, kind, value, find } = draft.value;
  const column = label ?? atFault;
  const isSaid = column !== "" && (kind === "set" ? value.trim() !== "" : find !== "");
  const change = kind === "set" ? { set: value.trim() } : { replace: find, by: value };
  const fix: FixChange = { code, state, column, change };
  const asked = useDebounced(JSON.stringify(fix), debounceMs);
  const preview = useQuery({
    queryKey: queryKeys.fixPreview(batchId, planVersion, asked),
    queryFn: ({ signal }) =>
      callRoute("previewFix", { params: { batchId }, body: JSON.parse(asked) as FixChange, signal }),
    enabled: isSaid && asked === JSON.stringify(fix),
  });
  const seen = isSaid && asked === JSON.stringify(fix) ? preview.data : undefined;
  return (
    <DraftDialog
      draft={draft}
      title={words.title(cause.title)}
      submit={words.submit(seen?.changes ?? cause.rows)}
      mayAct={() => seen !== undefined && seen.changes > 0}
      act={async () => {
        await callRoute("fixRows", { params: { batchId }, body: fix, headers: { "if-match": `"${planVersion}"` } });
        await rereadBatch(client, batchId);
      }}
      onClose={onClose}
    >
      <SelectField
        label={words.column}
        value={column}
        choices={columns.map((one) => ({ value: one.label, label: one.title }))}
        onChange={(chosen) => draft.set({ label: chosen })}
      />
      <Field label={words.change}>
        <RadioGroup
          value={kind}
          onChange={(_event, data) => draft.set({ kind: data.value === "set" ? "set" : "replace" })}
        >
          <Radio value="set" label={words.set} />
          <Radio value="replace" label={words.replace} />
        </RadioGroup>
      </Field>
      {kind === "replace" && (
        <Field label={words.find}>
          <Input
            value={find}
            maxLength={256}
            spellCheck={false}
            onChange={(_event, data) => draft.set({ find: data.value })}
          />
        </Field>
      )}
      <Field label={kind === "set" ? words.value : words.by}>
        <Input
          value={value}
          maxLength={kind === "set" ? 32_768 : 256}
          spellCheck={false}
          onChange={(_event, data) => draft.set({ value: data.value })}
        />
      </Field>
      {isSaid && preview.isError && <ProblemNotice error={preview.error} />}
      {seen !== undefined && <FixPreviewList preview={seen} />}
    </DraftDialog>
  );
}
