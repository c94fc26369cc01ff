import { ArrowDownloadRegular } from "@fluentui/react-icons/svg/arrow-download";
import { ArrowUndoRegular } from "@fluentui/react-icons/svg/arrow-undo";
import { CertificateRegular } from "@fluentui/react-icons/svg/certificate";
import { DeleteDismissRegular } from "@fluentui/react-icons/svg/delete-dismiss";
import { PersonAddRegular } from "@fluentui/react-icons/svg/person-add";
import { ShieldPersonRegular } from "@fluentui/react-icons/svg/shield-person";
import { useQuery } from "@tanstack/react-query";
import { EditRegular } from "@fluentui/react-icons/svg/edit";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { pages } from "../../contract/pages.ts";
import { routeAddress } from "../../contract/route-address.ts";
import type { User } from "../../contract/user.ts";
import { saveFrom } from "../client/save-download.ts";
import { deletedCountQuery } from "../customers/customer-queries.ts";
import { CommandBar } from "../kit/CommandBar.tsx";
import type { Command } from "../kit/CommandButton.tsx";
import { offeredOperations } from "../kit/operation-texts.ts";
import { selectedCount } from "../kit/selection.ts";
import { useAuthority } from "../kit/use-authority.ts";
import type { SelectionState } from "../kit/use-selection.ts";
import { licenseTexts } from "./license-texts.ts";
import { restoreTexts } from "./restore-texts.ts";
import { permissionTexts } from "./permission-texts.ts";
import { selectOf, type UserAct, userActs } from "./user-acts.ts";
import { ActOverUsers } from "./ActOverUsers.tsx";
import type { AskedOperation } from "./AskedAct.tsx";
import { userActIcons } from "./user-act-icons.tsx";
import { listed, type UserListFilter } from "./user-queries.ts";
import { userFormTexts } from "./user-form-texts.ts";
import { userTexts } from "./user-texts.ts";
import { useUploadCommand } from "./use-upload-command.tsx";

const words = userTexts.commands;

/** What a file can do with users who are there, and with deleted ones; the first is what it does unless told. */
const ofActive = {
  first: "createUsers",
  all: offeredOperations.filter((operation) => operation !== "removeUsers"),
} as const;
const ofDeleted = { first: "restoreUsers", all: ["restoreUsers", "removeUsers"] } as const;

/** The list behind a panel stays as it is. */
const kept = (now: object) => now;

/** The commands over a list of users, in the order that agents know; those that act take the selected users. */
export function UserCommands({
  customerId,
  filter,
  state,
  found,
  children,
}: {
  customerId: string;
  filter: UserListFilter;
  state: SelectionState<User>;
  /** How many users the filter finds, once that is known. */
  found: number | undefined;
  children?: ReactNode;
}) {
  const { reason } = useAuthority(customerId);
  const navigate = useNavigate();
  const [asked, setAsked] = useState<AskedOperation>();
  const deleted = useQuery(deletedCountQuery(customerId));
  const { selection } = state;
  const known = selection.kind === "some" ? [...selection.items.values()] : [];
  const nothing = selectedCount(selection) === 0 ? words.selectFirst : null;
  const act = (key: UserAct): Command => ({
    key,
    label: userTexts.acts[key].label,
    icon: userActIcons[key],
    reason: reason(userActs[key].act) ?? nothing,
    onUse: () => setAsked(key),
  });
  const exported: Command = {
    key: "export",
    label: words.export,
    icon: <ArrowDownloadRegular />,
    reason: reason("read") ?? (found === 0 ? words.nothingToExport : null),
    onUse: () => saveFrom(routeAddress("exportUsers", { params: { customerId }, query: listed(filter) })),
  };
  const ofFile = filter.state === "inactive" ? ofDeleted : ofActive;
  const upload = useUploadCommand(customerId, ofFile.first, ofFile.all);
  const commands: Command[] =
    filter.state === "inactive"
      ? [
          {
            key: "restoreUsers",
            label: restoreTexts.restoring.label,
            icon: <ArrowUndoRegular />,
            reason: reason("restoreUsers") ?? (found === 0 ? words.nothingToRestore : nothing),
            onUse: () => setAsked("restoreUsers"),
          },
          {
            key: "removeUsers",
            label: restoreTexts.removing.label,
            icon: <DeleteDismissRegular />,
            reason: reason("removeUsers") ?? (found === 0 ? words.nothingToRestore : nothing),
            onUse: () => setAsked("removeUsers"),
          },
          upload,
          exported,
        ]
      : [
          {
            key: "newUser",
            label: pages.newUser.title,
            icon: <PersonAddRegular />,
            reason: reason("createUsers"),
            onUse: () => void navigate({ to: pages.newUser.path, params: { customerId }, search: kept }),
          },
          upload,
          {
            key: "changeLicenses",
            label: licenseTexts.manageLicenses.label,
            icon: <CertificateRegular />,
            reason: reason("changeLicenses") ?? nothing,
            onUse: () => setAsked("changeLicenses"),
          },
          act("deleteUsers"),
          {
            key: "deletedUsers",
            label: words.restore,
            icon: <ArrowUndoRegular />,
            reason: reason("restoreUsers") ?? (deleted.data?.total === 0 ? words.nothingToRestore : null),
            onUse: () => void navigate({ to: pages.deletedUsers.path, params: { customerId } }),
          },
          act("resetPasswords"),
          {
            key: "edit",
            label: userFormTexts.editUsers.label,
            icon: <EditRegular />,
            reason: reason("updateUsers") ?? nothing,
            onUse: () => {
              const [only, ...others] = known;
              if (only === undefined || others.length > 0) setAsked("editUsers");
              else void navigate({ to: pages.editUser.path, params: { customerId, userId: only.id }, search: kept });
            },
          },
          act("blockSignIn"),
          act("allowSignIn"),
          {
            key: "changePermissions",
            label: permissionTexts.permissions.label,
            icon: <ShieldPersonRegular />,
            reason: reason("changePermissions") ?? nothing,
            onUse: () => setAsked("changePermissions"),
          },
          exported,
        ];
  return (
    <>
      <CommandBar label={words.bar} commands={commands}>
        {children}
      </CommandBar>
      <ActOverUsers
        customerId={customerId}
        asked={asked}
        select={selectOf(selection, filter)}
        known={known}
        onStarted={state.clear}
        onClose={() => setAsked(undefined)}
      />
    </>
  );
}
