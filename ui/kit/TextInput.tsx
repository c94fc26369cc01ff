import { Field, Input } from "@fluentui/react-components";

/** A line of text with its label, and what is wrong with it. */
export function TextInput({
  label,
  value,
  onChange,
  problem,
  required,
  autoFocus,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  problem?: string;
  required?: boolean;
  autoFocus?: boolean;
}) {
  return (
    <Field label={label} required={required === true} {...(problem !== undefined && { validationMessage: problem })}>
      <Input value={value} autoFocus={autoFocus === true} onChange={(_event, data) => onChange(data.value)} />
    </Field>
  );
}
