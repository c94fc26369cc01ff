import { useQuery } from "@tanstack/react-query";
import { customerQuery } from "../customers/customer-queries.ts";
import { ConfirmDialog } from "../kit/ConfirmDialog.tsx";
import { Loading } from "../kit/Loading.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { texts } from "../kit/texts.ts";
import { restoreTexts } from "./restore-texts.ts";
import { selectionSummaryQuery } from "./user-queries.ts";
import { submitBatch } from "./submit-batch.ts";
import type { SelectedUsers } from "./selected-users.ts";

const words = restoreTexts.removing;

/** Asks before deleted users are removed for good: the name of one is typed, and the number of many. */
export function RemoveDialog({ customerId, select, known, onStarted, onClose }: SelectedUsers) {
  const summary = useQuery(selectionSummaryQuery(customerId, select));
  const customer = useQuery(customerQuery(customerId));
  const only = known.length === 1 ? known[0] : undefined;
  const users = summary.data?.users ?? known.length;
  // Of many the api wants the customer's name, where people have typed the number.
  const confirm = only?.displayName ?? customer.data?.name;
  const failed = summary.error ?? customer.error;
  return (
    <ConfirmDialog
      title={words.title(only?.displayName ?? texts.units.users(users))}
      submit={words.submit}
      confirmed={only === undefined ? { count: users, always: true } : { name: only.displayName }}
      blocked={summary.data === undefined || confirm === undefined ? texts.common.loading : null}
      act={async () => {
        const change = { confirm: confirm ?? "" };
        onStarted(await submitBatch(customerId, { operation: "removeUsers", change, select, confirm: users }));
      }}
      onClose={onClose}
    >
      {failed !== null ? (
        <ProblemNotice error={failed} onRetry={() => void summary.refetch()} />
      ) : (
        summary.data === undefined && <Loading />
      )}
      <p>{words.gone}</p>
    </ConfirmDialog>
  );
}
