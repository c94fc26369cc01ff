import type { Batch } from "../../contract/batch.ts";
import { callRoute } from "../client/call-route.ts";
import { saveDownload } from "../client/save-download.ts";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { SelectField } from "../kit/SelectField.tsx";
import { useDraft } from "../kit/use-draft.ts";
import type { RowListFilter } from "./batch-queries.ts";
import { batchWorkTexts } from "./batch-work-texts.ts";

const words = batchWorkTexts.downloads;
const usualHours = 72;

/** Asks how long one-time links are to last, makes them, for the rows of a batch that a filter shows or for all, and gives them as a file. */
export function LinksDialog({
  batch: { id: batchId, no },
  filter = {},
  onClose,
}: {
  batch: Pick<Batch, "id" | "no">;
  filter?: RowListFilter;
  onClose: () => void;
}) {
  const draft = useDraft(`links ${batchId}`, { hours: usualHours });
  const { hours } = draft.value;
  return (
    <DraftDialog
      draft={draft}
      title={words.linksTitle}
      submit={words.linksSubmit}
      onClose={onClose}
      act={async () => {
        const csv = await callRoute("makeLinks", { params: { batchId }, body: { ...filter, expiresInHours: hours } });
        saveDownload(csv, `batch-${no}-links.csv`);
      }}
    >
      <p>{words.linksLead}</p>
      <SelectField
        label={words.linksFor}
        value={String(hours)}
        choices={Object.entries(words.linksHours).map(([value, label]) => ({ value, label }))}
        onChange={(value) => draft.set({ hours: Number(value) })}
      />
    </DraftDialog>
  );
}
