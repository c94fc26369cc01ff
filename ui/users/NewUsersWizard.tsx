import { Button, MessageBar, MessageBarBody, MessageBarTitle } from "@fluentui/react-components";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import type { Product } from "../../contract/customer.ts";
import { pages } from "../../contract/pages.ts";
import { queryKeys } from "../client/query-keys.ts";
import { randomKey } from "../client/random-key.ts";
import { problemOf } from "../client/request-failed.ts";
import { DraftNotice } from "../kit/DraftNotice.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import type { Draft } from "../kit/use-draft.ts";
import { Wizard } from "../kit/Wizard.tsx";
import { LicensesStep, licensesProblem } from "./LicensesStep.tsx";
import { isUnanswered, type MadeUser, makeUsers } from "./make-users.ts";
import {
  changed,
  freeInList,
  lessTaken,
  mended,
  namesake,
  newHoldings,
  type NewPerson,
  type NewUsersDraft,
  takenAway,
  withAnother,
} from "./new-users.ts";
import { PeopleSoFar } from "./PeopleSoFar.tsx";
import { PermissionChoice } from "./PermissionChoice.tsx";
import { useNameCheck, useSuggestedName } from "./use-name-check.ts";
import { userFormTexts } from "./user-form-texts.ts";
import { formProblems, formSteps, type FormStep, stepOf, upnOf } from "./user-form.ts";
import { UserInfoStep } from "./UserInfoStep.tsx";
import { NameRemedy, UsernameField } from "./UsernameField.tsx";
import { UserReview } from "./UserReview.tsx";

const words = userFormTexts.userForm;

/** The form for new users: one after the other is filled in, and all are made together. */
export function NewUsersWizard({
  customerId,
  domains,
  products: all,
  usual,
  draft,
  onMade,
  onClose,
}: {
  customerId: string;
  domains: string[];
  products: Product[];
  /** The usual location of the customer's users; empty where none is. */
  usual: string;
  draft: Draft<NewUsersDraft>;
  onMade: (made: MadeUser) => void;
  onClose: () => void;
}) {
  const client = useQueryClient();
  const { reason } = useAuthority(customerId);
  const [refusals, setRefusals] = useState(0);
  const { people, at, step } = draft.value;
  const person = people[at] ?? people[0];
  if (person === undefined) throw new Error("the form has nobody in it");
  const { check, checking } = useNameCheck(customerId, person.local.trim() === "" ? "@" : upnOf(person));
  const suggested = useSuggestedName(customerId, person, !person.ownLocal);
  const products = lessTaken(
    all,
    people.filter((other) => other !== person).map(({ licenses }) => licenses),
  );

  const become = (next: NewUsersDraft) => draft.set(next);
  const change = (part: Partial<NewPerson>) =>
    draft.set({ people: people.map((one) => (one === person ? changed(one, part) : one)) });
  useEffect(() => {
    if (suggested === undefined || person.ownLocal) return;
    const local = freeInList(suggested, person, people);
    if (local !== person.local) change({ local, ownLocal: false });
    // Only a new suggestion moves the name.
  }, [suggested, person.key]);

  const complete = useMutation({
    mutationFn: async () => {
      const body = JSON.stringify(people);
      const { unanswered } = draft.value;
      const key = unanswered?.body === body ? unanswered.key : randomKey();
      draft.set({ unanswered: { key, body } });
      return await makeUsers(customerId, people, all, key);
    },
    onError: (error) => {
      if (!isUnanswered(error)) draft.set({ unanswered: null });
    },
    onSuccess: async (outcome) => {
      if (outcome.kind === "refused") {
        await client.invalidateQueries({ queryKey: queryKeys.nameCheck(customerId) });
        draft.set(mended(draft.value, new Map([[person.key, outcome.refusal]])));
        setRefusals((times) => times + 1);
        return;
      }
      if (outcome.kind === "running") draft.set({ unanswered: null, running: outcome.running });
      else {
        onMade(outcome.made);
      }
    },
  });

  const wrong = formProblems(person, words);
  const twin = namesake(person, people);
  const taken = check?.free === false && (check.code !== "deleted_user_exists" || person.onDeleted === "ask");
  const nameProblem =
    wrong.userPrincipalName ??
    (twin === undefined ? undefined : words.usernameTwice(twin.displayName)) ??
    (taken ? (check.message ?? undefined) : undefined);
  const refused = (field: string) => (person.refusal?.field === field ? person.refusal.message : undefined);
  const infoWrong = nameProblem !== undefined || Object.keys(wrong).some((field) => field !== "roles");

  const contents: Record<FormStep, { valid: boolean; reason?: string | null; content: (tried: boolean) => ReactNode }> =
    {
      info: {
        valid: !infoWrong,
        content: (tried) => (
          <UserInfoStep
            key={person.key}
            form={person}
            usual={usual}
            signInReason={null}
            problem={(field) => (tried ? wrong[field as keyof typeof wrong] : undefined) ?? refused(field)}
            username={
              <UsernameField
                form={person}
                domains={domains}
                check={check}
                checking={checking}
                problem={tried || person.local !== "" ? (nameProblem ?? refused("userPrincipalName")) : undefined}
                remedy={
                  <NameRemedy
                    customerId={customerId}
                    check={check}
                    onDeleted={person.onDeleted}
                    onChoose={(onDeleted) => change({ onDeleted })}
                  />
                }
                onChange={change}
              />
            }
            onChange={change}
          />
        ),
      },
      permissions: {
        valid: wrong.roles === undefined,
        reason: reason("changePermissions"),
        content: (tried) => (
          <PermissionChoice
            permission={person.permission}
            roles={person.roles}
            problem={tried ? (wrong.roles ?? refused("permission")) : undefined}
            onChange={change}
          />
        ),
      },
      licenses: {
        valid: licensesProblem(person, products, newHoldings) === null,
        reason: reason("changeLicenses"),
        content: (tried) => (
          <LicensesStep
            customerId={customerId}
            form={person}
            products={products}
            holdings={newHoldings}
            tried={tried}
            refused={refused("licenses")}
            onChange={change}
          />
        ),
      },
      review: {
        valid: true,
        content: () => (
          <>
            {person.refusal !== null && stepOf(person.refusal.field) === "review" && (
              <MessageBar intent="error" layout="multiline">
                <MessageBarBody>
                  <MessageBarTitle>{words.refused}</MessageBarTitle> {person.refusal.message}
                </MessageBarBody>
              </MessageBar>
            )}
            {complete.isError && problemOf(complete.error).code !== "unauthenticated" && (
              <ProblemNotice error={complete.error} />
            )}
            <UserReview person={person} products={products} />
          </>
        ),
      },
    };

  return (
    <Wizard
      title={pages.newUser.title}
      steps={formSteps.map((key) => ({ key, title: words.steps[key], ...contents[key] }))}
      at={step}
      onAt={(next) => draft.set({ step: next })}
      refusals={refusals}
      submit={words.complete}
      busyLabel={words.busy}
      busy={complete.isPending}
      beside={
        <Button
          disabledFocusable={complete.isPending}
          onClick={() => (infoWrong ? draft.set({ step: "info" }) : become(withAnother(draft.value)))}
        >
          {userFormTexts.addUser.another}
        </Button>
      }
      top={
        <>
          <DraftNotice draft={draft} />
          <PeopleSoFar
            people={people}
            at={at}
            onEdit={(place) => draft.set({ at: place, step: "info" })}
            onTakeAway={(key) => become(takenAway(draft.value, key))}
          />
        </>
      }
      onSubmit={() => complete.mutate()}
      onClose={onClose}
    />
  );
}
