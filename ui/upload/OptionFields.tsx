import { Field, Radio, RadioGroup } from "@fluentui/react-components";
import type { Product } from "../../contract/customer.ts";
import type { Operation } from "../../contract/operations.ts";
import { uploadTexts } from "./upload-texts.ts";
import { CountryField } from "../kit/CountryField.tsx";
import type { FormOptions } from "./form-options.ts";
import { SelectField } from "../kit/SelectField.tsx";
import { SkuField } from "../customers/SkuField.tsx";
import { UpnPatternField } from "./UpnPatternField.tsx";

const words = uploadTexts.upload;

/** What of a customer is offered for the rows that leave it open. */
export type CustomerOptions = { domains: string[]; products: Product[] };

/** The fields for what a file leaves open; only new users have more of it than the domain of their names. */
export function OptionFields({
  operation,
  value,
  ofCustomer,
  problem,
  onChange,
}: {
  operation: Operation;
  value: FormOptions;
  /** Null: the file is for many customers, and what hangs on one of them is not offered. */
  ofCustomer: CustomerOptions | null;
  /** What is wrong with the pattern for usernames. */
  problem?: string | undefined;
  onChange: (part: Partial<FormOptions>) => void;
}) {
  const domain = ofCustomer && (
    <SelectField
      label={words.domain}
      hint={words.domainHint}
      value={value.domain}
      choices={[
        { value: "", label: words.asInFile },
        ...ofCustomer.domains.map((name) => ({ value: name, label: name })),
      ]}
      onChange={(chosen) => onChange({ domain: chosen })}
    />
  );
  if (operation !== "createUsers") return domain;
  return (
    <>
      <CountryField
        label={words.location}
        hint={words.locationHint}
        placeholder={words.asInFile}
        value={value.usageLocation}
        onChange={(usageLocation) => onChange({ usageLocation })}
      />
      {ofCustomer && (
        <SkuField
          label={words.licenses}
          hint={words.licensesHint}
          products={ofCustomer.products}
          value={value.skus}
          onChange={(skus) => onChange({ skus })}
        />
      )}
      {domain}
      <UpnPatternField value={value.upnPattern} problem={problem} onChange={(upnPattern) => onChange({ upnPattern })} />
      <Field label={words.onExisting}>
        <RadioGroup
          value={value.onExisting}
          onChange={(_event, data) => onChange({ onExisting: data.value as FormOptions["onExisting"] })}
        >
          <Radio value="skip" label={words.onExistingSkip} />
          <Radio value="update" label={words.onExistingUpdate} />
        </RadioGroup>
      </Field>
      <Field label={words.onDeleted}>
        <RadioGroup
          value={value.onDeleted}
          onChange={(_event, data) => onChange({ onDeleted: data.value as FormOptions["onDeleted"] })}
        >
          <Radio value="ask" label={words.onDeletedAsk} />
          <Radio value="restore" label={words.onDeletedRestore} />
          <Radio value="create" label={words.onDeletedCreate} />
        </RadioGroup>
      </Field>
    </>
  );
}
