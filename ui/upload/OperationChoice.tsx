import { Field, Radio, RadioGroup } from "@fluentui/react-components";
import type { CustomerAct } from "../../contract/customer-acts.ts";
import type { FileOperation } from "../../contract/operations.ts";
import { offeredOperations } from "../kit/operation-texts.ts";
import styles from "./OperationChoice.module.css";
import { uploadTexts } from "./upload-texts.ts";

const words = uploadTexts.upload;

/** The choice of what is done with the users in a file; what the agent may not do is greyed and says which role is missing. */
export function OperationChoice({
  reason,
  value,
  onChange,
}: {
  /** Why something may not be done; null where it may. */
  reason: (act: CustomerAct) => string | null;
  value: FileOperation;
  onChange: (operation: FileOperation) => void;
}) {
  return (
    <Field label={words.operation} className={styles.field}>
      <RadioGroup
        className={styles.choices}
        value={value}
        onChange={(_event, data) => onChange(offeredOperations.find((one) => one === data.value) ?? value)}
      >
        {offeredOperations.map((operation) => (
          <Radio
            key={operation}
            className={styles.choice}
            value={operation}
            disabled={reason(operation) !== null && operation !== value}
            label={
              <>
                <span className={styles.label}>{words.operations[operation].label}</span>
                <span className={styles.hint}>{reason(operation) ?? words.operations[operation].hint}</span>
              </>
            }
          />
        ))}
      </RadioGroup>
    </Field>
  );
}
