import { useState } from "react";
import type { User } from "../../contract/user.ts";
import { callRoute } from "../client/call-route.ts";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SaveBar } from "../kit/SaveBar.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import {
  draftOf,
  permissionChanges,
  type PermissionDraft,
  roleHoldersOf,
  wantedPermission,
} from "./permission-changes.ts";
import { permissionTexts } from "./permission-texts.ts";
import { PermissionChoice } from "./PermissionChoice.tsx";
import { useUserSave } from "./use-user-save.ts";
import styles from "./UserPane.module.css";
import { waitForEnd } from "./wait-for-end.ts";

const words = permissionTexts.permissions;
/** The permission of one user, to be changed in place. */
export function UserPermissions({ user }: { user: User }) {
  const { customerId, id: userId } = user;
  const { reason } = useAuthority(customerId);
  const refused = reason("changePermissions");
  const [changed, setChanged] = useState<PermissionDraft>();
  const draft = changed ?? draftOf(user.permission);
  const wanted = wantedPermission(draft);
  const changes = wanted === null ? [] : permissionChanges(roleHoldersOf(user), wanted);
  const save = useUserSave(
    customerId,
    () =>
      callRoute("changeUserPermissions", {
        params: { customerId, userId },
        body: { permission: wanted ?? "user" },
        headers: waitForEnd,
      }),
    () => setChanged(undefined),
  );
  const said =
    save.data === undefined || changed !== undefined ? "" : save.data === null ? words.saved : words.underWay;
  return (
    <>
      {refused !== null && <p className={styles.quiet}>{refused}</p>}
      {save.isError && <ProblemNotice error={save.error} />}
      <PermissionChoice {...draft} locked={refused !== null} onChange={(part) => setChanged({ ...draft, ...part })} />
      {refused === null && (
        <SaveBar
          label={words.save}
          busyLabel={words.saving}
          busy={save.isPending}
          changed={changes.length > 0}
          said={wanted === null ? words.chooseRole : changes.length > 0 ? changes.join(" ") : said}
          onSave={() => save.mutate()}
          onUndo={() => setChanged(undefined)}
        />
      )}
    </>
  );
}
