import { Button, Select } from "@fluentui/react-components";
import { type Batch, type RowPlan, type RowState, rowStates } from "../../contract/batch.ts";
import { type CauseCode, causeCodes, causes } from "../../contract/codes.ts";
import type { RowListFilter } from "./batch-queries.ts";
import { batchTexts } from "./batch-texts.ts";
import { texts } from "../kit/texts.ts";
import { plansOf } from "./plans-of.ts";
import styles from "./BatchRows.module.css";

const words = batchTexts.batch;

/** The choices that narrow the rows of a batch: by plan, by outcome and by cause. */
export function RowFilters({
  operation,
  value: { plan, state, code },
  codes,
  started,
  onChange,
}: {
  operation: Batch["operation"];
  /** Outcomes are there once a batch has started. */
  started: boolean;
  value: RowListFilter;
  /** The causes that the batch has. */
  codes: CauseCode[];
  onChange: (part: RowListFilter) => void;
}) {
  const shownCodes = [...new Set([...codes, ...(code === undefined ? [] : [code])])];
  return (
    <>
      <Choice
        label={words.filterPlan}
        value={plan}
        values={plansOf(operation)}
        wordOf={(one: RowPlan) => words.plan[one]}
        onChange={(next) => onChange({ plan: next })}
      />
      {started && (
        <Choice
          label={words.filterState}
          value={state}
          values={rowStates}
          wordOf={(one: RowState) => words.states[one]}
          onChange={(next) => onChange({ state: next })}
        />
      )}
      {shownCodes.length > 0 && (
        <Choice
          label={words.filterCause}
          value={code}
          values={causeCodes.filter((one) => shownCodes.includes(one))}
          wordOf={(one: CauseCode) => causes[one].title}
          onChange={(next) => onChange({ code: next })}
        />
      )}
      {(plan ?? state ?? code) !== undefined && (
        <Button appearance="subtle" onClick={() => onChange({ plan: undefined, state: undefined, code: undefined })}>
          {words.clearFilters}
        </Button>
      )}
    </>
  );
}

function Choice<Value extends string>({
  label,
  value,
  values,
  wordOf,
  onChange,
}: {
  label: string;
  value: Value | undefined;
  values: readonly Value[];
  wordOf: (value: Value) => string;
  onChange: (value: Value | undefined) => void;
}) {
  return (
    <Select
      className={styles.filter}
      aria-label={label}
      value={value ?? ""}
      onChange={(_event, data) => onChange(values.find((one) => one === data.value))}
    >
      <option value="">{`${label}: ${texts.common.all}`}</option>
      {values.map((one) => (
        <option key={one} value={one}>
          {wordOf(one)}
        </option>
      ))}
    </Select>
  );
}
