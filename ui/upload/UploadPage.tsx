import { Button, ProgressBar } from "@fluentui/react-components";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { pages } from "../../contract/pages.ts";
import type { FieldName } from "../../contract/fields.ts";
import { customerQuery, productsQuery } from "../customers/customer-queries.ts";
import { problemAt } from "../client/request-failed.ts";
import { sendUpload } from "./send-upload.ts";
import { useTitle } from "../kit/use-title.ts";
import { FileDrop } from "./FileDrop.tsx";
import { emptyOptions, type FormOptions } from "./form-options.ts";
import { OptionFields } from "./OptionFields.tsx";
import { customerCrumbs } from "../customers/customer-crumbs.ts";
import { PageHead } from "../kit/PageHead.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { QueryGate } from "../kit/QueryGate.tsx";
import { columnsAskedFor, RefusedColumns } from "./RefusedColumns.tsx";
import { uploadTexts } from "./upload-texts.ts";
import styles from "./UploadPage.module.css";
import { useCustomerId } from "../customers/use-customer-id.ts";
import { queryKeys } from "../client/query-keys.ts";

const words = uploadTexts.upload;

/** Takes a spreadsheet and how it is meant, and goes on to its plan. */
export function UploadPage() {
  const customerId = useCustomerId();
  const customer = useQuery(customerQuery(customerId));
  useTitle(pages.upload.title);
  return (
    <QueryGate query={customer}>
      {({ name, domains }) => (
        <>
          <PageHead crumbs={customerCrumbs(customerId, name)} title={pages.upload.title} />
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
  const [options, setOptions] = useState(emptyOptions);
  const [sent, setSent] = useState(0);
  const [missing, setMissing] = useState(false);
  const set = (part: Partial<FormOptions>) => setOptions((now) => ({ ...now, ...part }));

  const upload = useMutation({
    mutationFn: async ({ chosen, mapping }: { chosen: File; mapping?: Record<string, FieldName | null> }) => {
      setSent(0);
      const given = { ...options, skus: options.skus.join(";"), mapping: mapping && JSON.stringify(mapping) };
      return await sendUpload({ customerId, file: chosen, options: { operation: "create-users", ...given } }, setSent);
    },
    onSuccess: async (batch) => {
      client.setQueryData(queryKeys.batch(batch.id), batch);
      await client.invalidateQueries({ queryKey: queryKeys.batches() });
      await navigate({ to: pages.batch.path, params: { batchId: batch.id } });
    },
  });
  const asked = columnsAskedFor(upload.error);
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
        else upload.mutate({ chosen: file });
      }}
    >
      <div className={styles.main}>
        <FileDrop file={file} onFile={take} missing={missing} />
        {upload.isError && <ProblemNotice title={words.refused} error={upload.error} brief={asked.length > 0} />}
        {file !== null && asked.length > 0 && (
          <RefusedColumns
            key={asked.join("\n")}
            columns={asked}
            onSubmit={(mapping) => upload.mutate({ chosen: file, mapping })}
          />
        )}
      </div>
      <fieldset className={styles.options}>
        <legend className={styles.legend}>{words.options}</legend>
        <OptionFields
          value={options}
          domains={domains}
          products={products.data ?? []}
          problem={problemAt(upload.error, "upnPattern")}
          onChange={set}
        />
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
