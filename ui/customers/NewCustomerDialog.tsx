import { Button, Field, Input, Textarea } from "@fluentui/react-components";
import { AddRegular } from "@fluentui/react-icons/svg/add";
import { useQueryClient } from "@tanstack/react-query";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { useDraft } from "../kit/use-draft.ts";
import { useTried } from "../kit/use-tried.ts";
import { customerTexts } from "./customer-texts.ts";
import {
  domainsOf,
  emptyCustomer,
  isWholeCustomer,
  newCustomerBody,
  type NewProductLine,
} from "./new-customer-draft.ts";
import styles from "./NewCustomerDialog.module.css";
import { ProductLineFields } from "./ProductLineFields.tsx";

const words = customerTexts.newCustomer;

/** Asks for a customer's name, domains and products, and makes it. */
export function NewCustomerDialog({ onClose, onMade }: { onClose: () => void; onMade: (customerId: string) => void }) {
  const client = useQueryClient();
  const draft = useDraft("new-customer", emptyCustomer);
  const { name, domains, products } = draft.value;
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  const make = async () => {
    const { id } = await callRoute("createCustomer", { body: newCustomerBody(draft.value) });
    draft.clear();
    await client.invalidateQueries({ queryKey: queryKeys.customers() });
    onMade(id);
  };
  const change = (key: number, part: Partial<NewProductLine>) =>
    draft.set({ products: products.map((line) => (line.key === key ? { ...line, ...part } : line)) });

  return (
    <DraftDialog
      draft={draft}
      title={words.title}
      submit={words.submit}
      mayAct={() => tryNow(isWholeCustomer(draft.value))}
      act={make}
      onClose={onClose}
    >
      <div ref={place} className={styles.fields}>
        <Field
          label={words.name}
          required
          {...(tried && name.trim() === "" && { validationMessage: words.nameMissing })}
        >
          <Input autoFocus value={name} onChange={(_event, { value }) => draft.set({ name: value })} />
        </Field>
        <Field
          label={words.domains}
          hint={words.domainsHint}
          required
          {...(tried && domainsOf(draft.value).length === 0 && { validationMessage: words.domainsMissing })}
        >
          <Textarea
            rows={2}
            resize="vertical"
            placeholder="contoso.example"
            value={domains}
            onChange={(_event, { value }) => draft.set({ domains: value })}
          />
        </Field>
        <fieldset className={styles.products}>
          <legend>{words.products}</legend>
          <p className={styles.hint}>{words.productsHint}</p>
          {products.map((line, at) => (
            <ProductLineFields
              key={line.key}
              line={line}
              place={at + 1}
              tried={tried}
              taken={products.flatMap(({ key, product }) =>
                product === null || key === line.key ? [] : [product.skuId],
              )}
              onChange={(part) => change(line.key, part)}
              onRemove={() => draft.set({ products: products.filter(({ key }) => key !== line.key) })}
            />
          ))}
          <div>
            <Button
              size="small"
              icon={<AddRegular />}
              onClick={() => draft.set({ products: [...products, { key: Date.now(), product: null, total: "" }] })}
            >
              {words.addProduct}
            </Button>
          </div>
        </fieldset>
      </div>
    </DraftDialog>
  );
}
