import { Combobox, Field, Option, Tag, TagGroup } from "@fluentui/react-components";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { customersQuery } from "./customer-queries.ts";
import { customerTexts } from "./customer-texts.ts";

/** A customer as it stands in a choice. */
export type CustomerChoice = { id: string; name: string };

const words = customerTexts.customersField;

/** A choice of several customers by their names. */
export function CustomersField({
  label,
  hint,
  value,
  onChange,
}: {
  label: string;
  hint: string;
  value: CustomerChoice[];
  onChange: (customers: CustomerChoice[]) => void;
}) {
  return (
    <>
      <CustomerField
        label={label}
        hint={hint}
        onChoose={(customer) => {
          if (!value.some(({ id }) => id === customer.id)) onChange([...value, customer]);
        }}
      />
      {value.length > 0 && (
        <TagGroup
          aria-label={label}
          style={{ flexWrap: "wrap", gap: 4 }}
          onDismiss={(_event, data) => onChange(value.filter(({ id }) => id !== data.value))}
        >
          {value.map(({ id, name }) => (
            <Tag key={id} value={id} dismissible dismissIcon={{ "aria-label": words.remove(name) }} size="small">
              {name}
            </Tag>
          ))}
        </TagGroup>
      )}
    </>
  );
}

/** A search for one customer; what is chosen is told and the field is empty again, unless `chosen` is kept in it. */
export function CustomerField({
  label,
  hint,
  chosen,
  problem,
  onChoose,
}: {
  label: string;
  hint?: string;
  /** The customer that the field holds; left out where it collects several. */
  chosen?: CustomerChoice | null;
  problem?: string | undefined;
  onChoose: (customer: CustomerChoice) => void;
}) {
  const [q, setQ] = useState<string | null>(null);
  const list = useInfiniteQuery(customersQuery(q ?? ""));
  const found = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Field
      label={label}
      {...(hint !== undefined && { hint })}
      {...(chosen !== undefined && { required: true })}
      {...(problem !== undefined && { validationMessage: problem })}
    >
      <Combobox
        freeform
        placeholder={words.search}
        value={q ?? chosen?.name ?? ""}
        selectedOptions={chosen ? [chosen.id] : []}
        onInput={(event) => setQ(event.currentTarget.value)}
        onBlur={() => setQ(null)}
        onOptionSelect={(_event, { optionValue, optionText }) => {
          setQ(null);
          if (optionValue !== undefined) onChoose({ id: optionValue, name: optionText ?? "" });
        }}
        style={{ minWidth: 0 }}
      >
        {found.map(({ id, name }) => (
          <Option key={id} value={id}>
            {name}
          </Option>
        ))}
        {list.data !== undefined && found.length === 0 && <Option disabled>{words.none}</Option>}
      </Combobox>
    </Field>
  );
}
