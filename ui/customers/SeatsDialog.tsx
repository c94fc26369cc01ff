import { Field, Input } from "@fluentui/react-components";
import type { Product } from "../../contract/customer.ts";
import { callRoute } from "../client/call-route.ts";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { texts } from "../kit/texts.ts";
import { useDraft } from "../kit/use-draft.ts";
import { useTried } from "../kit/use-tried.ts";
import { customerTexts } from "./customer-texts.ts";
import styles from "./NewCustomerDialog.module.css";
import { type Seats, seatProblems, seatsBody } from "./seats.ts";
import { useProductsRefresh } from "./use-products-refresh.ts";

const words = customerTexts.products;
const hints = { warning: words.warningHint, suspended: words.suspendedHint } as const;

/** Asks how many seats of a product the customer has in total, and, where that is known, how many of a subscription that ran out. */
export function SeatsDialog({
  customerId,
  product,
  wanted = product.total,
  onSaved,
  onClose,
}: {
  customerId: string;
  product: Pick<Product, "skuId" | "name" | "total" | "consumed"> & Partial<Pick<Product, "warning" | "suspended">>;
  /** The total that is offered. */
  wanted?: number;
  onSaved?: () => void;
  onClose: () => void;
}) {
  const { skuId, consumed, warning, suspended } = product;
  const empty: Seats = { total: String(wanted), warning: warning?.toString(), suspended: suspended?.toString() };
  const draft = useDraft(`seats ${customerId} ${skuId} ${wanted}`, empty);
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  const wrong = seatProblems(draft.value, consumed);
  const field = (name: keyof Seats, hint: string, min = 0) => {
    const value = draft.value[name];
    if (value === undefined) return null;
    const problem = tried ? wrong[name] : undefined;
    return (
      <Field
        label={words[name]}
        hint={hint}
        required={name === "total"}
        {...(problem !== undefined && { validationMessage: problem })}
      >
        <Input
          type="number"
          min={min}
          autoFocus={name === "total"}
          value={value}
          onChange={(_event, data) => draft.set({ [name]: data.value })}
        />
      </Field>
    );
  };
  const refresh = useProductsRefresh(customerId);
  return (
    <DraftDialog
      draft={draft}
      title={words.changeTitle(product.name)}
      submit={texts.common.save}
      mayAct={() => tryNow(Object.keys(wrong).length === 0)}
      onClose={onClose}
      act={async () => {
        await callRoute("changeProduct", { params: { customerId, skuId }, body: seatsBody(draft.value) });
        await refresh();
        onSaved?.();
      }}
    >
      <div ref={place} className={styles.fields}>
        {field("total", words.totalHint(consumed), consumed)}
        {field("warning", hints.warning)}
        {field("suspended", hints.suspended)}
      </div>
    </DraftDialog>
  );
}
