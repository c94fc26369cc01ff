import { MessageBar, MessageBarBody } from "@fluentui/react-components";
import { useState } from "react";
import type { Product } from "../../contract/customer.ts";
import { CountryField } from "../kit/CountryField.tsx";
import { LicenseEditor } from "./LicenseEditor.tsx";
import { type Holdings, productLines } from "./license-changes.ts";
import { userFormTexts } from "./user-form-texts.ts";
import type { UserForm } from "./user-form.ts";
import styles from "./UserForm.module.css";

const words = userFormTexts.userForm;

/** Whether the licenses of a form can be given: a location is there where one is needed, and so are the seats. */
export function licensesProblem(
  form: Pick<UserForm, "licenses" | "usageLocation">,
  products: Product[],
  holdings: Holdings,
): "location" | "seats" | null {
  const lines = productLines(products, holdings, form.licenses);
  if (form.usageLocation === "" && lines.some(({ needed }) => needed > 0)) return "location";
  return lines.some(({ short }) => short > 0) ? "seats" : null;
}

/** The products to choose from, and the location where it is missing for them. */
export function LicensesStep({
  customerId,
  form,
  products,
  holdings,
  tried,
  refused,
  onChange,
}: {
  customerId: string;
  form: UserForm;
  products: Product[];
  holdings: Holdings;
  tried: boolean;
  /** What the server said of the licenses. */
  refused: string | undefined;
  onChange: (part: Partial<UserForm>) => void;
}) {
  const problem = licensesProblem(form, products, holdings);
  const missing = problem === "location";
  const [asked, setAsked] = useState(missing);
  // Once it is asked for it stays, or the focus would be lost with it.
  if (missing && !asked) setAsked(true);
  const said = refused ?? (tried && problem === "seats" ? words.seatsMissing : undefined);
  return (
    <>
      {asked && (
        <CountryField
          label={words.location}
          hint={words.locationHint}
          placeholder=""
          value={form.usageLocation}
          problem={missing ? words.locationMissing : undefined}
          onChange={(usageLocation) => onChange({ usageLocation })}
        />
      )}
      {said !== undefined && (
        <div tabIndex={-1} data-problem className={styles.notice}>
          <MessageBar intent="error" layout="multiline">
            <MessageBarBody>{said}</MessageBarBody>
          </MessageBar>
        </div>
      )}
      <LicenseEditor
        customerId={customerId}
        products={products}
        holdings={holdings}
        draft={form.licenses}
        onChange={(licenses) => onChange({ licenses })}
      />
    </>
  );
}
