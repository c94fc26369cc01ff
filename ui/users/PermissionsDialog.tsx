import { useQuery } from "@tanstack/react-query";
import { ConfirmDialog } from "../kit/ConfirmDialog.tsx";
import { Loading } from "../kit/Loading.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { texts } from "../kit/texts.ts";
import { useDraft } from "../kit/use-draft.ts";
import { draftOf, permissionChanges, type PermissionDraft, wantedPermission } from "./permission-changes.ts";
import { permissionTexts } from "./permission-texts.ts";
import { PermissionChoice } from "./PermissionChoice.tsx";
import { selectKey } from "./select-key.ts";
import { selectionSummaryQuery } from "./user-queries.ts";
import { submitBatch } from "./submit-batch.ts";
import type { SelectedUsers } from "./selected-users.ts";

const words = permissionTexts.permissions;
const nothingChosen: PermissionDraft = { permission: null, roles: [] };

/** Asks which permission all selected users are to have, says what that changes, and sets it in one batch. */
export function PermissionsDialog({ customerId, select, known, onStarted, onClose }: SelectedUsers) {
  const summary = useQuery(selectionSummaryQuery(customerId, select));
  const [only] = known.length === 1 ? known : [];
  const draft = useDraft<Partial<PermissionDraft>>(`permissions ${customerId} ${selectKey(select)}`, {});
  const choice = { ...(only === undefined ? nothingChosen : draftOf(only.permission)), ...draft.value };
  const wanted = wantedPermission(choice);
  const { data } = summary;
  const changes = data === undefined || wanted === null ? [] : permissionChanges(data, wanted);
  return (
    <ConfirmDialog
      title={words.title(only?.displayName ?? texts.units.users(data?.users ?? known.length))}
      submit={words.submit}
      confirmed={{ count: data?.users ?? known.length }}
      missing={missing(choice, changes)}
      blocked={data === undefined ? texts.common.loading : null}
      draft={draft}
      act={async () => {
        const change = { permission: wanted ?? "user" };
        onStarted(await submitBatch(customerId, { operation: "changePermissions", change, select }));
      }}
      onClose={onClose}
    >
      {summary.isError && <ProblemNotice error={summary.error} onRetry={() => void summary.refetch()} />}
      {summary.isPending && <Loading />}
      <PermissionChoice {...choice} onChange={draft.set} />
      <ul aria-label={words.changes} aria-live="polite">
        {changes.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </ConfirmDialog>
  );
}

function missing(choice: PermissionDraft, changes: string[]): string | null {
  if (choice.permission === null) return words.choose;
  if (wantedPermission(choice) === null) return words.chooseRole;
  return changes.length === 0 ? words.nothing : null;
}
