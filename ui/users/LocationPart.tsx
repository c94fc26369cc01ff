import { Button, Field, MessageBar, MessageBarBody, Spinner } from "@fluentui/react-components";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { pages } from "../../contract/pages.ts";
import type { Selection } from "../../contract/user-changes.ts";
import type { User } from "../../contract/user.ts";
import { batchQuery } from "../batches/batch-queries.ts";
import { queryKeys } from "../client/query-keys.ts";
import { useAct } from "../client/use-act.ts";
import { CommandButton } from "../kit/CommandButton.tsx";
import { CountryField } from "../kit/CountryField.tsx";
import { countryName } from "../kit/format.ts";
import { LinkButton } from "../kit/LinkButton.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import { licenseTexts } from "./license-texts.ts";
import styles from "./LocationPart.module.css";
import { userFacetsQuery } from "./user-queries.ts";
import { findWithoutLocation } from "./without-location.ts";
import { submitBatch } from "./submit-batch.ts";

const words = licenseTexts.location;

/** Says how many of the selected users have no usage location, and gives them one, at first the usual one of the customer. */
export function LocationPart({
  customerId,
  select,
  known,
  missing,
  onSelect,
}: {
  customerId: string;
  select: Selection;
  /** The users of a selection by id. */
  known: User[];
  missing: number;
  /** Takes the selection that will find the same users once they have a location. */
  onSelect: (select: Selection) => void;
}) {
  const client = useQueryClient();
  const { reason } = useAuthority(customerId);
  const facets = useQuery(userFacetsQuery(customerId, "active"));
  const usual = facets.data?.usageLocations.find(({ value }) => value !== null)?.value ?? "";
  const [chosen, setChosen] = useState<string>();
  const location = chosen ?? usual;
  const update = useAct({
    mutationFn: async () => {
      const found = await findWithoutLocation(customerId, select, known);
      if (found === null) return null;
      onSelect(found.all);
      const change = { usageLocation: location };
      return await submitBatch(customerId, { operation: "updateUsers", change, select: found.without });
    },
  });
  const batchId = update.data ?? null;
  const batch = useQuery({ ...batchQuery(batchId ?? ""), enabled: batchId !== null });
  const totals = batch.data?.totals;
  const pending = totals?.pending;
  useEffect(() => {
    if (batchId === null || pending === undefined) return;
    void client.invalidateQueries({ queryKey: queryKeys.selectionSummary(customerId) });
    void client.invalidateQueries({ queryKey: queryKeys.users(customerId) });
    void client.invalidateQueries({ queryKey: queryKeys.userFacets(customerId) });
  }, [client, customerId, batchId, pending]);
  if (missing === 0) return null;
  if (totals !== undefined && pending === 0 && batchId !== null) {
    return totals.failed === 0 ? null : (
      <MessageBar intent="warning" layout="multiline">
        <MessageBarBody>
          {words.failed(totals.failed)}{" "}
          <LinkButton to={pages.batch.path} params={{ batchId }} appearance="subtle" size="small">
            {licenseTexts.manageLicenses.batch}
          </LinkButton>
        </MessageBarBody>
      </MessageBar>
    );
  }
  const busy = update.isPending || batchId !== null;
  return (
    <section className={styles.part} aria-label={words.field}>
      <p className={styles.lead}>{known.length === 1 ? words.missingOne : words.missing(missing)}</p>
      {update.isError && <ProblemNotice error={update.error} />}
      {update.data === null && <p>{words.tooMany}</p>}
      <div className={styles.fields}>
        <CountryField
          label={words.field}
          hint={usual === "" || location !== usual ? words.hint : words.usual(countryName(usual))}
          placeholder=""
          value={location}
          onChange={setChosen}
        />
        <Field>
          {busy ? (
            <Button disabledFocusable icon={<Spinner size="tiny" />}>
              {totals === undefined ? words.update : words.busy(totals.rows - totals.pending, totals.rows)}
            </Button>
          ) : (
            <CommandButton
              appearance="secondary"
              command={{
                key: "location",
                label: words.update,
                reason: reason("setUsageLocation") ?? (location === "" ? words.choose : null),
                onUse: () => update.mutate(),
              }}
            />
          )}
        </Field>
      </div>
    </section>
  );
}
