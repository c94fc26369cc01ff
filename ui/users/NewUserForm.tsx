import { Button, MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type TextField, textFields } from "../../contract/fields.ts";
import { createOneUser, type MadeUser } from "./create-one-user.ts";
import { productsQuery } from "../customers/customer-queries.ts";
import { userTexts } from "./user-texts.ts";
import { CountryField } from "../kit/CountryField.tsx";
import { DraftNotice } from "../kit/DraftNotice.tsx";
import { FormPart } from "../kit/FormPart.tsx";
import { LeaveGuard } from "../kit/LeaveGuard.tsx";
import { useDraft } from "../kit/use-draft.ts";
import { LicenseChoice } from "./LicenseChoice.tsx";
import { displayNameOf, emptyDraft, userInputOf } from "./new-user-draft.ts";
import styles from "./NewUserForm.module.css";
import { PermissionChoice } from "./PermissionChoice.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SelectField } from "../kit/SelectField.tsx";
import { TextInput } from "../kit/TextInput.tsx";
import { queryKeys } from "../client/query-keys.ts";

const words = userTexts.newUser;

const moreFields = [
  "jobTitle",
  "department",
  "officeLocation",
  "businessPhone",
  "mobilePhone",
  "city",
] as const satisfies TextField[];

/** The fields of one new user, and the button that creates it. */
export function NewUserForm({
  customerId,
  domains,
  onMade,
}: {
  customerId: string;
  domains: string[];
  onMade: (made: MadeUser) => void;
}) {
  const client = useQueryClient();
  const products = useQuery(productsQuery(customerId));
  const [tried, setTried] = useState(false);
  const kept = useDraft(`new-user ${customerId}`, emptyDraft(domains[0] ?? ""));
  const { value: draft, set } = kept;
  const displayName = displayNameOf(draft);
  const localMissing = draft.local.trim() === "";

  const create = useMutation({
    mutationFn: () => createOneUser(customerId, userInputOf(draft)),
    onSuccess: async (made) => {
      kept.clear();
      await client.invalidateQueries({ queryKey: queryKeys.users(customerId) });
      await client.invalidateQueries({ queryKey: queryKeys.products(customerId) });
      onMade(made);
    },
  });

  return (
    <form
      className={styles.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (displayName !== "" && !localMissing) create.mutate();
      }}
    >
      <LeaveGuard draft={kept} />
      <DraftNotice draft={kept} />
      <FormPart title={words.identity}>
        <TextInput label={words.first} value={draft.givenName} onChange={(givenName) => set({ givenName })} autoFocus />
        <TextInput label={words.last} value={draft.surname} onChange={(surname) => set({ surname })} />
        <TextInput
          label={words.local}
          required
          value={draft.local}
          onChange={(local) => set({ local })}
          {...(tried && localMissing && { problem: words.localMissing })}
        />
        <SelectField
          label={words.domain}
          value={draft.domain}
          choices={domains.map((name) => ({ value: name, label: `@${name}` }))}
          onChange={(domain) => set({ domain })}
        />
        <TextInput
          label={words.display}
          required
          value={displayName}
          onChange={(next) => set({ displayName: next })}
          {...(tried && displayName === "" && { problem: words.displayMissing })}
        />
        <CountryField
          label={words.location}
          hint={words.locationHint}
          placeholder=""
          value={draft.usageLocation}
          onChange={(usageLocation) => set({ usageLocation })}
        />
      </FormPart>
      <FormPart title={words.more}>
        {moreFields.map((field) => (
          <TextInput
            key={field}
            label={textFields[field].label}
            value={draft.more[field] ?? ""}
            onChange={(value) => set({ more: { ...draft.more, [field]: value } })}
          />
        ))}
      </FormPart>
      <FormPart title={words.permission}>
        <PermissionChoice permission={draft.permission} roles={draft.roles} onChange={set} />
      </FormPart>
      <FormPart title={words.licenses}>
        <LicenseChoice products={products.data} skus={draft.skus} onChange={(skus) => set({ skus })} />
      </FormPart>
      {create.isError && <ProblemNotice error={create.error} />}
      {create.isSuccess && create.data.kind === "underWay" && (
        <MessageBar intent="info">
          <MessageBarBody>
            <MessageBarTitle>{words.underWay}</MessageBarTitle> {words.underWayLead}
          </MessageBarBody>
        </MessageBar>
      )}
      <div className={styles.end}>
        <Button type="submit" appearance="primary" size="large" disabledFocusable={create.isPending}>
          {create.isPending ? words.busy : words.submit}
        </Button>
      </div>
    </form>
  );
}
