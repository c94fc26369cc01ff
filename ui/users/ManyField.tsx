import { Checkbox } from "@fluentui/react-components";
import { textFields } from "../../contract/fields.ts";
import { CountryField } from "../kit/CountryField.tsx";
import { TextInput } from "../kit/TextInput.tsx";
import type { FieldForMany } from "./edits-for-many.ts";
import { userFormTexts } from "./user-form-texts.ts";

const words = userFormTexts.editUsers;

/** A field of many users: blank it stays as it is, filled in it is set, and by the box under it it is emptied. */
export function ManyField({
  field,
  value,
  problem,
  autoFocus,
  onChange,
}: {
  field: FieldForMany;
  value: string | null;
  problem: string | undefined;
  autoFocus: boolean;
  onChange: (value: string | null) => void;
}) {
  const { label } = textFields[field];
  const emptied = value === null;
  return (
    <div>
      {field === "usageLocation" && !emptied ? (
        <CountryField
          label={label}
          hint={userFormTexts.userForm.locationHint}
          placeholder=""
          value={value}
          onChange={onChange}
        />
      ) : (
        <TextInput
          label={label}
          autoFocus={autoFocus}
          value={value ?? ""}
          reason={emptied ? words.emptied : null}
          problem={problem}
          onChange={onChange}
        />
      )}
      <Checkbox
        label={words.empty}
        aria-label={words.emptyOne(label)}
        checked={emptied}
        onChange={(_event, { checked }) => onChange(checked === true ? null : "")}
      />
    </div>
  );
}
