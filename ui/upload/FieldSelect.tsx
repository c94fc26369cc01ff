import { Select } from "@fluentui/react-components";
import { type FieldName, fieldLabel, offeredFields } from "../../contract/fields.ts";
import { batchTexts } from "../batches/batch-texts.ts";

const words = batchTexts.columns;

const offered = new Set(offeredFields.flatMap(({ fields }) => fields));

/** The field that a column stands for, to choose; null where the column is not used. */
export function FieldSelect({
  column,
  value,
  onChange,
}: {
  column: string;
  value: FieldName | null;
  onChange: (field: FieldName | null) => void;
}) {
  return (
    <Select
      aria-label={words.fieldOf(column)}
      value={value ?? ""}
      onChange={(_event, data) => onChange([...offered, value].find((one) => one === data.value) ?? null)}
    >
      <option value="">{words.notUsed}</option>
      {offeredFields.map(({ part, fields }) => (
        <optgroup key={part} label={words.groups[part]}>
          {fields.map((field) => (
            <option key={field} value={field}>
              {fieldLabel(field)}
            </option>
          ))}
        </optgroup>
      ))}
      {value !== null && !offered.has(value) && <option value={value}>{fieldLabel(value)}</option>}
    </Select>
  );
}
