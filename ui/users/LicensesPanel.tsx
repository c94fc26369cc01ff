import { Button } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useAct } from "../client/use-act.ts";
import { productsQuery } from "../customers/customer-queries.ts";
import { DraftPanel } from "../kit/DraftPanel.tsx";
import { Loading } from "../kit/Loading.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { texts } from "../kit/texts.ts";
import { useDraft } from "../kit/use-draft.ts";
import { licenseChange, noLicenseChanges } from "./license-changes.ts";
import { licenseTexts } from "./license-texts.ts";
import { licenseWords } from "./license-words.ts";
import { LicenseEditor } from "./LicenseEditor.tsx";
import styles from "./LicensesPanel.module.css";
import { LocationPart } from "./LocationPart.tsx";
import { selectKey } from "./select-key.ts";
import { selectionSummaryQuery } from "./user-queries.ts";
import { submitBatch } from "./submit-batch.ts";
import type { SelectedUsers } from "./selected-users.ts";

const words = licenseTexts.manageLicenses;

/** Adds and removes licenses and service plans of all selected users in one batch, after it has said what changes. */
export function LicensesPanel({ customerId, select: asked, known, onStarted, onClose }: SelectedUsers) {
  const [select, setSelect] = useState(asked);
  const draft = useDraft(`licenses ${customerId} ${selectKey(asked)}`, noLicenseChanges);
  const summary = useQuery(selectionSummaryQuery(customerId, select));
  const products = useQuery(productsQuery(customerId));
  const ready = summary.data !== undefined && products.data !== undefined;
  const change = ready ? licenseChange(products.data, summary.data, draft.value) : null;
  const seen = summary.data && { confirm: summary.data.users };
  const submit = useAct({
    mutationFn: () => submitBatch(customerId, { operation: "changeLicenses", change: change ?? {}, select, ...seen }),
    onSuccess: (id) => {
      draft.clear();
      onStarted(id);
    },
  });
  const failed = summary.error ?? products.error;
  return (
    <DraftPanel
      draft={draft}
      title={words.title(
        (known.length === 1 ? known[0]?.displayName : undefined) ??
          texts.units.users(summary.data?.users ?? known.length),
      )}
      lead={words.lead}
      onClose={onClose}
      end={
        <>
          <Button
            appearance="primary"
            disabledFocusable={change === null || submit.isPending}
            onClick={() => submit.mutate()}
          >
            {submit.isPending ? words.busy : words.submit}
          </Button>
          <div className={styles.changes} role="status">
            {change === null || !ready ? (
              words.nothing
            ) : (
              <ul>
                {licenseWords(products.data, summary.data, draft.value).map((sentence) => (
                  <li key={sentence}>{sentence}</li>
                ))}
              </ul>
            )}
          </div>
        </>
      }
    >
      {submit.isError && <ProblemNotice error={submit.error} />}
      {failed !== null ? (
        <ProblemNotice
          error={failed}
          onRetry={() => {
            void summary.refetch();
            void products.refetch();
          }}
        />
      ) : (
        !ready && <Loading />
      )}
      {ready && (
        <>
          <LocationPart
            customerId={customerId}
            select={select}
            known={known}
            missing={summary.data.withoutLocation}
            onSelect={setSelect}
          />
          <LicenseEditor
            customerId={customerId}
            products={products.data}
            holdings={summary.data}
            known={known}
            draft={draft.value}
            onChange={draft.set}
          />
        </>
      )}
    </DraftPanel>
  );
}
