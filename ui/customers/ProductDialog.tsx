import { Field, Input } from "@fluentui/react-components";
import { useState } from "react";
import { callRoute } from "../client/call-route.ts";
import { useProductsRefresh } from "./use-products-refresh.ts";
import { customerTexts } from "./customer-texts.ts";
import { AskDialog } from "../kit/AskDialog.tsx";

const words = customerTexts.products;

/** Asks which product the customer has bought, with how many seats. */
export function ProductDialog({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const [skuPartNumber, setPart] = useState("");
  const [total, setTotal] = useState("");
  const refresh = useProductsRefresh(customerId);
  return (
    <AskDialog
      title={words.addTitle}
      submit={words.add}
      onClose={onClose}
      act={async () => {
        const body = { skuPartNumber: skuPartNumber.trim(), total: Number(total) };
        await callRoute("addProduct", { params: { customerId }, body });
        await refresh();
      }}
    >
      <Field label={words.name} hint={customerTexts.newCustomer.productHint} required>
        <Input autoFocus value={skuPartNumber} onChange={(_event, { value }) => setPart(value)} />
      </Field>
      <Field label={words.total} required>
        <Input type="number" min={0} value={total} onChange={(_event, { value }) => setTotal(value)} />
      </Field>
    </AskDialog>
  );
}
