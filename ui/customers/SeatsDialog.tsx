import { Field, Input } from "@fluentui/react-components";
import { useState } from "react";
import type { Product } from "../../contract/customer.ts";
import { callRoute } from "../client/call-route.ts";
import { useProductsRefresh } from "./use-products-refresh.ts";
import { customerTexts } from "./customer-texts.ts";
import { texts } from "../kit/texts.ts";
import { AskDialog } from "../kit/AskDialog.tsx";

const words = customerTexts.products;

/** Asks how many seats of a product the customer has in total. */
export function SeatsDialog({
  customerId,
  product,
  onClose,
}: {
  customerId: string;
  product: Pick<Product, "skuId" | "name" | "total" | "consumed">;
  onClose: () => void;
}) {
  const [total, setTotal] = useState(String(product.total));
  const refresh = useProductsRefresh(customerId);
  return (
    <AskDialog
      title={words.changeTitle(product.name)}
      submit={texts.common.save}
      onClose={onClose}
      act={async () => {
        const { skuId } = product;
        await callRoute("changeProduct", { params: { customerId, skuId }, body: { total: Number(total) } });
        await refresh();
      }}
    >
      <Field label={words.total} hint={words.totalHint(product.consumed)} required>
        <Input
          type="number"
          min={product.consumed}
          autoFocus
          value={total}
          onChange={(_event, { value }) => setTotal(value)}
        />
      </Field>
    </AskDialog>
  );
}
