import { Button } from "@fluentui/react-components";
import type { FieldName } from "../../contract/fields.ts";
import { problemOf } from "../client/request-failed.ts";
import { uploadTexts } from "./upload-texts.ts";
import { FieldSelect } from "./FieldSelect.tsx";
import styles from "./RefusedColumns.module.css";
import { Section, Sheet } from "../kit/Section.tsx";

const words = uploadTexts.upload;

/** The columns that a refusal of a file asks about, or none where it asks about something else. */
export function columnsAskedFor(error: unknown): string[] {
  const { code, errors = [] } = problemOf(error);
  if (code !== "header_unrecognised" && code !== "header_ambiguous") return [];
  return errors.flatMap(({ column }) => (column === undefined ? [] : [column]));
}

/** Asks which fields the columns of a refused file are, so that it can be sent again with that. */
export function RefusedColumns({
  columns,
  fields,
  onChange,
  onSubmit,
}: {
  columns: string[];
  fields: Readonly<Record<string, FieldName | null>>;
  onChange: (fields: Record<string, FieldName | null>) => void;
  onSubmit: (mapping: Record<string, FieldName | null>) => void;
}) {
  const fieldFor = (column: string) => (Object.hasOwn(fields, column) ? (fields[column] ?? null) : null);
  return (
    <Section title={words.sayColumns} lead={words.sayColumnsLead}>
      <Sheet>
        <ul className={styles.columns}>
          {columns.map((column) => (
            <li key={column}>
              <span className={styles.label}>{column}</span>
              <FieldSelect
                column={column}
                value={fieldFor(column)}
                onChange={(field) => onChange({ ...fields, [column]: field })}
              />
            </li>
          ))}
        </ul>
      </Sheet>
      <div className={styles.end}>
        <Button
          appearance="primary"
          disabledFocusable={columns.every((column) => fieldFor(column) === null)}
          onClick={() => onSubmit(Object.fromEntries(columns.map((column) => [column, fieldFor(column)])))}
        >
          {words.sayColumnsSubmit}
        </Button>
      </div>
    </Section>
  );
}
