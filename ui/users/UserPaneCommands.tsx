import { ArrowUndoRegular } from "@fluentui/react-icons/svg/arrow-undo";
import { DeleteDismissRegular } from "@fluentui/react-icons/svg/delete-dismiss";
import { EditRegular } from "@fluentui/react-icons/svg/edit";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { pages } from "../../contract/pages.ts";
import type { User } from "../../contract/user.ts";
import { CommandBar } from "../kit/CommandBar.tsx";
import type { Command } from "../kit/CommandButton.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import { ActOverUsers } from "./ActOverUsers.tsx";
import type { AskedOperation } from "./AskedAct.tsx";
import { restoreTexts } from "./restore-texts.ts";
import { userActIcons } from "./user-act-icons.tsx";
import { type UserAct, userActs } from "./user-acts.ts";
import { userFormTexts } from "./user-form-texts.ts";
import { userTexts } from "./user-texts.ts";

/** What can be done to the one user of a pane, by the same dialogs as to many. */
export function UserPaneCommands({ user }: { user: User }) {
  const { id: userId, customerId, state, accountEnabled } = user;
  const { reason } = useAuthority(customerId);
  const navigate = useNavigate();
  const [asked, setAsked] = useState<AskedOperation>();
  const act = (key: UserAct, label: string = userTexts.acts[key].label): Command => ({
    key,
    label,
    icon: userActIcons[key],
    reason: reason(userActs[key].act),
    onUse: () => setAsked(key),
  });
  const edits = (["updateUsers", "changeLicenses", "changePermissions"] as const).map(reason);
  const commands: Command[] =
    state === "active"
      ? [
          {
            key: "edit",
            label: userFormTexts.editUser.open,
            icon: <EditRegular />,
            reason: edits.includes(null) ? null : edits[0],
            onUse: () =>
              void navigate({
                to: pages.editUser.path,
                params: { customerId, userId },
                search: (now) => now as object,
              }),
          },
          act("resetPasswords"),
          act(accountEnabled ? "blockSignIn" : "allowSignIn"),
          act("deleteUsers", userTexts.acts.deleteUsers.submit),
        ]
      : [
          {
            key: "restoreUsers",
            label: restoreTexts.restoring.label,
            icon: <ArrowUndoRegular />,
            reason: reason("restoreUsers"),
            onUse: () => setAsked("restoreUsers"),
          },
          {
            key: "removeUsers",
            label: restoreTexts.removing.label,
            icon: <DeleteDismissRegular />,
            reason: reason("removeUsers"),
            onUse: () => setAsked("removeUsers"),
          },
        ];
  return (
    <>
      <CommandBar label={userTexts.user.commands} commands={commands} />
      <ActOverUsers
        customerId={customerId}
        asked={asked}
        select={{ userIds: [userId] }}
        known={[user]}
        onClose={() => setAsked(undefined)}
      />
    </>
  );
}
