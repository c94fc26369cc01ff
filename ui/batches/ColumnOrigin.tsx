import { Button } from "@fluentui/react-components";
import { LightbulbRegular } from "@fluentui/react-icons/svg/lightbulb";
import { type FieldName, fieldLabel } from "../../contract/fields.ts";
import type { BatchColumn } from "../../contract/batch.ts";
import { batchTexts } from "./batch-texts.ts";
import styles from "./BatchColumns.module.css";
import { type ChosenFields, fieldOf } from "../upload/chosen-fields.ts";

const words = batchTexts.columns;

/** Says why a column stands for its field, and offers what it could stand for instead. */
export function ColumnOrigin({
  column: item,
  chosen,
  onUse,
}: {
  column: BatchColumn;
  chosen: ChosenFields;
  onUse: (field: FieldName) => void;
}) {
  const { column, guess, source } = item;
  const changed = Object.hasOwn(chosen, column);
  const offered = guess !== null && guess.field !== fieldOf(item, chosen);
  return (
    <div className={styles.origin}>
      {(changed || source !== null || !offered) && (
        <span className={styles.source} data-changed={changed}>
          {originOf(item, chosen)}
        </span>
      )}
      {offered && (
        <div className={styles.guess}>
          <LightbulbRegular />
          <p>
            <strong>{words.guess(fieldLabel(guess.field))}</strong> {guess.reason}
          </p>
          <Button
            size="small"
            aria-label={words.useFor(column, fieldLabel(guess.field))}
            onClick={() => onUse(guess.field)}
          >
            {words.use}
          </Button>
        </div>
      )}
    </div>
  );
}

function originOf({ column, field, source }: BatchColumn, chosen: ChosenFields): string {
  if (Object.hasOwn(chosen, column)) return words.changedFrom(field === null ? words.notUsed : fieldLabel(field));
  if (source === null) return words.unknown;
  if (field !== null) return words.sources[source];
  return source === "remembered" ? words.leftOutRemembered : words.leftOut;
}
