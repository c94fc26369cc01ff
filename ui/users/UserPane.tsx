import { Spinner } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { type TextField, textFields, textFieldsOf } from "../../contract/fields.ts";
import type { User } from "../../contract/user.ts";
import { userQuery } from "./user-queries.ts";
import { countryName, formatTime } from "../kit/format.ts";
import { texts } from "../kit/texts.ts";
import { userTexts } from "./user-texts.ts";
import { DetailsPane } from "../kit/DetailsPane.tsx";
import { FactList } from "../kit/FactList.tsx";
import { permissionWords } from "./permission-words.ts";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { PaneTabs } from "../kit/PaneTabs.tsx";
import { PasswordLink } from "./PasswordLink.tsx";
import { UserLicenses } from "./UserLicenses.tsx";
import { UserPermissions } from "./UserPermissions.tsx";
import { UserActivity } from "./UserActivity.tsx";
import styles from "./UserPane.module.css";
import { UserPaneCommands } from "./UserPaneCommands.tsx";

const words = userTexts.user;

/** The details of one user: what is known, the licenses, and what was done to it. */
export function UserPane({ customerId, userId, onClose }: { customerId: string; userId: string; onClose: () => void }) {
  const user = useQuery(userQuery(customerId, userId));
  return (
    <DetailsPane
      label={words.pane}
      title={user.data?.displayName ?? texts.common.loading}
      beside={user.data?.userPrincipalName}
      onClose={onClose}
    >
      {user.data !== undefined && <UserTabs user={user.data} />}
      {user.isPending && <Spinner />}
      {user.isError && <ProblemNotice error={user.error} onRetry={() => void user.refetch()} />}
    </DetailsPane>
  );
}

const tabs = ["info", "licenses", "permissions", "activity"] as const;

function UserTabs({ user }: { user: User }) {
  const [open, setOpen] = useState<(typeof tabs)[number]>("info");
  const contents = {
    info: () => <UserFacts user={user} />,
    licenses: () => (user.state === "active" ? <UserLicenses user={user} /> : <FormerLicenses user={user} />),
    permissions: () =>
      user.state === "active" ? <UserPermissions user={user} /> : <p>{permissionWords(user.permission)}</p>,
    activity: () => <UserActivity customerId={user.customerId} userId={user.id} />,
  };
  return (
    <>
      <UserPaneCommands user={user} />
      <PaneTabs
        label={words.pane}
        tabs={tabs.map((key) => ({ key, label: words.tabs[key], content: contents[key] }))}
        open={open}
        onOpen={setOpen}
      />
    </>
  );
}

function UserFacts({ user }: { user: User }) {
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
      <FactList title={words.job} facts={textFieldsOf("job").map(fact)} />
      <FactList title={words.contact} facts={textFieldsOf("contact").map(fact)} />
      <FactList title={words.address} facts={textFieldsOf("address").map(fact)} />
      <FactList
        title={words.account}
        facts={[
          { label: words.created, value: formatTime(user.createdAt) },
          { label: words.deleted, value: user.deletedAt === null ? null : formatTime(user.deletedAt) },
          { label: words.id, value: user.id },
        ]}
      />
      {user.state === "active" && <PasswordLink user={user} />}
    </>
  );
}

function FormerLicenses({ user }: { user: User }) {
  if (user.licenses.length === 0) return <p className={styles.quiet}>{words.noLicenses}</p>;
  return (
    <ul className={styles.licenses}>
      {user.licenses.map(({ skuId, name, disabledPlans }) => (
        <li key={skuId}>
          {name}
          {disabledPlans.length > 0 && <span className={styles.quiet}>{words.withoutPlans(disabledPlans.length)}</span>}
        </li>
      ))}
    </ul>
  );
}
