import { Checkbox, Field, Input } from "@fluentui/react-components";
import { useEffect } from "react";
import styles from "./NewNameField.module.css";
import type { NamedUser } from "./restore-names.ts";
import { restoreTexts } from "./restore-texts.ts";
import { useNameCheck } from "./use-name-check.ts";

const words = restoreTexts.restoring;

/** A new username for a deleted user whose own is taken, looked up while it is typed. */
export function NewNameField({
  customerId,
  user,
  mayLeaveOut,
  repeated,
  onName,
  onWrong,
}: {
  customerId: string;
  user: NamedUser;
  mayLeaveOut: boolean;
  /** Whether another one is to have the same name. */
  repeated: boolean;
  /** Takes the name, or null to leave the user out. */
  onName: (name: string | null) => void;
  onWrong: (isWrong: boolean) => void;
}) {
  const { userId, displayName, userPrincipalName, holder, suggestion } = user;
  const name = user.name ?? "";
  const typed = name !== "" && name !== suggestion;
  // The server has just looked for what it suggests.
  const { check, checking } = useNameCheck(customerId, typed ? name.trim() : "@", {
    id: userId,
    userPrincipalName: "",
  });
  const taken = check?.free === false;
  const problem =
    name.trim() === "" ? words.empty : repeated ? words.repeated : taken ? (check.message ?? undefined) : undefined;
  useEffect(() => onWrong(taken), [taken]);
  return (
    <div className={styles.row}>
      <Field
        label={words.newName(displayName)}
        hint={checking ? words.checking : check?.free === true ? words.free : words.was(userPrincipalName, holder)}
        {...(user.name !== null && problem !== undefined && { validationMessage: problem })}
      >
        <Input
          value={name}
          disabled={user.name === null}
          autoComplete="off"
          onChange={(_event, data) => onName(data.value)}
        />
      </Field>
      {mayLeaveOut && (
        <Checkbox
          label={words.leaveOut}
          aria-label={words.leaveOutOf(displayName)}
          checked={user.name === null}
          onChange={(_event, { checked }) => onName(checked === true ? null : (suggestion ?? ""))}
        />
      )}
    </div>
  );
}
