import { Button, Field, Input, MessageBar, MessageBarBody } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../client/use-act.ts";
import { textFields } from "../../contract/fields.ts";
import { confirmationFor, isConfirmed } from "../kit/confirmation.ts";
import { DraftPanel } from "../kit/DraftPanel.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { texts } from "../kit/texts.ts";
import { useDraft } from "../kit/use-draft.ts";
import { useTried } from "../kit/use-tried.ts";
import { changeForMany, type EditsForMany, fieldsForMany } from "./edits-for-many.ts";
import { ManyField } from "./ManyField.tsx";
import { ManyReview } from "./ManyReview.tsx";
import { selectKey } from "./select-key.ts";
import { userFormTexts } from "./user-form-texts.ts";
import styles from "./UserForm.module.css";
import { submitBatch } from "./submit-batch.ts";
import { selectionSummaryQuery } from "./user-queries.ts";
import type { SelectedUsers } from "./selected-users.ts";

const words = userFormTexts.editUsers;
const formId = "edit-users";
const tooLong = userFormTexts.userForm.tooLong;

/** A few fields of many users: only what is filled in or emptied is changed, after a review. Hands on the batch that does it. */
export function EditUsersPanel({ customerId, select, known, onStarted, onClose }: SelectedUsers) {
  const summary = useQuery(selectionSummaryQuery(customerId, select));
  const draft = useDraft<EditsForMany>(`edit-users ${customerId} ${selectKey(select)}`, {});
  const [reviewing, setReviewing] = useState(false);
  const [typed, setTyped] = useState("");
  const { tried, place, tryNow, forget } = useTried<HTMLFormElement>();
  const count = summary.data?.users ?? known.length;
  const wanted = confirmationFor({ count });
  const edits = draft.value;
  const change = changeForMany(edits);
  const long = fieldsForMany.filter((field) => (edits[field] ?? "").trim().length > textFields[field].max);
  const right = change !== null && long.length === 0;
  const confirmed = isConfirmed(wanted, typed);
  const submit = useAct({
    mutationFn: () => submitBatch(customerId, { operation: "updateUsers", select, change: change ?? {} }),
    onSuccess: (batchId) => {
      draft.clear();
      onStarted(batchId);
    },
  });
  const review = reviewing && right;
  return (
    <DraftPanel
      draft={draft}
      title={words.title(texts.units.users(count))}
      lead={words.lead}
      onClose={onClose}
      end={
        <>
          {review && <Button onClick={() => setReviewing(false)}>{texts.wizard.back}</Button>}
          <Button type="submit" form={formId} appearance="primary" disabledFocusable={submit.isPending}>
            {review ? words.submit : words.review}
          </Button>
        </>
      }
    >
      <form
        id={formId}
        ref={place}
        noValidate
        className={styles.fields}
        onSubmit={(event) => {
          event.preventDefault();
          if (!review) {
            if (!tryNow(right)) return;
            forget();
            setReviewing(true);
          } else if (!submit.isPending && tryNow(confirmed && summary.data !== undefined)) submit.mutate();
        }}
      >
        {submit.isError && (
          <div className={styles.wide}>
            <ProblemNotice error={submit.error} />
          </div>
        )}
        {tried && change === null && (
          <div tabIndex={-1} data-problem className={styles.wide}>
            <MessageBar intent="error">
              <MessageBarBody>{words.nothing}</MessageBarBody>
            </MessageBar>
          </div>
        )}
        {review ? (
          <div className={styles.wide}>
            <ManyReview customerId={customerId} select={select} known={known} count={count} edits={edits} />
          </div>
        ) : (
          fieldsForMany.map((field, at) => (
            <ManyField
              key={field}
              field={field}
              autoFocus={at === 0}
              value={edits[field] === undefined ? "" : edits[field]}
              problem={tried && long.includes(field) ? tooLong(textFields[field].max) : undefined}
              onChange={(value) => draft.set({ [field]: value })}
            />
          ))
        )}
        {review && wanted !== null && (
          <div className={styles.wide}>
            <Field
              label={texts.confirm.type(wanted)}
              {...(tried && !confirmed && { validationMessage: texts.confirm.wrong(wanted) })}
            >
              <Input value={typed} autoComplete="off" onChange={(_event, { value }) => setTyped(value)} />
            </Field>
          </div>
        )}
      </form>
    </DraftPanel>
  );
}
