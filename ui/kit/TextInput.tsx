import { Field, Input } from "@fluentui/react-components";

/** A line of text with its label, what is wrong with it, and why it cannot be changed where it cannot. */
export function TextInput({
  label,
  value,
  onChange,
  problem,
  required,
  autoFocus,
  hint,
  reason,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  problem?: string | undefined;
  required?: boolean;
  autoFocus?: boolean;
  hint?: string | undefined;
  reason?: string | null;
}) {
  const said = reason ?? hint;
  return (
    <Field
      label={label}
      required={required === true}
      {...(problem !== undefined && { validationMessage: problem })}
      {...(said !== undefined && { hint: said })}
    >
      <Input
        value={value}
        autoFocus={autoFocus === true}
        readOnly={typeof reason === "string"}
        onChange={(_event, data) => onChange(data.value)}
      />
    </Field>
  );
}
