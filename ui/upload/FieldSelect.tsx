import { Select } from "@fluentui/react-components";
import { type FieldName, fieldLabel } from "../../contract/fields.ts";
import { batchTexts } from "../batches/batch-texts.ts";

const words = batchTexts.columns;

const groups: Record<keyof typeof words.groups, readonly FieldName[]> = {
  who: ["userPrincipalName", "displayName", "givenName", "surname", "mailNickname", "domain", "otherMail", "objectId"],
  account: ["usageLocation", "licenses", "permission", "password", "accountEnabled", "signInBlocked"],
  job: ["jobTitle", "department", "companyName", "officeLocation"],
  contact: [
    "businessPhone",
    "mobilePhone",
    "faxNumber",
    "streetAddress",
    "city",
    "stateOrProvince",
    "postalCode",
    "country",
  ],
};
const groupNames = Object.keys(groups) as (keyof typeof groups)[];
const offered = new Set(Object.values(groups).flat());

/** The field that a column stands for, to choose; null where the column is not used. */
export function FieldSelect({
  column,
  value,
  onChange,
}: {
  column: string;
  value: FieldName | null;
  onChange: (field: FieldName | null) => void;
}) {
  return (
    <Select
      aria-label={words.fieldOf(column)}
      value={value ?? ""}
      onChange={(_event, data) => onChange([...offered, value].find((one) => one === data.value) ?? null)}
    >
      <option value="">{words.notUsed}</option>
      {groupNames.map((name) => (
        <optgroup key={name} label={words.groups[name]}>
          {groups[name].map((field) => (
            <option key={field} value={field}>
              {fieldLabel(field)}
            </option>
          ))}
        </optgroup>
      ))}
      {value !== null && !offered.has(value) && <option value={value}>{fieldLabel(value)}</option>}
    </Select>
  );
}
