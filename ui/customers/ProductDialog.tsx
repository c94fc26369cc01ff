import { Field, Input } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { callRoute } from "../client/call-route.ts";
import { AskDialog } from "../kit/AskDialog.tsx";
import { useTried } from "../kit/use-tried.ts";
import { CatalogField, type ProductChoice } from "./CatalogField.tsx";
import { productsQuery } from "./customer-queries.ts";
import { customerTexts } from "./customer-texts.ts";
import { isSeats } from "./new-customer-draft.ts";
import { useProductsRefresh } from "./use-products-refresh.ts";
import styles from "./NewCustomerDialog.module.css";

const words = customerTexts.products;

/** Asks which product of the catalogue the customer has bought, with how many seats. */
export function ProductDialog({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const [product, setProduct] = useState<ProductChoice | null>(null);
  const [total, setTotal] = useState("");
  const products = useQuery(productsQuery(customerId));
  const refresh = useProductsRefresh(customerId);
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  return (
    <AskDialog
      title={words.addTitle}
      submit={words.add}
      mayAct={() => tryNow(product !== null && isSeats(total))}
      onClose={onClose}
      act={async () => {
        const body = { skuPartNumber: product?.skuId ?? "", total: Number(total) };
        await callRoute("addProduct", { params: { customerId }, body });
        await refresh();
      }}
    >
      <div ref={place} className={styles.fields}>
        <CatalogField
          label={words.name}
          value={product}
          problem={tried && product === null ? customerTexts.catalogField.missing : undefined}
          taken={(products.data ?? []).map(({ skuId }) => skuId)}
          onChange={setProduct}
        />
        <Field label={words.total} required {...(tried && !isSeats(total) && { validationMessage: words.totalWrong })}>
          <Input type="number" min={0} value={total} onChange={(_event, { value }) => setTotal(value)} />
        </Field>
      </div>
    </AskDialog>
  );
}
