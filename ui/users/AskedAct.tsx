import { lazy, Suspense } from "react";
import { licenseTexts } from "./license-texts.ts";
import { permissionTexts } from "./permission-texts.ts";
import { restoreTexts } from "./restore-texts.ts";
import type { SelectedUsers } from "./selected-users.ts";
import type { UserAct } from "./user-acts.ts";
import { UserActDialog } from "./UserActDialog.tsx";
import { userFormTexts } from "./user-form-texts.ts";
import { userTexts } from "./user-texts.ts";

const PermissionsDialog = lazy(async () => ({ default: (await import("./PermissionsDialog.tsx")).PermissionsDialog }));
const LicensesPanel = lazy(async () => ({ default: (await import("./LicensesPanel.tsx")).LicensesPanel }));
const RestoreDialog = lazy(async () => ({ default: (await import("./RestoreDialog.tsx")).RestoreDialog }));
const RemoveDialog = lazy(async () => ({ default: (await import("./RemoveDialog.tsx")).RemoveDialog }));
const EditUsersPanel = lazy(async () => ({ default: (await import("./EditUsersPanel.tsx")).EditUsersPanel }));

/** What an agent has asked for to be done to selected users. */
export type AskedOperation =
  | UserAct
  | "changeLicenses"
  | "changePermissions"
  | "restoreUsers"
  | "removeUsers"
  | "editUsers";

const ownDone = {
  changeLicenses: licenseTexts.manageLicenses.done,
  changePermissions: permissionTexts.permissions.done,
  restoreUsers: restoreTexts.restoring.done,
  removeUsers: restoreTexts.removing.done,
  editUsers: userFormTexts.editUsers.done,
} as const satisfies Record<Exclude<AskedOperation, UserAct>, string>;

const dialogs = {
  changeLicenses: LicensesPanel,
  changePermissions: PermissionsDialog,
  restoreUsers: RestoreDialog,
  removeUsers: RemoveDialog,
  editUsers: EditUsersPanel,
};

/** The words for an act once it is done. */
export function doneWords(act: AskedOperation): string {
  return isOwn(act) ? ownDone[act] : userTexts.acts[act].done;
}

/** The dialog or the panel that asks before something is done to selected users, and hands on the batch that does it. */
export function AskedAct({ asked, ...of }: { asked: AskedOperation } & SelectedUsers) {
  const name = of.known.length === 1 ? of.known[0]?.displayName : undefined;
  if (!isOwn(asked)) return <UserActDialog {...of} act={asked} name={name} />;
  const Own = dialogs[asked];
  return (
    <Suspense>
      <Own {...of} />
    </Suspense>
  );
}

function isOwn(act: AskedOperation): act is Exclude<AskedOperation, UserAct> {
  return act in dialogs;
}
