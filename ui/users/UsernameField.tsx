import { Button } from "@fluentui/react-components";
import type { ReactNode } from "react";
import { pages } from "../../contract/pages.ts";
import type { NameCheck } from "../../contract/name-check.ts";
import { LinkButton } from "../kit/LinkButton.tsx";
import { SelectField } from "../kit/SelectField.tsx";
import { TextInput } from "../kit/TextInput.tsx";
import { userFormTexts } from "./user-form-texts.ts";
import type { UserForm } from "./user-form.ts";
import styles from "./UserForm.module.css";

const words = userFormTexts.userForm;

/** The part before the @ and the domain, whether the name is free, and below what can be done where it is not. */
export function UsernameField({
  form,
  domains,
  check,
  checking,
  problem,
  reason = null,
  remedy,
  onChange,
}: {
  form: Pick<UserForm, "local" | "domain">;
  domains: string[];
  check: NameCheck | undefined;
  checking: boolean;
  problem: string | undefined;
  /** Why the name may not be changed. */
  reason?: string | null;
  remedy?: ReactNode;
  onChange: (part: Partial<Pick<UserForm, "local" | "domain">>) => void;
}) {
  const choices = domains.includes(form.domain) || form.domain === "" ? domains : [form.domain, ...domains];
  const hint = checking ? words.usernameChecking : check?.free === true ? words.usernameFree : undefined;
  return (
    <>
      <TextInput
        label={words.username}
        required
        value={form.local}
        reason={reason}
        hint={hint}
        problem={problem}
        onChange={(local) => {
          const at = local.indexOf("@");
          const domain = local.slice(at + 1).toLowerCase();
          // A whole address is often pasted.
          if (at > 0 && choices.includes(domain)) onChange({ local: local.slice(0, at), domain });
          else onChange({ local });
        }}
      />
      <SelectField
        label={words.domain}
        value={form.domain}
        choices={(reason === null ? choices : [form.domain]).map((name) => ({ value: name, label: `@${name}` }))}
        onChange={(domain) => onChange({ domain })}
      />
      {remedy !== undefined && <div className={styles.remedy}>{remedy}</div>}
    </>
  );
}

/** What can be done where a name is not free: open who has it, or say what is to become of a deleted user. */
export function NameRemedy({
  customerId,
  check,
  onDeleted,
  onChoose,
}: {
  customerId: string;
  check: NameCheck | undefined;
  onDeleted?: "ask" | "restore" | "create";
  onChoose?: (onDeleted: "ask" | "restore" | "create") => void;
}) {
  const holder = check?.holder;
  if (check?.free !== false || holder === null || holder === undefined) return null;
  if (holder.state === "active") {
    return (
      <LinkButton to={pages.users.path} params={{ customerId }} search={{ user: holder.userId }}>
        {words.openHolder}
      </LinkButton>
    );
  }
  if (onChoose === undefined) return null;
  if (onDeleted !== "ask") {
    return (
      <>
        <span role="status">{onDeleted === "restore" ? words.willRestore : words.willCreate}</span>
        <Button onClick={() => onChoose("ask")}>{words.chooseAgain}</Button>
      </>
    );
  }
  return (
    <>
      <Button onClick={() => onChoose("restore")}>{words.restoreHolder}</Button>
      <Button onClick={() => onChoose("create")}>{words.createAnew}</Button>
      {holder.daysLeft !== null && <span className={styles.quiet}>{words.daysLeft(holder.daysLeft)}</span>}
    </>
  );
}
