import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { Batch } from "../../contract/batch.ts";
import type { Product } from "../../contract/customer.ts";
import { customerQuery, productsQuery } from "../customers/customer-queries.ts";
import { problemAt } from "../client/request-failed.ts";
import { usePlanChange } from "./use-plan-change.ts";
import { batchTexts } from "./batch-texts.ts";
import styles from "./BatchOptionForm.module.css";
import { BuiltNames } from "./BuiltNames.tsx";
import { changedOptions, type FormOptions, formOptions } from "../upload/form-options.ts";
import { OptionFields } from "../upload/OptionFields.tsx";
import { DraftNotice } from "../kit/DraftNotice.tsx";
import { LeaveGuard } from "../kit/LeaveGuard.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { QueryGate } from "../kit/QueryGate.tsx";
import { SaveBar } from "../kit/SaveBar.tsx";
import { useDraft } from "../kit/use-draft.ts";

const words = batchTexts.batchOptions;

/** What a plan does where the file leaves something open, to change; the plan is then made anew. */
export function BatchOptionForm({ batch }: { batch: Batch }) {
  const customer = useQuery(customerQuery(batch.customerId));
  const products = useQuery(productsQuery(batch.customerId));
  return (
    <QueryGate query={customer}>
      {({ domains }) => (
        <QueryGate query={products}>
          {(items) => <Fields batch={batch} domains={domains.map(({ name }) => name)} products={items} />}
        </QueryGate>
      )}
    </QueryGate>
  );
}

function Fields({ batch, domains, products }: { batch: Batch; domains: string[]; products: Product[] }) {
  const before = useMemo(() => formOptions(batch, products), [batch, products]);
  const draft = useDraft<Partial<FormOptions>>(`batch-options ${batch.id}`, {});
  const now = { ...before, ...draft.value };
  const changes = changedOptions(before, now);
  const changed = Object.keys(changes).length > 0;
  const save = usePlanChange(batch, draft.clear);
  return (
    <div className={styles.form}>
      <LeaveGuard draft={draft} />
      <DraftNotice draft={draft} />
      <p className={styles.lead}>{words.lead}</p>
      <div className={styles.fields}>
        <OptionFields
          operation={batch.operation}
          value={now}
          ofCustomer={{ domains, products }}
          problem={problemAt(save.error, "upnPattern")}
          onChange={(part) => {
            save.reset();
            draft.set(part);
          }}
        />
      </div>
      {batch.options.upnPattern !== undefined && !changed && <BuiltNames batch={batch} />}
      {save.isError && <ProblemNotice error={save.error} />}
      <SaveBar
        label={words.save}
        busyLabel={words.saving}
        busy={save.isPending}
        changed={changed}
        said={save.isSuccess && !changed ? words.saved : ""}
        onSave={() => save.mutate({ options: changes })}
        onUndo={() => {
          save.reset();
          draft.clear();
        }}
      />
    </div>
  );
}
