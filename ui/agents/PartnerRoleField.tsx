import { Field, Radio, RadioGroup } from "@fluentui/react-components";
import { type PartnerRole, partnerRoleNames, partnerRoles } from "../../contract/authority.ts";
import { agentTexts } from "./agent-texts.ts";
import styles from "./RoleField.module.css";

/** A choice of what an agent is at the partner. */
export function PartnerRoleField({ value, onChange }: { value: PartnerRole; onChange: (role: PartnerRole) => void }) {
  return (
    <Field label={agentTexts.agents.role}>
      <RadioGroup value={value} onChange={(_event, data) => onChange(data.value as PartnerRole)}>
        {partnerRoleNames.map((role) => (
          <Radio
            key={role}
            value={role}
            label={
              <>
                {partnerRoles[role].label}
                <span className={styles.reason}>{agentTexts.newAgent.roleHints[role]}</span>
              </>
            }
          />
        ))}
      </RadioGroup>
    </Field>
  );
}
