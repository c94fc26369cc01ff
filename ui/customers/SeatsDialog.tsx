import { Field, Input } from "@fluentui/react-components";
import { useState } from "react";
import type { Product } from "../../contract/customer.ts";
import { callRoute } from "../client/call-route.ts";
import { isSeats } from "./new-customer-draft.ts";
import { useTried } from "../kit/use-tried.ts";
import { useProductsRefresh } from "./use-products-refresh.ts";
import { customerTexts } from "./customer-texts.ts";
import { texts } from "../kit/texts.ts";
import { AskDialog } from "../kit/AskDialog.tsx";

const words = customerTexts.products;

/** Asks how many seats of a product the customer has in total. */
export function SeatsDialog({
  customerId,
  product,
  wanted = product.total,
  onSaved,
  onClose,
}: {
  customerId: string;
  product: Pick<Product, "skuId" | "name" | "total" | "consumed">;
  /** The total that is offered. */
  wanted?: number;
  onSaved?: () => void;
  onClose: () => void;
}) {
  const [total, setTotal] = useState(String(wanted));
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  const low = Number(total) < product.consumed ? words.totalLow(product.consumed) : undefined;
  const problem = isSeats(total) ? low : words.totalWrong;
  const refresh = useProductsRefresh(customerId);
  return (
    <AskDialog
      title={words.changeTitle(product.name)}
      submit={texts.common.save}
      mayAct={() => tryNow(problem === undefined)}
      onClose={onClose}
      act={async () => {
        const { skuId } = product;
        await callRoute("changeProduct", { params: { customerId, skuId }, body: { total: Number(total) } });
        await refresh();
        onSaved?.();
      }}
    >
      <div ref={place}>
        <Field
          label={words.total}
          hint={words.totalHint(product.consumed)}
          required
          {...(tried && problem !== undefined && { validationMessage: problem })}
        >
          <Input
            type="number"
            min={product.consumed}
            autoFocus
            value={total}
            onChange={(_event, { value }) => setTotal(value)}
          />
        </Field>
      </div>
    </AskDialog>
  );
}
