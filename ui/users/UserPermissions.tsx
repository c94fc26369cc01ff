import type { User } from "../../contract/user.ts";
import { callRoute } from "../client/call-route.ts";
import { DraftNotice } from "../kit/DraftNotice.tsx";
import { LeaveGuard } from "../kit/LeaveGuard.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SaveBar } from "../kit/SaveBar.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import { useDraft } from "../kit/use-draft.ts";
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
  const draft = useDraft<Partial<PermissionDraft>>(`permissions ${customerId} ${userId}`, {});
  const choice = { ...draftOf(user.permission), ...draft.value };
  const wanted = wantedPermission(choice);
  const changes = wanted === null ? [] : permissionChanges(roleHoldersOf(user), wanted);
  const save = useUserSave(
    customerId,
    () =>
      callRoute("changeUserPermissions", {
        params: { customerId, userId },
        body: { permission: wanted ?? "user" },
        headers: waitForEnd,
      }),
    draft.clear,
  );
  const said = save.data === undefined || draft.isDirty() ? "" : save.data === null ? words.saved : words.underWay;
  return (
    <>
      <LeaveGuard draft={draft} />
      <DraftNotice draft={draft} />
      {refused !== null && <p className={styles.quiet}>{refused}</p>}
      {save.isError && <ProblemNotice error={save.error} />}
      <PermissionChoice {...choice} locked={refused !== null} onChange={draft.set} />
      {refused === null && (
        <SaveBar
          label={words.save}
          busyLabel={words.saving}
          busy={save.isPending}
          changed={changes.length > 0}
          said={wanted === null ? words.chooseRole : changes.length > 0 ? changes.join(" ") : said}
          onSave={() => save.mutate()}
          onUndo={draft.clear}
        />
      )}
    </>
  );
}
