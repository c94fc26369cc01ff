import { Combobox, Field, Option } from "@fluentui/react-components";
import { useMemo, useState } from "react";
import { countries } from "./countries.ts";
import { countryName } from "./format.ts";
import { texts } from "./texts.ts";

const mostShown = 300;

/** A choice of countries that narrows as one types; `value` is a code, or nothing. */
export function CountryField({
  label,
  hint,
  placeholder,
  value,
  problem,
  onChange,
}: {
  label: string;
  hint: string;
  placeholder: string;
  value: string;
  problem?: string | undefined;
  onChange: (code: string) => void;
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const shown = useMemo(() => {
    const q = (typed ?? "").trim().toLowerCase();
    return countries()
      .filter(({ code, name }) => q === "" || name.toLowerCase().includes(q) || code.toLowerCase() === q)
      .slice(0, mostShown);
  }, [typed]);
  return (
    <Field label={label} hint={hint} {...(problem !== undefined && { validationMessage: problem })}>
      <Combobox
        placeholder={placeholder}
        clearable
        style={{ minWidth: 0 }}
        input={{ style: { minWidth: 0 } }}
        value={typed ?? (value === "" ? "" : countryName(value))}
        selectedOptions={value === "" ? [] : [value]}
        onChange={(event) => setTyped(event.target.value)}
        onOptionSelect={(_event, { optionValue }) => {
          setTyped(null);
          onChange(optionValue ?? "");
        }}
        onBlur={() => {
          if (typed !== null && typed.trim() === "") onChange("");
          setTyped(null);
        }}
      >
        {shown.map(({ code, name }) => (
          <Option key={code} value={code} text={name}>
            {name}
          </Option>
        ))}
        {shown.length === 0 && (
          <Option disabled value="">
            {texts.common.none}
          </Option>
        )}
      </Combobox>
    </Field>
  );
}
