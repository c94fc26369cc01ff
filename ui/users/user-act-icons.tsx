import { CheckmarkCircleRegular } from "@fluentui/react-icons/svg/checkmark-circle";
import { DeleteRegular } from "@fluentui/react-icons/svg/delete";
import { KeyResetRegular } from "@fluentui/react-icons/svg/key-reset";
import { ProhibitedRegular } from "@fluentui/react-icons/svg/prohibited";
import type { ReactElement } from "react";
import type { UserAct } from "./user-acts.ts";

/** The icon of each act on users, the same over the list and beside one user. */
export const userActIcons: Record<UserAct, ReactElement> = {
  deleteUsers: <DeleteRegular />,
  resetPasswords: <KeyResetRegular />,
  blockSignIn: <ProhibitedRegular />,
  allowSignIn: <CheckmarkCircleRegular />,
};
