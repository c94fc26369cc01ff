import type { User } from "../../contract/user.ts";
import { permissionWords } from "./permission-words.ts";
import styles from "./UserList.module.css";
import { userTexts } from "./user-texts.ts";

/** What is not as usual about a user, beside the name: that sign-in is blocked, and which permission the user has. */
export function UserMarks({ user: { accountEnabled, permission } }: { user: User }) {
  return (
    <>
      {!accountEnabled && (
        <span className={styles.mark} data-tone="warn">
          {userTexts.users.signInBlocked}
        </span>
      )}
      {permission !== "user" && (
        <span className={styles.mark} title={permissionWords(permission)}>
          {permissionWords(permission)}
        </span>
      )}
    </>
  );
}
