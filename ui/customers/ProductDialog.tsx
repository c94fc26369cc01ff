import { Field, Input, Radio, RadioGroup } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { callRoute } from "../client/call-route.ts";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { TextInput } from "../kit/TextInput.tsx";
import { useDraft } from "../kit/use-draft.ts";
import { useTried } from "../kit/use-tried.ts";
import { CatalogField } from "./CatalogField.tsx";
import { productsQuery } from "./customer-queries.ts";
import { customerTexts } from "./customer-texts.ts";
import { emptyProduct, productBody, productProblems } from "./new-product.ts";
import { useProductsRefresh } from "./use-products-refresh.ts";
import styles from "./NewCustomerDialog.module.css";

const words = customerTexts.products;

/** Asks which product of the catalogue or of the marketplace the customer has bought, with how many seats. */
export function ProductDialog({ customerId, onClose }: { customerId: string; onClose: () => void }) {
  const draft = useDraft(`new-product ${customerId}`, emptyProduct);
  const { from, product, name, part, address, total } = draft.value;
  const products = useQuery(productsQuery(customerId));
  const refresh = useProductsRefresh(customerId);
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  const wrong = productProblems(draft.value);
  const problems = tried ? wrong : {};
  return (
    <DraftDialog
      draft={draft}
      title={words.addTitle}
      submit={words.add}
      mayAct={() => tryNow(Object.keys(wrong).length === 0)}
      onClose={onClose}
      act={async () => {
        await callRoute("addProduct", { params: { customerId }, body: productBody(draft.value) });
        await refresh();
      }}
    >
      <div ref={place} className={styles.fields}>
        <RadioGroup
          layout="horizontal"
          aria-label={words.from}
          value={from}
          onChange={(_event, { value }) => draft.set({ from: value === "catalogue" ? "catalogue" : "marketplace" })}
        >
          <Radio value="catalogue" label={words.fromCatalogue} />
          <Radio value="marketplace" label={words.fromMarketplace} />
        </RadioGroup>
        {from === "catalogue" ? (
          <CatalogField
            label={words.name}
            value={product}
            problem={problems.product}
            taken={(products.data ?? []).map(({ skuId }) => skuId)}
            onChange={(chosen) => draft.set({ product: chosen })}
          />
        ) : (
          <>
            <TextInput
              label={words.productName}
              required
              value={name}
              problem={problems.name}
              onChange={(typed) => draft.set({ name: typed })}
            />
            <TextInput
              label={words.part}
              required
              value={part}
              problem={problems.part}
              onChange={(typed) => draft.set({ part: typed })}
            />
            <TextInput
              label={words.address}
              hint={words.addressHint}
              required
              value={address}
              problem={problems.address}
              onChange={(typed) => draft.set({ address: typed })}
            />
          </>
        )}
        <Field label={words.total} required {...(problems.total && { validationMessage: problems.total })}>
          <Input type="number" min={0} value={total} onChange={(_event, { value }) => draft.set({ total: value })} />
        </Field>
      </div>
    </DraftDialog>
  );
}
