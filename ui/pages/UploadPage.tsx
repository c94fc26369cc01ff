import { Button, ProgressBar, Radio, RadioGroup, Field } from "@fluentui/react-components";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate, useParams } from "@tanstack/react-router";
import { useState } from "react";
import { customerQuery, productsQuery } from "../client/queries.ts";
import { sendUpload } from "../client/send-upload.ts";
import { useTitle } from "../layout/use-title.ts";
import { CountryField } from "../parts/CountryField.tsx";
import { FileDrop } from "../parts/FileDrop.tsx";
import { customerCrumbs, PageHead } from "../parts/PageHead.tsx";
import { ProblemNotice } from "../parts/ProblemNotice.tsx";
import { QueryGate } from "../parts/QueryGate.tsx";
import { SelectField } from "../parts/SelectField.tsx";
import { SkuField } from "../parts/SkuField.tsx";
import { texts } from "../texts.ts";
import styles from "./UploadPage.module.css";

const words = texts.upload;

type Options = {
  usageLocation: string;
  skus: string[];
  domain: string;
  onExisting: "skip" | "update";
  onDeleted: "ask" | "restore" | "create";
};

const nothingSaid: Options = { usageLocation: "", skus: [], domain: "", onExisting: "skip", onDeleted: "ask" };

/** Takes a spreadsheet and how it is meant, and goes on to its plan. */
export function UploadPage() {
  const { customerId } = useParams({ from: "/frame/customers/$customerId/upload" });
  const customer = useQuery(customerQuery(customerId));
  useTitle(words.title);
  return (
    <QueryGate query={customer}>
      {({ name, domains }) => (
        <>
          <PageHead crumbs={customerCrumbs(customerId, name)} title={words.title} />
          <UploadForm customerId={customerId} domains={domains.map((domain) => domain.name)} />
        </>
      )}
    </QueryGate>
  );
}

function UploadForm({ customerId, domains }: { customerId: string; domains: string[] }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const products = useQuery(productsQuery(customerId));
  const [file, setFile] = useState<File | null>(null);
  const [options, setOptions] = useState(nothingSaid);
  const [sent, setSent] = useState(0);
  const [missing, setMissing] = useState(false);
  const set = (part: Partial<Options>) => setOptions((now) => ({ ...now, ...part }));

  const upload = useMutation({
    mutationFn: async (chosen: File) => {
      setSent(0);
      const { usageLocation, skus, domain, onExisting, onDeleted } = options;
      return await sendUpload(
        {
          customerId,
          file: chosen,
          options: {
            operation: "create-users",
            usageLocation,
            skus: skus.join(";"),
            domain,
            onExisting,
            onDeleted,
          },
        },
        setSent,
      );
    },
    onSuccess: async (batch) => {
      client.setQueryData(["batch", batch.id], batch);
      await client.invalidateQueries({ queryKey: ["batches"] });
      await navigate({ to: "/batches/$batchId", params: { batchId: batch.id } });
    },
  });
  const take = (next: File) => {
    upload.reset();
    setMissing(false);
    setFile(next);
  };

  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (file === null) setMissing(true);
        else upload.mutate(file);
      }}
    >
      <div className={styles.main}>
        <FileDrop file={file} onFile={take} missing={missing} />
        {upload.isError && <ProblemNotice title={words.refused} error={upload.error} />}
      </div>
      <fieldset className={styles.options}>
        <legend className={styles.legend}>{words.options}</legend>
        <CountryField
          label={words.location}
          hint={words.locationHint}
          placeholder={words.asInFile}
          value={options.usageLocation}
          onChange={(usageLocation) => set({ usageLocation })}
        />
        <SkuField
          label={words.licenses}
          hint={words.licensesHint}
          products={products.data ?? []}
          value={options.skus}
          onChange={(skus) => set({ skus })}
        />
        <SelectField
          label={words.domain}
          hint={words.domainHint}
          value={options.domain}
          choices={[{ value: "", label: words.asInFile }, ...domains.map((name) => ({ value: name, label: name }))]}
          onChange={(domain) => set({ domain })}
        />
        <Field label={words.onExisting}>
          <RadioGroup
            value={options.onExisting}
            onChange={(_event, { value }) => set({ onExisting: value as Options["onExisting"] })}
          >
            <Radio value="skip" label={words.onExistingSkip} />
            <Radio value="update" label={words.onExistingUpdate} />
          </RadioGroup>
        </Field>
        <Field label={words.onDeleted}>
          <RadioGroup
            value={options.onDeleted}
            onChange={(_event, { value }) => set({ onDeleted: value as Options["onDeleted"] })}
          >
            <Radio value="ask" label={words.onDeletedAsk} />
            <Radio value="restore" label={words.onDeletedRestore} />
            <Radio value="create" label={words.onDeletedCreate} />
          </RadioGroup>
        </Field>
      </fieldset>
      <div className={styles.end}>
        {upload.isPending ? (
          <div className={styles.sending} role="status">
            <span>{sent < 1 ? words.sending(Math.floor(sent * 100)) : words.reading}</span>
            <ProgressBar {...(sent < 1 && { value: sent })} aria-label={words.reading} />
          </div>
        ) : (
          <>
            <Button type="submit" appearance="primary" size="large">
              {words.submit}
            </Button>
            <span className={styles.lead}>{words.lead}</span>
          </>
        )}
      </div>
    </form>
  );
}
