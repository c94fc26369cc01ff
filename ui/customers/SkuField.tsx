import { Dropdown, Field, Option } from "@fluentui/react-components";
import type { Product } from "../../contract/customer.ts";
import { uploadTexts } from "../upload/upload-texts.ts";
import { licenseTexts } from "../users/license-texts.ts";

/** A choice of the customer's products, with the seats that are free. `value` holds part numbers. */
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
