import { Checkbox, Field, Radio, RadioGroup } from "@fluentui/react-components";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type GdapRole, gdapRoleNames, gdapRoles, partnerRoleNames, partnerRoles } from "../../contract/authority.ts";
import { callRoute } from "../client/call-route.ts";
import { meQuery } from "../client/me-query.ts";
import { queryKeys } from "../client/query-keys.ts";
import { CustomersField } from "../customers/CustomersField.tsx";
import { DaysField } from "../kit/DaysField.tsx";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { SelectField } from "../kit/SelectField.tsx";
import { ShownOnceDialog } from "../kit/ShownOnceDialog.tsx";
import { TextInput } from "../kit/TextInput.tsx";
import { toggled } from "../kit/toggled.ts";
import { useDraft } from "../kit/use-draft.ts";
import { useTried } from "../kit/use-tried.ts";
import { emptyKey, newKeyBody } from "./new-key-draft.ts";
import styles from "./NewKeyDialog.module.css";
import { settingsTexts } from "./settings-texts.ts";

const words = settingsTexts.keys;

/** Asks for an API key's name, its days and what it may do, makes it, and shows it this once. */
export function NewKeyDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const me = useQuery(meQuery);
  const draft = useDraft("new-api-key", emptyKey);
  const { name, days, narrowed, partnerRole, roles, customers } = draft.value;
  const [made, setMade] = useState<{ name: string; key: string } | null>(null);
  const { tried, place, tryNow } = useTried<HTMLDivElement>();
  if (made !== null) {
    return (
      <ShownOnceDialog title={words.made(made.name)} label={words.key} secret={made.key} onClose={onClose}>
        {words.madeLead}
      </ShownOnceDialog>
    );
  }
  const make = async () => {
    const answer = await callRoute("createApiKey", { body: newKeyBody(draft.value) });
    await client.invalidateQueries({ queryKey: queryKeys.apiKeys() });
    setMade({ name: answer.name, key: answer.key ?? "" });
  };
  const partnerChoices = partnerRoleNames
    .filter((role) => role !== me.data?.partnerRole)
    .map((role) => ({ value: role, label: partnerRoles[role].label }));
  return (
    <DraftDialog
      draft={draft}
      title={words.make}
      submit={words.make}
      mayAct={() => tryNow(name.trim() !== "")}
      act={make}
      onClose={onClose}
      // What is shown once stands in the place of the form.
      onDone={() => undefined}
    >
      <div ref={place} className={styles.fields}>
        <TextInput
          label={words.name}
          value={name}
          onChange={(value) => draft.set({ name: value })}
          required
          autoFocus
          {...(tried && name.trim() === "" && { problem: words.nameMissing })}
        />
        <DaysField label={words.days} value={days} onChange={(value) => draft.set({ days: value })} />
        <Field label={words.narrow}>
          <RadioGroup
            value={narrowed ? "some" : "all"}
            onChange={(_event, { value }) => draft.set({ narrowed: value === "some" })}
          >
            <Radio value="all" label={words.narrowAll} />
            <Radio value="some" label={words.narrowSome} />
          </RadioGroup>
        </Field>
        {narrowed && (
          <div className={styles.part}>
            <SelectField
              label={words.partnerRole}
              value={partnerRole}
              choices={[{ value: "", label: words.ownRole }, ...partnerChoices]}
              onChange={(value) => draft.set({ partnerRole: value as typeof partnerRole })}
            />
            <fieldset className={styles.roles}>
              <legend>{words.roles}</legend>
              <p className={styles.hint}>{words.rolesHint}</p>
              {gdapRoleNames.map((role: GdapRole) => (
                <Checkbox
                  key={role}
                  label={gdapRoles[role].label}
                  checked={roles.includes(role)}
                  onChange={(_event, { checked }) => draft.set({ roles: toggled(roles, role, checked === true) })}
                />
              ))}
            </fieldset>
            <CustomersField
              label={words.customers}
              hint={words.customersHint}
              value={customers}
              onChange={(value) => draft.set({ customers: value })}
            />
          </div>
        )}
      </div>
    </DraftDialog>
  );
}
