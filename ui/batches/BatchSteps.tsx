import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { pages } from "../../contract/pages.ts";
import type { Batch } from "../../contract/batch.ts";
import { columnsQuery } from "./batch-queries.ts";
import type { CellEditing } from "./use-cell-edits.ts";
import { batchTexts } from "./batch-texts.ts";
import { BatchPlan } from "./BatchPlan.tsx";
import styles from "./BatchSteps.module.css";
import { openGuesses } from "../upload/chosen-fields.ts";
import { needsMapping } from "./needs-mapping.ts";
import { TabLinks } from "../kit/TabLinks.tsx";

const BatchColumns = lazy(async () => ({ default: (await import("./BatchColumns.tsx")).BatchColumns }));
const BatchOptionForm = lazy(async () => ({ default: (await import("./BatchOptionForm.tsx")).BatchOptionForm }));

const words = batchTexts.steps;

/** A plan before its start, in its parts: the plan itself, the columns, the options. A file that no column of is used opens on its columns. */
export function BatchSteps({ batch, editing }: { batch: Batch; editing: CellEditing }) {
  const search = useSearch({ from: "/frame/batches/$batchId" });
  const navigate = useNavigate({ from: pages.batch.path });
  const isFile = batch.source === "upload";
  const step = search.step ?? (needsMapping(batch) ? "columns" : "plan");
  const columns = useQuery({ ...columnsQuery(batch), enabled: isFile });
  const offers = openGuesses(columns.data ?? [], {}).length;
  const part = (name: typeof step) => ({
    label: words[name],
    to: ".",
    part: { search: { step: name }, shown: step === name },
  });
  return (
    <div className={styles.steps}>
      <TabLinks
        label={words.label}
        tabs={[
          part("plan"),
          ...(isFile ? [{ ...part("columns"), beside: offers === 0 ? undefined : words.offers(offers) }] : []),
          part("options"),
        ]}
      />
      {step === "plan" && <BatchPlan batch={batch} editing={editing} />}
      <Suspense>
        {step === "columns" && (
          <BatchColumns batch={batch} onSaved={() => void navigate({ search: { step: "plan" }, resetScroll: false })} />
        )}
        {step === "options" && <BatchOptionForm batch={batch} />}
      </Suspense>
    </div>
  );
}
