import { ArrowUndoRegular } from "@fluentui/react-icons/svg/arrow-undo";
import { CertificateRegular } from "@fluentui/react-icons/svg/certificate";
import { CheckmarkCircleRegular } from "@fluentui/react-icons/svg/checkmark-circle";
import { DeleteRegular } from "@fluentui/react-icons/svg/delete";
import { KeyResetRegular } from "@fluentui/react-icons/svg/key-reset";
import { PersonAddRegular } from "@fluentui/react-icons/svg/person-add";
import { ProhibitedRegular } from "@fluentui/react-icons/svg/prohibited";
import { ShieldPersonRegular } from "@fluentui/react-icons/svg/shield-person";
import { TableArrowUpRegular } from "@fluentui/react-icons/svg/table-arrow-up";
import { useNavigate } from "@tanstack/react-router";
import { type ReactElement, type ReactNode, useState } from "react";
import { pages } from "../../contract/pages.ts";
import type { User } from "../../contract/user.ts";
import { CommandBar } from "../kit/CommandBar.tsx";
import type { Command } from "../kit/CommandButton.tsx";
import { selectedCount } from "../kit/selection.ts";
import { useAuthority } from "../kit/use-authority.ts";
import type { SelectionState } from "../kit/use-selection.ts";
import { licenseTexts } from "./license-texts.ts";
import { permissionTexts } from "./permission-texts.ts";
import { selectOf, type UserAct, userActs } from "./user-acts.ts";
import { AskedAct, type Asked, doneWords } from "./AskedAct.tsx";
import { UserActOutcome } from "./UserActOutcome.tsx";
import type { UserListFilter } from "./user-queries.ts";
import { userTexts } from "./user-texts.ts";

const words = userTexts.commands;

const icons: Record<UserAct, ReactElement> = {
  deleteUsers: <DeleteRegular />,
  resetPasswords: <KeyResetRegular />,
  blockSignIn: <ProhibitedRegular />,
  allowSignIn: <CheckmarkCircleRegular />,
  restoreUsers: <ArrowUndoRegular />,
};

/** The commands over a list of users, in the order that agents know; those that act take the selected users. */
export function UserCommands({
  customerId,
  filter,
  state,
  children,
}: {
  customerId: string;
  filter: UserListFilter;
  state: SelectionState<User>;
  children?: ReactNode;
}) {
  const { reason } = useAuthority(customerId);
  const navigate = useNavigate();
  const [asked, setAsked] = useState<Asked>();
  const [started, setStarted] = useState<{ act: Asked; batchId: string }>();
  const { selection } = state;
  const nothing = selectedCount(selection) === 0 ? words.selectFirst : null;
  const act = (key: UserAct): Command => ({
    key,
    label: userTexts.acts[key].label,
    icon: icons[key],
    reason: reason(userActs[key].act) ?? nothing,
    onUse: () => setAsked(key),
  });
  const commands: Command[] =
    filter.state === "inactive"
      ? [act("restoreUsers")]
      : [
          {
            key: "newUser",
            label: pages.newUser.title,
            icon: <PersonAddRegular />,
            reason: reason("createUsers"),
            onUse: () => void navigate({ to: pages.newUser.path, params: { customerId } }),
          },
          {
            key: "upload",
            label: pages.upload.title,
            icon: <TableArrowUpRegular />,
            onUse: () => void navigate({ to: pages.upload.path, params: { customerId } }),
          },
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
            icon: icons.restoreUsers,
            reason: reason("restoreUsers"),
            onUse: () => void navigate({ to: pages.deletedUsers.path, params: { customerId } }),
          },
          act("resetPasswords"),
          act("blockSignIn"),
          act("allowSignIn"),
          {
            key: "changePermissions",
            label: permissionTexts.permissions.label,
            icon: <ShieldPersonRegular />,
            reason: reason("changePermissions") ?? nothing,
            onUse: () => setAsked("changePermissions"),
          },
        ];
  return (
    <>
      <CommandBar label={words.bar} commands={commands}>
        {children}
      </CommandBar>
      {asked !== undefined && (
        <AskedAct
          customerId={customerId}
          asked={asked}
          select={selectOf(selection, filter)}
          known={selection.kind === "some" ? [...selection.items.values()] : []}
          onStarted={(batchId) => {
            setStarted({ act: asked, batchId });
            setAsked(undefined);
            state.clear();
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
      {started !== undefined && (
        <UserActOutcome
          customerId={customerId}
          title={doneWords(started.act)}
          passwords={started.act === "resetPasswords"}
          batchId={started.batchId}
          onClose={() => setStarted(undefined)}
        />
      )}
    </>
  );
}
