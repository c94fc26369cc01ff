import { Button } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { SelectionSummary } from "../../contract/selection-summary.ts";
import type { Selection } from "../../contract/user-changes.ts";
import { operations } from "../../contract/operations.ts";
import { pages } from "../../contract/pages.ts";
import { queryKeys } from "../client/query-keys.ts";
import { ConfirmDialog } from "../kit/ConfirmDialog.tsx";
import { LinkButton } from "../kit/LinkButton.tsx";
import { Loading } from "../kit/Loading.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { texts } from "../kit/texts.ts";
import { useDraft } from "../kit/use-draft.ts";
import { NewNameField } from "./NewNameField.tsx";
import { readSelected } from "./read-selected.ts";
import { type NamedUser, namedUsers, type NewNames, repeatedNames, restoreRows, shownNames } from "./restore-names.ts";
import { restoreTexts } from "./restore-texts.ts";
import { selectKey } from "./select-key.ts";
import { ShortSeats } from "./ShortSeats.tsx";
import { selectionSummaryQuery, takenNamesQuery } from "./user-queries.ts";
import { submitBatch } from "./submit-batch.ts";
import type { SelectedUsers } from "./selected-users.ts";

const words = restoreTexts.restoring;
/** Each field looks a name up and takes room: a thousand at once would be slow to draw, and nobody reads them. */
const shownAtOnce = 50;

/**
 * Asks before deleted users are restored: says which licenses come back and which do not, and takes a new username for
 * each whose own is taken by now, or leaves that user out.
 */
export function RestoreDialog({ customerId, select, known, onStarted, onClose }: SelectedUsers) {
  const summary = useQuery(selectionSummaryQuery(customerId, select));
  const anyTaken = (summary.data?.namesTaken ?? 0) > 0;
  const taken = useQuery({ ...takenNamesQuery(customerId, select), enabled: anyTaken });
  const ids = useQuery({
    queryKey: queryKeys.selectedIds(customerId, select),
    queryFn: async () => ("userIds" in select ? select.userIds : await idsOf(customerId, select.filter)),
    enabled: anyTaken,
    gcTime: 0,
  });
  const draft = useDraft<NewNames>(`restore ${customerId} ${selectKey(select)}`, {});
  const [wrong, setWrong] = useState<Record<string, boolean>>({});
  const users = taken.data === undefined ? [] : namedUsers(taken.data, draft.value);
  const repeated = repeatedNames(users);
  const only = known.length === 1 ? known[0] : undefined;
  const rows = ids.data == null ? null : restoreRows(ids.data, users);
  const ready = summary.data !== undefined && (!anyTaken || (taken.data !== undefined && ids.data !== undefined));
  const isWrong = ({ userId, name }: NamedUser) =>
    name !== null && (name.trim() === "" || wrong[userId] === true || repeated.has(userId));
  const missing = () => {
    if (rows?.length === 0) return words.nobody;
    return users.some(isWrong) ? words.wrong : null;
  };
  const [most, setMost] = useState(shownAtOnce);
  const shown = shownNames(users, most, isWrong);
  const left = users.length - shown.length;
  return (
    <ConfirmDialog
      title={words.title(only?.displayName ?? texts.units.users(summary.data?.users ?? known.length))}
      submit={words.submit}
      confirmed={{ count: rows?.length ?? summary.data?.users ?? known.length }}
      missing={missing()}
      blocked={ready ? null : texts.common.loading}
      draft={draft}
      act={async () => {
        const whom = anyTaken && rows !== null ? { rows } : { select };
        onStarted(await submitBatch(customerId, { operation: "restoreUsers", ...whom }));
      }}
      onClose={onClose}
    >
      {[summary, taken, ids].map(
        ({ error, refetch }, at) =>
          error !== null && <ProblemNotice key={String(at)} error={error} onRetry={() => void refetch()} />,
      )}
      {!ready && summary.error === null && <Loading />}
      {summary.data !== undefined && (
        <ul>
          {licenseSentences(summary.data).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <div>
        <ShortSeats
          customerId={customerId}
          skuIds={(summary.data?.products ?? []).filter((one) => one.users > one.available).map(({ skuId }) => skuId)}
        />
      </div>
      {ready && users.length > 0 && (
        <section aria-label={words.taken}>
          <p>{words.takenLead(taken.data?.total ?? 0)}</p>
          {ids.data === null && (
            <>
              <p>{words.tooMany}</p>
              <LinkButton
                to={pages.upload.path}
                params={{ customerId }}
                search={{ operation: operations.restoreUsers.slug }}
              >
                {words.byFile}
              </LinkButton>
            </>
          )}
          {ids.data !== null &&
            shown.map((user) => (
              <NewNameField
                key={user.userId}
                customerId={customerId}
                user={user}
                mayLeaveOut={only === undefined}
                repeated={repeated.has(user.userId)}
                onName={(name) => draft.set({ [user.userId]: name })}
                onWrong={(isTaken) => setWrong((all) => ({ ...all, [user.userId]: isTaken }))}
              />
            ))}
          {ids.data !== null && left > 0 && (
            <>
              <p>{words.takenMore(left)}</p>
              <Button onClick={() => setMost(most + shownAtOnce)}>{words.showMore(Math.min(left, shownAtOnce))}</Button>
            </>
          )}
        </section>
      )}
    </ConfirmDialog>
  );
}

async function idsOf(customerId: string, filter: Extract<Selection, { filter: object }>["filter"]) {
  const users = await readSelected(customerId, filter);
  return users?.map(({ id }) => id) ?? null;
}

function licenseSentences({ products }: SelectionSummary): string[] {
  const held = products.filter(({ users }) => users > 0);
  if (held.length === 0) return [words.noLicenses, words.passwordStays];
  return [
    ...held.flatMap(({ name, users, available }) => [
      ...(available > 0 ? [words.comesBack(name, Math.min(users, available))] : []),
      ...(users > available ? [words.comesNot(name, users - available, available)] : []),
    ]),
    words.passwordStays,
  ];
}
