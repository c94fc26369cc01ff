import {
  Button,
  Checkbox,
  Field,
  Input,
  MessageBar,
  MessageBarBody,
  MessageBarTitle,
  Radio,
  RadioGroup,
} from "@fluentui/react-components";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { type TextField, textFields } from "../../contract/fields.ts";
import { type DirectoryRole, directoryRoleNames, directoryRoles } from "../../contract/permissions.ts";
import { createOneUser, type MadeUser } from "../client/create-one-user.ts";
import { customerQuery, productsQuery } from "../client/queries.ts";
import { useTitle } from "../layout/use-title.ts";
import { CountryField } from "../parts/CountryField.tsx";
import { MadeUserPanel } from "../parts/MadeUserPanel.tsx";
import { customerCrumbs, PageHead } from "../parts/PageHead.tsx";
import { ProblemNotice } from "../parts/ProblemNotice.tsx";
import { QueryGate } from "../parts/QueryGate.tsx";
import { SelectField } from "../parts/SelectField.tsx";
import { texts } from "../texts.ts";
import styles from "./NewUserPage.module.css";

const words = texts.newUser;

type Draft = {
  givenName: string;
  surname: string;
  displayName: string | null;
  local: string;
  domain: string;
  usageLocation: string;
  permission: "user" | "global" | "custom";
  roles: DirectoryRole[];
  skus: string[];
  more: Partial<Record<TextField, string>>;
};

const customRoles = directoryRoleNames.filter((role) => role !== "globalAdmin");
const moreFields = [
  "jobTitle",
  "department",
  "officeLocation",
  "businessPhone",
  "mobilePhone",
  "city",
] as const satisfies TextField[];

/** The form for one user; once it is made, its temporary password. */
export function NewUserPage() {
  const { customerId } = useParams({ from: "/frame/customers/$customerId/users/new" });
  const customer = useQuery(customerQuery(customerId));
  const [made, setMade] = useState<MadeUser | null>(null);
  useTitle(words.title);
  return (
    <QueryGate query={customer}>
      {({ name, domains }) => (
        <>
          <PageHead crumbs={customerCrumbs(customerId, name)} title={words.title} />
          {made === null ? (
            <UserForm customerId={customerId} domains={domains.map((domain) => domain.name)} onMade={setMade} />
          ) : (
            <MadeUserPanel customerId={customerId} made={made} onAnother={() => setMade(null)} />
          )}
        </>
      )}
    </QueryGate>
  );
}

function UserForm({
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
  const [draft, setDraft] = useState<Draft>({
    givenName: "",
    surname: "",
    displayName: null,
    local: "",
    domain: domains[0] ?? "",
    usageLocation: "",
    permission: "user",
    roles: [],
    skus: [],
    more: {},
  });
  const set = (part: Partial<Draft>) => setDraft((now) => ({ ...now, ...part }));
  const displayName = draft.displayName ?? `${draft.givenName} ${draft.surname}`.trim();

  const create = useMutation({
    mutationFn: () =>
      createOneUser(customerId, {
        userPrincipalName: `${draft.local.trim()}@${draft.domain}`,
        displayName,
        ...filled({ givenName: draft.givenName, surname: draft.surname, usageLocation: draft.usageLocation }),
        ...filled(draft.more),
        ...(draft.permission === "global" && { permission: ["globalAdmin"] }),
        ...(draft.permission === "custom" && draft.roles.length > 0 && { permission: draft.roles }),
        ...(draft.skus.length > 0 && { licenses: draft.skus.map((sku) => ({ sku })) }),
      }),
    onSuccess: async (made) => {
      await client.invalidateQueries({ queryKey: ["users", customerId] });
      await client.invalidateQueries({ queryKey: ["products", customerId] });
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
        if (displayName !== "" && draft.local.trim() !== "") create.mutate();
      }}
    >
      <Part title={words.identity}>
        <TextInput label={words.first} value={draft.givenName} onChange={(givenName) => set({ givenName })} autoFocus />
        <TextInput label={words.last} value={draft.surname} onChange={(surname) => set({ surname })} />
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
        <TextInput
          label={words.local}
          required
          value={draft.local}
          onChange={(local) => set({ local })}
          {...(tried && draft.local.trim() === "" && { problem: words.localMissing })}
        />
        <SelectField
          label={words.domain}
          value={draft.domain}
          choices={domains.map((name) => ({ value: name, label: `@${name}` }))}
          onChange={(domain) => set({ domain })}
        />
      </Part>
      <Part title={words.more}>
        {moreFields.map((field) => (
          <TextInput
            key={field}
            label={textFields[field].label}
            value={draft.more[field] ?? ""}
            onChange={(value) => set({ more: { ...draft.more, [field]: value } })}
          />
        ))}
      </Part>
      <Part title={words.permission}>
        <div className={styles.whole}>
          <RadioGroup
            aria-label={words.permission}
            value={draft.permission}
            onChange={(_event, { value }) => set({ permission: value as Draft["permission"] })}
          >
            <Radio value="user" label={choice(words.permissionUser, words.permissionHints.user)} />
            <Radio value="global" label={choice(words.permissionGlobal, words.permissionHints.global)} />
            <Radio value="custom" label={choice(words.permissionCustom, words.permissionHints.custom)} />
          </RadioGroup>
          {draft.permission === "custom" && (
            <div className={styles.roles}>
              {customRoles.map((role) => (
                <Checkbox
                  key={role}
                  label={directoryRoles[role].label}
                  checked={draft.roles.includes(role)}
                  onChange={(_event, { checked }) => set({ roles: toggled(draft.roles, role, checked === true) })}
                />
              ))}
            </div>
          )}
        </div>
      </Part>
      <Part title={words.licenses}>
        <div className={styles.whole}>
          {products.data?.length === 0 && <p className={styles.quiet}>{words.noProducts}</p>}
          {products.data?.map(({ skuId, skuPartNumber, name, available }) => (
            <div key={skuId} className={styles.product}>
              <Checkbox
                label={name}
                checked={draft.skus.includes(skuPartNumber)}
                onChange={(_event, { checked }) => set({ skus: toggled(draft.skus, skuPartNumber, checked === true) })}
              />
              <span className={styles.free} data-none={available === 0}>
                {words.available(available)}
              </span>
            </div>
          ))}
        </div>
      </Part>
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

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className={styles.part}>
      <legend className={styles.legend}>{title}</legend>
      <div className={styles.fields}>{children}</div>
    </fieldset>
  );
}

function TextInput({
  label,
  value,
  onChange,
  problem,
  required,
  autoFocus,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  problem?: string;
  required?: boolean;
  autoFocus?: boolean;
}) {
  return (
    <Field label={label} required={required === true} {...(problem !== undefined && { validationMessage: problem })}>
      <Input value={value} autoFocus={autoFocus === true} onChange={(_event, data) => onChange(data.value)} />
    </Field>
  );
}

function choice(label: string, hint: string) {
  return (
    <>
      {label} <span className={styles.hint}>{hint}</span>
    </>
  );
}

function toggled<Value>(values: Value[], value: Value, there: boolean): Value[] {
  const others = values.filter((one) => one !== value);
  return there ? [...others, value] : others;
}

function filled<Key extends string>(values: Partial<Record<Key, string>>): Partial<Record<Key, string>> {
  const entries = Object.entries<string | undefined>(values).map(([key, value]) => [key, value?.trim() ?? ""]);
  return Object.fromEntries(entries.filter(([, value]) => value !== "")) as Partial<Record<Key, string>>;
}
