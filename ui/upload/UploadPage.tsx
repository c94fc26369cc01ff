import { Button } from "@fluentui/react-components";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { pageAddress, pages } from "../../contract/pages.ts";
import type { FieldName } from "../../contract/fields.ts";
import { customerQuery, productsQuery } from "../customers/customer-queries.ts";
import { problemAt, problemOf } from "../client/request-failed.ts";
import { startUpload, useUploads } from "./uploads.ts";
import { UploadProgress } from "./UploadProgress.tsx";
import { say } from "../kit/toasts.ts";
import { useIsHere } from "../kit/use-is-here.ts";
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
  const under = useUploads().find((one) => one.customerId === customerId);
  const isHere = useIsHere();
  const [missing, setMissing] = useState(false);
  const set = (part: Partial<FormOptions>) => setOptions((now) => ({ ...now, ...part }));

  const upload = useMutation({
    mutationFn: async ({ chosen, mapping }: { chosen: File; mapping?: Record<string, FieldName | null> }) => {
      const given = { ...options, skus: options.skus.join(";"), mapping: mapping && JSON.stringify(mapping) };
      return await startUpload({ customerId, file: chosen, options: { operation: "create-users", ...given } });
    },
    onSuccess: async (batch, { chosen }) => {
      client.setQueryData(queryKeys.batch(batch.id), batch);
      await client.invalidateQueries({ queryKey: queryKeys.batches() });
      // Whoever went on to another page stays there.
      if (isHere()) await navigate({ to: pages.batch.path, params: { batchId: batch.id } });
      else {
        const link = { label: words.openPlan, to: pageAddress("batch", { batchId: batch.id }) };
        say({ tone: "good", text: words.done(chosen.name), link });
      }
    },
    onError: (error, { chosen }) => {
      if (isStopped(error)) upload.reset();
      else if (!isHere()) say({ tone: "bad", text: words.failed(chosen.name, problemOf(error).detail) });
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
        {upload.isError && !isStopped(upload.error) && (
          <ProblemNotice title={words.refused} error={upload.error} brief={asked.length > 0} />
        )}
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
        {under !== undefined ? (
          <UploadProgress upload={under} />
        ) : (
          <>
            <Button type="submit" appearance="primary" size="large" disabledFocusable={upload.isPending}>
              {words.submit}
            </Button>
            <span className={styles.lead}>{words.lead}</span>
          </>
        )}
      </div>
    </form>
  );
}

function isStopped(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
