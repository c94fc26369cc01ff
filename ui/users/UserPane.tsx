import { Spinner } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { type TextField, textFields } from "../../contract/fields.ts";
import type { User } from "../../contract/user.ts";
import { productsQuery } from "../customers/customer-queries.ts";
import { userQuery } from "./user-queries.ts";
import { countryName, formatTime } from "../kit/format.ts";
import { texts } from "../kit/texts.ts";
import { userTexts } from "./user-texts.ts";
import { DetailsPane } from "../kit/DetailsPane.tsx";
import { FactList } from "../kit/FactList.tsx";
import { permissionWords } from "./permission-words.ts";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import styles from "./UserPane.module.css";

const words = userTexts.user;

/** The details of one user. */
export function UserPane({ customerId, userId, onClose }: { customerId: string; userId: string; onClose: () => void }) {
  const user = useQuery(userQuery(customerId, userId));
  return (
    <DetailsPane
      label={words.pane}
      title={user.data?.displayName ?? texts.common.loading}
      beside={user.data?.userPrincipalName}
      onClose={onClose}
    >
      {user.data !== undefined && <UserFacts user={user.data} />}
      {user.isPending && <Spinner />}
      {user.isError && <ProblemNotice error={user.error} onRetry={() => void user.refetch()} />}
    </DetailsPane>
  );
}

function UserFacts({ user }: { user: User }) {
  const products = useQuery(productsQuery(user.customerId));
  const fact = (field: TextField) => ({ label: textFields[field].label, value: user[field] });
  return (
    <>
      <FactList
        title={words.identity}
        facts={[
          fact("givenName"),
          fact("surname"),
          {
            label: textFields.usageLocation.label,
            value: user.usageLocation === null ? null : `${countryName(user.usageLocation)} (${user.usageLocation})`,
          },
          { label: userTexts.users.permission, value: permissionWords(user.permission) },
          {
            label: userTexts.users.signIn,
            value: user.accountEnabled ? userTexts.users.signInAllowed : userTexts.users.signInBlocked,
          },
        ]}
      />
      <div>
        <h3 className={styles.title}>{userTexts.users.licenses}</h3>
        {user.licenses.length === 0 ? (
          <p className={styles.quiet}>{words.noLicenses}</p>
        ) : (
          <ul className={styles.licenses}>
            {user.licenses.map(({ skuId, skuPartNumber, disabledPlans }) => (
              <li key={skuId}>
                {products.data?.find((product) => product.skuId === skuId)?.name ?? skuPartNumber}
                {disabledPlans.length > 0 && (
                  <span className={styles.quiet}>{words.withoutPlans(disabledPlans.length)}</span>
                )}
              </li>
            ))}
          </ul>
        )}
      </div>
      <FactList
        title={words.job}
        facts={(["jobTitle", "department", "companyName", "officeLocation"] as const).map(fact)}
      />
      <FactList
        title={words.contact}
        facts={(["businessPhone", "mobilePhone", "faxNumber", "otherMail", "mailNickname"] as const).map(fact)}
      />
      <FactList
        title={words.address}
        facts={(["streetAddress", "postalCode", "city", "stateOrProvince", "country"] as const).map(fact)}
      />
      <FactList
        title={words.account}
        facts={[
          { label: words.created, value: formatTime(user.createdAt) },
          { label: words.deleted, value: user.deletedAt === null ? null : formatTime(user.deletedAt) },
          { label: words.id, value: user.id },
        ]}
      />
    </>
  );
}
