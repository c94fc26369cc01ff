import { Field, Radio, RadioGroup } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { type GdapRole, gdapRoleNames, gdapRoles } from "../../contract/authority.ts";
import { authorityQuery } from "../kit/use-authority.ts";
import { agentTexts } from "./agent-texts.ts";
import styles from "./RoleField.module.css";

const words = agentTexts.grants;

/** A choice of the role to grant; a role that the agent cannot give at the customer is greyed and says why. */
export function RoleField({
  customerId,
  value,
  problem,
  onChange,
}: {
  /** null until a customer is chosen. */
  customerId: string | null;
  value: GdapRole | null;
  problem: string | undefined;
  onChange: (role: GdapRole) => void;
}) {
  const authority = useQuery({ ...authorityQuery(customerId ?? ""), enabled: customerId !== null });
  const given = authority.data?.mayGrant;
  return (
    <Field label={words.role} required {...(problem !== undefined && { validationMessage: problem })}>
      <RadioGroup value={value ?? ""} onChange={(_event, data) => onChange(data.value as GdapRole)}>
        {gdapRoleNames.map((role) => {
          const lacking = given !== undefined && !given.includes(role);
          const { label } = gdapRoles[role];
          return (
            <Radio
              key={role}
              value={role}
              disabled={lacking}
              label={
                <>
                  {label}
                  {lacking && <span className={styles.reason}>{words.roleReason(label)}</span>}
                </>
              }
            />
          );
        })}
      </RadioGroup>
    </Field>
  );
}
