import { Checkbox } from "@fluentui/react-components";
import type { Product } from "../../contract/customer.ts";
import { userTexts } from "./user-texts.ts";
import styles from "./LicenseChoice.module.css";
import { toggled } from "../kit/toggled.ts";

const words = userTexts.newUser;

/** The customer's products, each to be chosen, with the seats that are available; nothing while they load. */
export function LicenseChoice({
  products,
  skus,
  onChange,
}: {
  products: Product[] | undefined;
  skus: string[];
  onChange: (skus: string[]) => void;
}) {
  return (
    <div className={styles.choice}>
      {products?.length === 0 && <p className={styles.quiet}>{words.noProducts}</p>}
      {products?.map(({ skuId, skuPartNumber, name, available }) => (
        <div key={skuId} className={styles.product}>
          <Checkbox
            label={name}
            checked={skus.includes(skuPartNumber)}
            onChange={(_event, { checked }) => onChange(toggled(skus, skuPartNumber, checked === true))}
          />
          <span className={styles.free} data-none={available === 0}>
            {words.available(available)}
          </span>
        </div>
      ))}
    </div>
  );
}
