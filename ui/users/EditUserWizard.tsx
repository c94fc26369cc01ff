import { ChangeTable } from "../kit/ChangeTable.tsx";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { Product } from "../../contract/customer.ts";
import { pageAddress, pages } from "../../contract/pages.ts";
import type { User } from "../../contract/user.ts";
import { queryKeys } from "../client/query-keys.ts";
import { useAct } from "../client/use-act.ts";
import { DraftNotice } from "../kit/DraftNotice.tsx";
import { LeaveGuard } from "../kit/LeaveGuard.tsx";
import { say } from "../kit/toasts.ts";
import { useAuthority } from "../kit/use-authority.ts";
import { useDraft } from "../kit/use-draft.ts";
import { Wizard } from "../kit/Wizard.tsx";
import { holdingsOf } from "./license-changes.ts";
import { saveEdits } from "./save-edits.ts";
import { suggestionQuery, useNameCheck } from "./use-name-check.ts";
import { editedForm, editLines, editRequests, type UserEditsDraft, withEdit } from "./user-edits.ts";
import { userFormTexts } from "./user-form-texts.ts";
import { formProblems, type FormRefusal, stepOf, upnOf, type UserForm } from "./user-form.ts";
import { userFormSteps } from "./user-form-steps.tsx";
import { NameRemedy } from "./UsernameField.tsx";
import { userTexts } from "./user-texts.ts";

const words = userFormTexts.userForm;
const empty: UserEditsDraft = { edits: {}, step: "info" };

/** The form of a user who is there already: the review says what changes, before and after. */
export function EditUserWizard({
  user,
  domains,
  products,
  onClose,
}: {
  user: User;
  domains: string[];
  products: Product[];
  onClose: () => void;
}) {
  const { customerId } = user;
  const client = useQueryClient();
  const { reason } = useAuthority(customerId);
  const draft = useDraft<UserEditsDraft>(`edit-user ${user.id}`, empty);
  const [refused, setRefused] = useState<FormRefusal | null>(null);
  const [refusals, setRefusals] = useState(0);
  const { edits, step } = draft.value;
  const form = editedForm(user, edits);
  const holdings = holdingsOf(user);
  const requests = editRequests(user, form, products);
  const lines = editLines(user, form, products);
  const usual = useQuery(suggestionQuery(customerId, {})).data?.usageLocation ?? "";
  const { check, checking } = useNameCheck(customerId, form.local.trim() === "" ? "@" : upnOf(form), user);
  const change = (part: Partial<UserForm>) => {
    setRefused(null);
    draft.set({ edits: withEdit(user, edits, part) });
  };

  const complete = useAct({
    mutationFn: () => saveEdits(user, requests),
    onSuccess: async (outcome) => {
      if (outcome.kind === "refused") {
        client.setQueryData(queryKeys.user(customerId, user.id), outcome.user);
        setRefused(outcome.refusal);
        draft.set({ step: stepOf(outcome.refusal.field) });
        setRefusals((times) => times + 1);
        await client.invalidateQueries({ queryKey: queryKeys.nameCheck(customerId) });
      } else {
        draft.clear();
        say(
          outcome.kind === "saved"
            ? {
                tone: "good",
                text: userFormTexts.editUser.saved(outcome.user.displayName),
                link: {
                  label: userFormTexts.addUser.open,
                  to: `${pageAddress("users", { customerId })}?user=${user.id}`,
                },
              }
            : {
                tone: "busy",
                text: userFormTexts.editUser.underWay(user.displayName),
                link: { label: userTexts.outcome.batch, to: pageAddress("batch", { batchId: outcome.batchId }) },
              },
        );
        onClose();
      }
      for (const key of ["users", "products", "userFacets", "userSuggestion"] as const) {
        void client.invalidateQueries({ queryKey: [key, customerId] });
      }
      void client.invalidateQueries({ queryKey: queryKeys.user(customerId, user.id) });
      void client.invalidateQueries({ queryKey: queryKeys.activity(customerId, user.id) });
    },
  });

  const wrong = formProblems(form, words);
  const nameProblem = wrong.userPrincipalName ?? (check?.free === false ? (check.message ?? undefined) : undefined);
  const steps = userFormSteps({
    customerId,
    form,
    domains,
    products,
    holdings,
    usual,
    reasons: {
      info: reason("updateUsers"),
      signIn: reason("changeSignIn"),
      permissions: reason("changePermissions"),
      licenses: reason("changeLicenses"),
    },
    wrong,
    name: {
      check,
      checking,
      problem: nameProblem,
      told: () => true,
      remedy: <NameRemedy customerId={customerId} check={check} />,
    },
    refused,
    refusedWords: refused?.code === "changed_meanwhile" ? userFormTexts.editUser.moved : refused?.message,
    error: complete.error,
    review: lines.length === 0 ? <p>{userFormTexts.editUser.nothing}</p> : <ChangeTable lines={lines} />,
    onChange: change,
  });

  return (
    <>
      <LeaveGuard
        draft={{ isDirty: () => draft.isDirty() && Object.keys(draft.value.edits).length > 0, clear: draft.clear }}
      />
      <Wizard
        title={pages.editUser.title}
        lead={`${user.displayName} · ${user.userPrincipalName}`}
        steps={steps}
        at={step}
        onAt={(next) => draft.set({ step: next })}
        refusals={refusals}
        submit={words.complete}
        busyLabel={words.busy}
        busy={complete.isPending}
        submitReason={lines.length === 0 ? userFormTexts.editUser.nothing : null}
        top={<DraftNotice draft={draft} />}
        onSubmit={() => complete.mutate()}
        onClose={onClose}
      />
    </>
  );
}
