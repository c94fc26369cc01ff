import { Checkbox } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { textFields } from "../../contract/fields.ts";
import { CountryField } from "../kit/CountryField.tsx";
import { countryName } from "../kit/format.ts";
import { TextInput } from "../kit/TextInput.tsx";
import { userFormTexts } from "./user-form-texts.ts";
import { moreFields, type UserForm } from "./user-form.ts";
import styles from "./UserForm.module.css";

const words = userFormTexts.userForm;

/** Names, username, location and, folded, all else that is known of a user; `problem` is asked for each field. */
export function UserInfoStep({
  form,
  problem,
  usual,
  username,
  signInReason,
  onChange,
}: {
  form: UserForm;
  problem: (field: string) => string | undefined;
  /** The usual location of the customer's users; empty where none is. */
  usual: string;
  username: ReactNode;
  /** Why sign-in may not be blocked or allowed; null where it may. */
  signInReason: string | null;
  onChange: (part: Partial<UserForm>) => void;
}) {
  const openMore = moreFields.some((field) => problem(field) !== undefined);
  return (
    <div className={styles.fields}>
      <TextInput
        label={words.first}
        value={form.givenName}
        problem={problem("givenName")}
        onChange={(givenName) => onChange({ givenName })}
      />
      <TextInput
        label={words.last}
        value={form.surname}
        problem={problem("surname")}
        onChange={(surname) => onChange({ surname })}
      />
      <TextInput
        label={words.display}
        required
        value={form.displayName}
        problem={problem("displayName")}
        onChange={(displayName) => onChange({ displayName })}
      />
      <CountryField
        label={words.location}
        hint={
          form.usageLocation !== "" && form.usageLocation === usual
            ? words.locationUsual(countryName(usual))
            : words.locationHint
        }
        placeholder=""
        value={form.usageLocation}
        problem={problem("usageLocation")}
        onChange={(usageLocation) => onChange({ usageLocation })}
      />
      {username}
      <div className={styles.wide}>
        <Checkbox
          label={words.signInAllowed}
          checked={form.accountEnabled}
          disabled={signInReason !== null}
          onChange={(_event, { checked }) => onChange({ accountEnabled: checked === true })}
        />
        {signInReason !== null && <p className={styles.quiet}>{signInReason}</p>}
      </div>
      <details className={styles.more} open={openMore || undefined}>
        <summary>{words.more}</summary>
        <div className={styles.fields}>
          {moreFields.map((field) => (
            <TextInput
              key={field}
              label={textFields[field].label}
              value={form.more[field] ?? ""}
              problem={problem(field)}
              onChange={(value) => onChange({ more: { ...form.more, [field]: value } })}
            />
          ))}
        </div>
      </details>
    </div>
  );
}
