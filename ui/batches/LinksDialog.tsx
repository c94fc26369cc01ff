import { useQuery } from "@tanstack/react-query";
import type { Batch } from "../../contract/batch.ts";
import { callRoute } from "../client/call-route.ts";
import { meQuery } from "../client/me-query.ts";
import { saveDownload } from "../client/save-download.ts";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { SelectField } from "../kit/SelectField.tsx";
import { TextInput } from "../kit/TextInput.tsx";
import { say } from "../kit/toasts.ts";
import { useDraft } from "../kit/use-draft.ts";
import type { RowListFilter } from "./batch-queries.ts";
import { batchWorkTexts } from "./batch-work-texts.ts";

const words = batchWorkTexts.downloads;
const usualHours = 72;

/**
 * Asks how long one-time links are to last, makes them, for the rows of a batch that a filter shows or for all, and gives them
 * as a file or mails them to one address.
 */
export function LinksDialog({
  batch: { id: batchId, no },
  filter = {},
  onClose,
}: {
  batch: Pick<Batch, "id" | "no">;
  filter?: RowListFilter;
  onClose: () => void;
}) {
  const draft = useDraft(`links ${batchId}`, { hours: usualHours, mailTo: "" });
  const { hours, mailTo } = draft.value;
  const me = useQuery(meQuery);
  const mails = me.data?.mails === true;
  // A draft may be older than the moment at which the mail server was taken away.
  const to = mails ? mailTo.trim() : "";
  return (
    <DraftDialog
      draft={draft}
      title={words.linksTitle}
      submit={to === "" ? words.linksSubmit : words.linksMail}
      blocked={to === "" || to.includes("@") ? null : words.linksNoAddress}
      onClose={onClose}
      act={async () => {
        const body = { ...filter, expiresInHours: hours };
        if (to === "")
          saveDownload(await callRoute("makeLinks", { params: { batchId }, body }), `batch-${no}-links.csv`);
        else {
          await callRoute("mailLinks", { params: { batchId }, body: { ...body, mailTo: to } });
          say({ tone: "good", text: words.linksMailed(to) });
        }
      }}
    >
      <p>{words.linksLead}</p>
      <SelectField
        label={words.linksFor}
        value={String(hours)}
        choices={Object.entries(words.linksHours).map(([value, label]) => ({ value, label }))}
        onChange={(value) => draft.set({ hours: Number(value) })}
      />
      {mails && (
        <TextInput
          label={words.linksMailTo}
          value={mailTo}
          onChange={(typed) => draft.set({ mailTo: typed })}
          hint={words.linksMailHint}
        />
      )}
    </DraftDialog>
  );
}
