import { Button } from "@fluentui/react-components";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import { type Operation, operationFromSlug, operations } from "../../contract/operations.ts";
import { pages } from "../../contract/pages.ts";
import { problemAt, problemOf } from "../client/request-failed.ts";
import { customerCrumbs } from "../customers/customer-crumbs.ts";
import { customerQuery, productsQuery } from "../customers/customer-queries.ts";
import { useCustomerId } from "../customers/use-customer-id.ts";
import { DraftNotice } from "../kit/DraftNotice.tsx";
import { LeaveGuard } from "../kit/LeaveGuard.tsx";
import { PageHead } from "../kit/PageHead.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { QueryGate } from "../kit/QueryGate.tsx";
import { SelectField } from "../kit/SelectField.tsx";
import { useAuthority } from "../kit/use-authority.ts";
import { useDraft } from "../kit/use-draft.ts";
import { useTitle } from "../kit/use-title.ts";
import { FileDrop } from "./FileDrop.tsx";
import { emptyOptions } from "./form-options.ts";
import { OperationChoice } from "./OperationChoice.tsx";
import { OptionFields } from "./OptionFields.tsx";
import { columnsAskedFor, RefusedColumns } from "./RefusedColumns.tsx";
import { UploadProgress } from "./UploadProgress.tsx";
import styles from "./UploadPage.module.css";
import { uploadTexts } from "./upload-texts.ts";
import { useSheetNames } from "./use-sheet-names.ts";
import { useUpload } from "./use-upload.ts";
import { useUploads } from "./uploads.ts";

const words = uploadTexts.upload;
const FirstRowsTable = lazy(async () => ({ default: (await import("./FirstRowsTable.tsx")).FirstRowsTable }));

/** Takes a spreadsheet, what to do with its users and how it is meant, and goes on to its plan. */
export function UploadPage() {
  const customerId = useCustomerId();
  const customer = useQuery(customerQuery(customerId));
  const navigate = useNavigate({ from: pages.upload.path });
  const search = useSearch({ from: "/frame/customers/$customerId/upload" });
  const operation = operationFromSlug(search.operation ?? "") ?? "createUsers";
  const { title } = words.operations[operation];
  useTitle(title);
  return (
    <QueryGate query={customer}>
      {({ name, domains }) => (
        <>
          <PageHead crumbs={customerCrumbs(customerId, name)} title={title} />
          <OperationChoice
            customerId={customerId}
            value={operation}
            onChange={(chosen) =>
              void navigate({ search: (now) => ({ ...now, operation: operations[chosen].slug }), replace: true })
            }
          />
          <UploadForm
            customerId={customerId}
            operation={operation}
            sheet={search.sheet}
            onSheet={(sheet) => void navigate({ search: (now) => ({ ...now, sheet }), replace: true })}
            domains={domains.map((domain) => domain.name)}
          />
        </>
      )}
    </QueryGate>
  );
}

function UploadForm({
  customerId,
  operation,
  sheet,
  onSheet,
  domains,
}: {
  customerId: string;
  operation: Operation;
  sheet: string | undefined;
  onSheet: (name: string | undefined) => void;
  domains: string[];
}) {
  const products = useQuery(productsQuery(customerId));
  const [file, setFile] = useState<File | null>(null);
  const draft = useDraft(`upload ${customerId}`, emptyOptions);
  const under = useUploads().find((one) => one.customerId === customerId);
  const [missing, setMissing] = useState(false);
  const upload = useUpload(customerId, draft.clear);
  const send = (chosen: File, mapping?: Parameters<typeof upload.send>[0]["mapping"]) =>
    upload.send({ file: chosen, operation, sheet: wanted, options: draft.value, mapping });
  const refusal = useAuthority(customerId).reason(operation);
  const asked = columnsAskedFor(upload.error);
  const seen = useSheetNames(file);
  const hidden = new Set(seen.filter((one) => one.hidden).map(({ name }) => name));
  // Where the browser cannot tell: the one that the address names, and those of a workbook that was refused.
  const refused = upload.error === null ? [] : (problemOf(upload.error).sheets ?? []);
  const told = [...new Set([...(sheet === undefined ? [] : [sheet]), ...refused])];
  const sheets = seen.length === 0 ? told : seen.length === 1 ? [] : seen.map(({ name }) => name);
  // The address may name a sheet of the file that was chosen before.
  const wanted = sheet !== undefined && sheets.includes(sheet) ? sheet : undefined;
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
        else if (refusal === null) send(file);
      }}
    >
      {/* A file that is on its way goes on without its page. */}
      <LeaveGuard draft={{ ...draft, isDirty: () => draft.isDirty() && !upload.isPending() }} />
      {draft.leftAt !== null && (
        <div className={styles.wide}>
          <DraftNotice draft={draft} />
        </div>
      )}
      <div className={styles.main}>
        <FileDrop operation={operation} file={file} onFile={take} missing={missing} />
        {file !== null && (
          <Suspense>
            <FirstRowsTable file={file} />
          </Suspense>
        )}
        {upload.error !== null && (
          <ProblemNotice
            title={words.refused}
            error={upload.error}
            brief={asked.length > 0 || problemAt(upload.error, "upnPattern") !== undefined}
          />
        )}
        {file !== null && asked.length > 0 && (
          <RefusedColumns key={asked.join("\n")} columns={asked} onSubmit={(mapping) => send(file, mapping)} />
        )}
      </div>
      <fieldset className={styles.options}>
        <legend className={styles.legend}>{words.options}</legend>
        {sheets.length > 0 && (
          <SelectField
            label={words.sheet}
            hint={words.sheetHint}
            value={wanted ?? ""}
            choices={[
              { value: "", label: words.sheetAny },
              ...sheets.map((name) => ({ value: name, label: hidden.has(name) ? words.sheetHidden(name) : name })),
            ]}
            onChange={(name) => onSheet(name === "" ? undefined : name)}
          />
        )}
        <OptionFields
          operation={operation}
          value={draft.value}
          domains={domains}
          products={products.data ?? []}
          problem={problemAt(upload.error, "upnPattern")}
          onChange={draft.set}
        />
      </fieldset>
      <div className={styles.end}>
        {under !== undefined ? (
          <UploadProgress upload={under} />
        ) : (
          <>
            <Button
              type="submit"
              appearance="primary"
              size="large"
              disabledFocusable={upload.isPending() || refusal !== null}
            >
              {words.submit}
            </Button>
            <span className={styles.lead}>{refusal ?? words.lead}</span>
          </>
        )}
      </div>
    </form>
  );
}
