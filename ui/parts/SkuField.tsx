import { Dropdown, Field, Option } from "@fluentui/react-components";
import type { Product } from "../../contract/customer.ts";
import { texts } from "../texts.ts";

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
        placeholder={texts.upload.licensesNone}
        style={{ minWidth: 0 }}
        selectedOptions={value}
        value={names.join(", ")}
        onOptionSelect={(_event, { selectedOptions }) => onChange(selectedOptions)}
        disabled={products.length === 0}
      >
        {products.map(({ skuId, skuPartNumber, name, available }) => (
          <Option key={skuId} value={skuPartNumber} text={name}>
            {`${name} · ${texts.newUser.available(available)}`}
          </Option>
        ))}
      </Dropdown>
    </Field>
  );
}
