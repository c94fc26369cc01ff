import { Combobox, Field, Option } from "@fluentui/react-components";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { callRoute } from "../client/call-route.ts";
import { queryKeys } from "../client/query-keys.ts";
import { customerTexts } from "./customer-texts.ts";

/** A product of the catalogue as it stands in a choice. */
export type ProductChoice = { skuId: string; name: string };

const words = customerTexts.catalogField;
const mostShown = 50;

/** A choice of one product of the catalogue, found by its name or part number. `taken` are the GUIDs that cannot be chosen again. */
export function CatalogField({
  label,
  hiddenLabel = false,
  value,
  problem,
  taken = [],
  onChange,
}: {
  label: string;
  /** Whether the label is only for those who hear the page. */
  hiddenLabel?: boolean;
  value: ProductChoice | null;
  problem?: string | undefined;
  taken?: string[];
  onChange: (product: ProductChoice) => void;
}) {
  const [q, setQ] = useState<string | null>(null);
  const list = useQuery({
    queryKey: queryKeys.catalog(q ?? ""),
    queryFn: ({ signal }) => callRoute("listCatalog", { query: { q: q ?? "", limit: mostShown }, signal }),
    placeholderData: keepPreviousData,
  });
  const items = list.data?.items ?? [];
  return (
    <Field
      {...(!hiddenLabel && { label, required: true })}
      {...(problem !== undefined && { validationMessage: problem })}
    >
      <Combobox
        freeform
        placeholder={words.search}
        {...(hiddenLabel && { "aria-label": label })}
        value={q ?? value?.name ?? ""}
        selectedOptions={value === null ? [] : [value.skuId]}
        onInput={(event) => setQ(event.currentTarget.value)}
        onBlur={() => setQ(null)}
        onOptionSelect={(_event, { optionValue }) => {
          setQ(null);
          const product = items.find(({ skuId }) => skuId === optionValue);
          if (product !== undefined) onChange({ skuId: product.skuId, name: product.name });
        }}
        style={{ minWidth: 0 }}
        input={{ style: { minWidth: 0, width: "100%" } }}
      >
        {items.map(({ skuId, skuPartNumber, name }) => (
          <Option key={skuId} value={skuId} text={name} disabled={taken.includes(skuId)}>
            {taken.includes(skuId) ? `${name} · ${words.taken}` : `${name} · ${skuPartNumber}`}
          </Option>
        ))}
        {list.data !== undefined && items.length === 0 && <Option disabled>{words.none}</Option>}
      </Combobox>
    </Field>
  );
}
