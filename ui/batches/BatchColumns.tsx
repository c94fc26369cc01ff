import { Button, MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Batch, BatchColumn } from "../../contract/batch.ts";
import { columnsQuery } from "./batch-queries.ts";
import { usePlanChange } from "./use-plan-change.ts";
import { batchTexts } from "./batch-texts.ts";
import styles from "./BatchColumns.module.css";
import { type ChosenFields, chooseField, fieldOf, mappingOf, openGuesses } from "../upload/chosen-fields.ts";
import { type Column, DataTable } from "../kit/DataTable.tsx";
import { ColumnOrigin } from "./ColumnOrigin.tsx";
import { FieldSelect } from "../upload/FieldSelect.tsx";
import { needsMapping } from "./needs-mapping.ts";
import { DraftNotice } from "../kit/DraftNotice.tsx";
import { LeaveGuard } from "../kit/LeaveGuard.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SaveBar } from "../kit/SaveBar.tsx";
import { Sheet } from "../kit/Section.tsx";
import { useDraft } from "../kit/use-draft.ts";

const words = batchTexts.columns;
const mostColumns = 80;
const nothingChosen = { chosen: {} };

/** Every column of the file with values of it and the field that it stands for, to change; the plan is then made anew. */
export function BatchColumns({ batch, onSaved }: { batch: Batch; onSaved: () => void }) {
  const query = useQuery(columnsQuery(batch));
  const draft = useDraft<{ chosen: ChosenFields }>(`columns ${batch.id}`, nothingChosen);
  const { chosen } = draft.value;
  const [all, setAll] = useState(false);
  const items = query.data ?? [];
  const guesses = openGuesses(items, chosen);
  const changes = Object.keys(chosen).length;
  const save = usePlanChange(batch, () => {
    draft.clear();
    onSaved();
  });
  const choose = (label: string, field: BatchColumn["field"]) => {
    save.reset();
    draft.set({ chosen: chooseField(items, chosen, label, field) });
  };
  const takeGuesses = () =>
    draft.set({
      chosen: guesses.reduce((next, { column, guess }) => chooseField(items, next, column, guess!.field), chosen),
    });

  if (query.isError && query.data === undefined)
    return <ProblemNotice error={query.error} onRetry={() => void query.refetch()} />;
  const columns: Column<BatchColumn>[] = [
    {
      key: "column",
      header: words.column,
      narrow: "lead",
      width: "17%",
      cell: ({ column }) => <strong className={styles.label}>{column}</strong>,
    },
    {
      key: "samples",
      header: words.samples,
      narrow: "line",
      width: "27%",
      cell: ({ samples }) => <Samples values={samples} />,
    },
    {
      key: "field",
      header: words.field,
      narrow: "line",
      width: "232px",
      cell: (item) => (
        <FieldSelect
          column={item.column}
          value={fieldOf(item, chosen)}
          onChange={(field) => choose(item.column, field)}
        />
      ),
    },
    {
      key: "origin",
      header: words.from,
      narrow: "line",
      cell: (item) => <ColumnOrigin column={item} chosen={chosen} onUse={(field) => choose(item.column, field)} />,
    },
  ];
  return (
    <div className={styles.columns}>
      <LeaveGuard draft={draft} />
      <DraftNotice draft={draft} />
      {needsMapping(batch) && <NoHeader header={batch.header} />}
      <div className={styles.head}>
        <p className={styles.lead}>
          {words.lead} {isNumbered(batch.header) ? "" : words.remembered}
        </p>
        {guesses.length > 0 && <Button onClick={takeGuesses}>{words.useAll(guesses.length)}</Button>}
      </div>
      <Sheet>
        <DataTable
          label={batchTexts.steps.columns}
          columns={columns}
          items={query.data === undefined ? undefined : all ? items : items.slice(0, mostColumns)}
          itemKey={({ column }) => column}
        />
      </Sheet>
      {!all && items.length > mostColumns && (
        <Button size="small" onClick={() => setAll(true)}>
          {words.showAll(items.length)}
        </Button>
      )}
      {save.isError && <ProblemNotice error={save.error} />}
      <SaveBar
        label={words.save}
        busyLabel={words.saving}
        busy={save.isPending}
        said={changes === 0 ? "" : words.changes(changes)}
        changed={changes > 0}
        onSave={() => save.mutate({ mapping: mappingOf(items, chosen) })}
        onUndo={() => {
          save.reset();
          draft.clear();
        }}
      />
    </div>
  );
}

function Samples({ values }: { values: string[] }) {
  if (values.length === 0) return <span className={styles.quiet}>{words.noSamples}</span>;
  return (
    <ul className={styles.samples}>
      {values.map((value) => (
        <li key={value}>{value}</li>
      ))}
    </ul>
  );
}

function NoHeader({ header }: { header: string[] }) {
  const numbered = isNumbered(header);
  return (
    <MessageBar intent="warning" layout="multiline">
      <MessageBarBody>
        <MessageBarTitle>{numbered ? words.headerless : words.unused}</MessageBarTitle>{" "}
        {numbered ? words.headerlessLead : words.unusedLead}
      </MessageBarBody>
    </MessageBar>
  );
}

/** Columns of a file without a header row are called `Column 1`, `Column 2`, …, and such names are not remembered. */
function isNumbered(header: string[]): boolean {
  return header.every((label, at) => label.startsWith(`Column ${at + 1}`));
}
