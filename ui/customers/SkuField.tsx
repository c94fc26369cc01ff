import { Checkbox, Dropdown, Field, Option } from "@fluentui/react-components";
import type { Product } from "../../contract/customer.ts";
import { uploadTexts } from "../upload/upload-texts.ts";
import { licenseTexts } from "../users/license-texts.ts";
import { toggled } from "../kit/toggled.ts";
import styles from "./SkuField.module.css";

/** So many are seen at a glance, and are one click each. */
const mostBoxes = 6;

/** A choice of the customer's products, with the seats that are free: boxes for a few, a list for many. `value` holds part numbers. */
export function SkuField({
  label,
  hint,
  products,
  value,
  onChange,
}: {
  label: string;
  hint: string;
  products: Product[];
  value: string[];
  onChange: (skus: string[]) => void;
}) {
  if (products.length > 0 && products.length <= mostBoxes) {
    return (
      // Not a Field, which would give each box its own name.
      <fieldset className={styles.boxes}>
        <legend className={styles.label}>{label}</legend>
        {products.map(({ skuId, skuPartNumber, name, available }) => (
          <Checkbox
            key={skuId}
            label={
              <>
                {name} <span className={styles.quiet}>{licenseTexts.manageLicenses.available(available)}</span>
              </>
            }
            checked={value.includes(skuPartNumber)}
            onChange={(_event, { checked }) => onChange(toggled(value, skuPartNumber, checked === true))}
          />
        ))}
        <span className={styles.quiet}>{hint}</span>
      </fieldset>
    );
  }
  const names = products.filter(({ skuPartNumber }) => value.includes(skuPartNumber)).map(({ name }) => name);
  return (
    <Field label={label} hint={hint}>
      <Dropdown
        multiselect
        placeholder={uploadTexts.upload.licensesNone}
        style={{ minWidth: 0 }}
        selectedOptions={value}
        value={names.join(", ")}
        onOptionSelect={(_event, { selectedOptions }) => onChange(selectedOptions)}
        disabled={products.length === 0}
      >
        {products.map(({ skuId, skuPartNumber, name, available }) => (
          <Option key={skuId} value={skuPartNumber} text={name}>
            {`${name} · ${licenseTexts.manageLicenses.available(available)}`}
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
}
