import { useQuery } from "@tanstack/react-query";
import type { Selection } from "../../contract/user-changes.ts";
import { ConfirmDialog } from "../kit/ConfirmDialog.tsx";
import { Loading } from "../kit/Loading.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { texts } from "../kit/texts.ts";
import { type UserAct, userActs } from "./user-acts.ts";
import { selectionSummaryQuery } from "./user-queries.ts";
import { userTexts } from "./user-texts.ts";
import { submitBatch } from "./submit-batch.ts";

/**
 * Asks before something is done to selected users: the title names what and how many, or whom; the text says what
 * follows. Carries it out as one batch and hands on its id.
 */
export function UserActDialog({
  customerId,
  act,
  select,
  name,
  onStarted,
  onClose,
}: {
  customerId: string;
  act: UserAct;
  select: Selection;
  /** The name of the user, where it is only one. */
  name: string | undefined;
  onStarted: (batchId: string) => void;
  onClose: () => void;
}) {
  const summary = useQuery(selectionSummaryQuery(customerId, select));
  const words = userTexts.acts[act];
  const { data } = summary;
  const carryOut = async () => {
    onStarted(
      await submitBatch(customerId, { ...userActs[act].request, select, ...(data && { confirm: data.users }) }),
    );
  };
  const whom = name ?? (data === undefined ? undefined : texts.units.users(data.users));
  return (
    <ConfirmDialog
      title={whom === undefined ? words.label : words.title(whom)}
      submit={words.submit}
      confirmed={{ count: data?.users ?? 0 }}
      blocked={data === undefined ? texts.common.loading : null}
      act={carryOut}
      onClose={onClose}
    >
      {data === undefined ? (
        summary.isError ? (
          <ProblemNotice error={summary.error} onRetry={() => void summary.refetch()} />
        ) : (
          <Loading />
        )
      ) : (
        <ul>
          {words.follows(data).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </ConfirmDialog>
  );
}
