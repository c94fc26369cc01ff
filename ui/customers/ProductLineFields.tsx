import { Button, Field, Input } from "@fluentui/react-components";
import { DismissRegular } from "@fluentui/react-icons/svg/dismiss";
import { CatalogField } from "./CatalogField.tsx";
import { customerTexts } from "./customer-texts.ts";
import { isEmptyLine, isSeats, type NewProductLine } from "./new-customer-draft.ts";
import styles from "./NewCustomerDialog.module.css";

const words = customerTexts.newCustomer;

/** One product of a new customer: which, and how many seats. */
export function ProductLineFields({
  line,
  place,
  tried,
  taken,
  onChange,
  onRemove,
}: {
  line: NewProductLine;
  /** 1 for the first line. */
  place: number;
  tried: boolean;
  taken: string[];
  onChange: (part: Partial<NewProductLine>) => void;
  onRemove: () => void;
}) {
  const { product, total } = line;
  const wrong = tried && !isEmptyLine(line);
  return (
    <div className={styles.product}>
      <CatalogField
        label={words.product}
        hiddenLabel
        value={product}
        problem={wrong && product === null ? customerTexts.catalogField.missing : undefined}
        taken={taken}
        onChange={(chosen) => onChange({ product: chosen })}
      />
      <Field {...(wrong && !isSeats(total) && { validationMessage: words.seatsMissing })}>
        <Input
          aria-label={words.seats}
          placeholder={words.seats}
          type="number"
          min={0}
          input={{ style: { width: "100%" } }}
          value={total}
          onChange={(_event, { value }) => onChange({ total: value })}
        />
      </Field>
      <Button
        appearance="subtle"
        icon={<DismissRegular />}
        aria-label={words.removeProduct(place)}
        onClick={onRemove}
      />
    </div>
  );
}
