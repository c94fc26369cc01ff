import type { FoundUser } from "../../contract/search.ts";
import { DetailsPane } from "../kit/DetailsPane.tsx";
import { FactList } from "../kit/FactList.tsx";
import { UserActivity } from "../users/UserActivity.tsx";
import { peopleTexts } from "./people-texts.ts";
import styles from "./PersonPane.module.css";
import { UserLink } from "./UserLink.tsx";

const words = peopleTexts.people;

/** What happened to one person, the latest first, and the ways to the user, the customer and the audit. */
export function PersonPane({ person, onClose }: { person: FoundUser; onClose: () => void }) {
  const { userId, customer, displayName, userPrincipalName, state } = person;
  return (
    <DetailsPane label={words.happened} title={displayName} onClose={onClose}>
      <FactList
        facts={[
          { label: words.signInName, value: userPrincipalName },
          { label: words.customer, value: customer.name },
          { label: words.state, value: state === "active" ? words.active : words.deleted },
        ]}
      />
      <p>
        <UserLink user={person}>{state === "active" ? words.openUser : words.openDeleted}</UserLink>
      </p>
      <h3 className={styles.title}>{words.happened}</h3>
      <UserActivity customerId={customer.id} userId={userId} />
    </DetailsPane>
  );
}
