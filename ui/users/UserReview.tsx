import type { Product } from "../../contract/customer.ts";
import { textFields } from "../../contract/fields.ts";
import { FactList } from "../kit/FactList.tsx";
import { countryName } from "../kit/format.ts";
import { productLines } from "./license-changes.ts";
import { newHoldings, type NewPerson } from "./new-users.ts";
import { permissionWords } from "./permission-words.ts";
import { userFormTexts } from "./user-form-texts.ts";
import { moreFields, permissionOf, upnOf } from "./user-form.ts";
import styles from "./UserForm.module.css";
import { userTexts } from "./user-texts.ts";

const words = userFormTexts.userForm;

/** All that was chosen for a new user, by the steps of the form. */
export function UserReview({ person, products }: { person: NewPerson; products: Product[] }) {
  const licenses = productLines(products, newHoldings, person.licenses).filter(({ needed }) => needed > 0);
  return (
    <div className={styles.review}>
      <FactList
        title={words.steps.info}
        facts={[
          { label: words.display, value: person.displayName },
          { label: words.username, value: upnOf(person) },
          { label: words.first, value: person.givenName },
          { label: words.last, value: person.surname },
          { label: words.location, value: person.usageLocation === "" ? null : countryName(person.usageLocation) },
          {
            label: words.signIn,
            value: person.accountEnabled ? userTexts.users.signInAllowed : userTexts.users.signInBlocked,
          },
          ...moreFields.map((field) => ({ label: textFields[field].label, value: person.more[field]?.trim() })),
        ]}
      />
      {person.onDeleted !== "ask" && <p>{person.onDeleted === "restore" ? words.willRestore : words.willCreate}</p>}
      <FactList
        title={words.steps.permissions}
        facts={[{ label: words.permission, value: permissionWords(permissionOf(person)) }]}
      />
      <FactList
        title={words.licenses}
        facts={
          licenses.length === 0
            ? [{ label: words.licenses, value: words.noLicenses }]
            : licenses.map(({ name, plans }) => {
                const off = plans.filter(({ on }) => on === "none").length;
                return {
                  label: name,
                  value: off === 0 ? userFormTexts.addUser.allPlans : userTexts.user.withoutPlans(off),
                };
              })
        }
      />
    </div>
  );
}
