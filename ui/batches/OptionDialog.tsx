import { useQuery } from "@tanstack/react-query";
import type { Batch } from "../../contract/batch.ts";
import { customerQuery } from "../customers/customer-queries.ts";
import { problemAt } from "../client/request-failed.ts";
import { DraftDialog } from "../kit/DraftDialog.tsx";
import { CountryField } from "../kit/CountryField.tsx";
import { SelectField } from "../kit/SelectField.tsx";
import { useDraft } from "../kit/use-draft.ts";
import { uploadTexts } from "../upload/upload-texts.ts";
import { UpnPatternField } from "../upload/UpnPatternField.tsx";
import { batchPlanTexts } from "./batch-plan-texts.ts";
import { usePlanChange } from "./use-plan-change.ts";

const words = batchPlanTexts.remedies;
const usualPattern = "{givenName}.{surname}";

/** Asks for the one option that mends a cause, and has the batch planned again with it. */
export function OptionDialog({
  batch,
  option,
  onClose,
}: {
  batch: Batch;
  option: "location" | "domain" | "pattern";
  onClose: () => void;
}) {
  const customer = useQuery(customerQuery(batch.customerId));
  const domains = customer.data?.domains.map(({ name }) => name) ?? [];
  const draft = useDraft<{ typed: string | null }>(`option ${batch.id} ${option}`, { typed: null });
  const usual = { location: "", domain: domains[0] ?? "", pattern: usualPattern }[option];
  const value = draft.value.typed ?? usual;
  const setTyped = (typed: string) => draft.set({ typed });
  const save = usePlanChange(batch, () => undefined);
  return (
    <DraftDialog
      draft={draft}
      title={words[option]}
      submit={words.submit}
      mayAct={() => value !== ""}
      act={async () =>
        await save.mutateAsync({
          options: { [{ location: "usageLocation", domain: "domain", pattern: "upnPattern" }[option]]: value },
        })
      }
      onClose={onClose}
    >
      {option === "location" ? (
        <CountryField
          label={uploadTexts.upload.location}
          hint={words.locationHint}
          placeholder=""
          value={value}
          onChange={setTyped}
        />
      ) : option === "domain" ? (
        <SelectField
          label={uploadTexts.upload.domain}
          hint={uploadTexts.upload.domainHint}
          value={value}
          choices={domains.map((name) => ({ value: name, label: name }))}
          onChange={setTyped}
        />
      ) : (
        <UpnPatternField value={value} problem={problemAt(save.error, "upnPattern")} onChange={setTyped} />
      )}
    </DraftDialog>
  );
}
