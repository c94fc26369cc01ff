import { Checkbox, Radio, RadioGroup } from "@fluentui/react-components";
import { type DirectoryRole, directoryRoleNames, directoryRoles } from "../../contract/permissions.ts";
import { userFormTexts } from "./user-form-texts.ts";
import type { UserForm } from "./user-form.ts";
import styles from "./PermissionChoice.module.css";
import { toggled } from "../kit/toggled.ts";

const words = userFormTexts.userForm;
const customRoles = directoryRoleNames.filter((role) => role !== "globalAdmin");

/** User, Global admin or Custom; with Custom the directory roles, each to be chosen. */
export function PermissionChoice({
  permission,
  roles,
  locked = false,
  problem,
  onChange,
}: {
  /** null where none is chosen yet. */
  permission: UserForm["permission"] | null;
  roles: DirectoryRole[];
  /** Whether nothing may be changed. */
  locked?: boolean;
  problem?: string | undefined;
  onChange: (part: Partial<Pick<UserForm, "permission" | "roles">>) => void;
}) {
  return (
    <div className={styles.choice}>
      <RadioGroup
        aria-label={words.permission}
        value={permission ?? ""}
        disabled={locked}
        onChange={(_event, { value }) => onChange({ permission: value as UserForm["permission"] })}
      >
        <Radio value="user" label={hinted(words.permissionUser, words.permissionHints.user)} />
        <Radio value="global" label={hinted(words.permissionGlobal, words.permissionHints.global)} />
        <Radio value="custom" label={hinted(words.permissionCustom, words.permissionHints.custom)} />
      </RadioGroup>
      {permission === "custom" && (
        <div className={styles.roles} role="group" aria-label={words.permissionCustom}>
          {problem !== undefined && (
            <p tabIndex={-1} data-problem className={styles.problem}>
              {problem}
            </p>
          )}
          {customRoles.map((role) => (
            <Checkbox
              key={role}
              label={directoryRoles[role].label}
              checked={roles.includes(role)}
              disabled={locked}
              onChange={(_event, { checked }) => onChange({ roles: toggled(roles, role, checked === true) })}
            />
          ))}
        </div>
      )}
    </div>
  );
}

function hinted(label: string, hint: string) {
  return (
    <>
      {label} <span className={styles.hint}>{hint}</span>
    </>
  );
}
