import { lazy, Suspense } from "react";
import type { Selection } from "../../contract/user-changes.ts";
import type { User } from "../../contract/user.ts";
import { licenseTexts } from "./license-texts.ts";
import { permissionTexts } from "./permission-texts.ts";
import type { UserAct } from "./user-acts.ts";
import { UserActDialog } from "./UserActDialog.tsx";
import { userTexts } from "./user-texts.ts";

const PermissionsDialog = lazy(async () => ({ default: (await import("./PermissionsDialog.tsx")).PermissionsDialog }));
const LicensesPanel = lazy(async () => ({ default: (await import("./LicensesPanel.tsx")).LicensesPanel }));

/** What an agent has asked for to be done to selected users. */
export type Asked = UserAct | "changeLicenses" | "changePermissions";

/** The words for an act once it is done. */
export function doneWords(act: Asked): string {
  if (act === "changeLicenses") return licenseTexts.manageLicenses.done;
  return act === "changePermissions" ? permissionTexts.permissions.done : userTexts.acts[act].done;
}

/** The dialog or the panel that asks before something is done to selected users, and hands on the batch that does it. */
export function AskedAct({
  asked,
  ...of
}: {
  asked: Asked;
  customerId: string;
  select: Selection;
  /** The users of a selection by id. */
  known: User[];
  onStarted: (batchId: string) => void;
  onClose: () => void;
}) {
  const name = of.known.length === 1 ? of.known[0]?.displayName : undefined;
  return (
    <Suspense>
      {asked === "changeLicenses" ? (
        <LicensesPanel {...of} name={name} />
      ) : asked === "changePermissions" ? (
        <PermissionsDialog {...of} />
      ) : (
        <UserActDialog {...of} act={asked} name={name} />
      )}
    </Suspense>
  );
}
