import { Field, Input } from "@fluentui/react-components";

/** A field for a password, which shows no letter of it. */
export function PasswordInput({
  label,
  hint,
  autoComplete,
  value,
  onChange,
  problem,
  autoFocus = false,
}: {
  label: string;
  hint?: string;
  autoComplete: "current-password" | "new-password";
  value: string;
  onChange: (value: string) => void;
  problem: string | undefined;
  autoFocus?: boolean;
}) {
  return (
    <Field
      label={label}
      required
      {...(hint !== undefined && { hint })}
      {...(problem !== undefined && { validationMessage: problem })}
    >
      <Input
        type="password"
        autoComplete={autoComplete}
        autoFocus={autoFocus}
        value={value}
        onChange={(_event, data) => onChange(data.value)}
      />
    </Field>
  );
}
