import { Button, MessageBarTitle } from "@fluentui/react-components";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Product } from "../../contract/customer.ts";
import { pages } from "../../contract/pages.ts";
import { queryKeys } from "../client/query-keys.ts";
import { randomKey } from "../client/random-key.ts";
import { useAct } from "../client/use-act.ts";
import { DraftNotice } from "../kit/DraftNotice.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import type { FormDraft } from "../kit/use-draft.ts";
import { Wizard } from "../kit/Wizard.tsx";
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
import { useNameCheck, useSuggestedName } from "./use-name-check.ts";
import { userFormTexts } from "./user-form-texts.ts";
import { formProblems, upnOf } from "./user-form.ts";
import { isInfoWrong, userFormSteps } from "./user-form-steps.tsx";
import { NameRemedy } from "./UsernameField.tsx";
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
  draft: FormDraft<NewUsersDraft>;
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

  const complete = useAct({
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
  const steps = userFormSteps({
    customerId,
    form: person,
    formKey: person.key,
    domains,
    products,
    holdings: newHoldings,
    usual,
    reasons: {
      info: null,
      signIn: null,
      permissions: reason("changePermissions"),
      licenses: reason("changeLicenses"),
    },
    wrong,
    name: {
      check,
      checking,
      problem: nameProblem,
      told: (tried) => tried || person.local !== "",
      remedy: (
        <NameRemedy
          customerId={customerId}
          check={check}
          onDeleted={person.onDeleted}
          onChoose={(onDeleted) => change({ onDeleted })}
        />
      ),
    },
    refused: person.refusal,
    refusedWords: (
      <>
        <MessageBarTitle>{words.refused}</MessageBarTitle> {person.refusal?.message}
      </>
    ),
    error: complete.error,
    review: <UserReview person={person} products={products} />,
    onChange: change,
  });

  return (
    <Wizard
      title={pages.newUser.title}
      steps={steps}
      at={step}
      formKey={person.key}
      onAt={(next) => draft.set({ step: next })}
      refusals={refusals}
      submit={words.complete}
      busyLabel={words.busy}
      busy={complete.isPending}
      beside={
        <Button
          disabledFocusable={complete.isPending}
          onClick={() =>
            isInfoWrong(wrong, nameProblem) ? draft.set({ step: "info" }) : become(withAnother(draft.value))
          }
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
