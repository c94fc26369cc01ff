import { Button } from "@fluentui/react-components";
import { lazy, Suspense, useState } from "react";
import type { FileOperation } from "../../contract/operations.ts";
import { problemAt, problemOf } from "../client/request-failed.ts";
import { DraftNotice } from "../kit/DraftNotice.tsx";
import { LeaveGuard } from "../kit/LeaveGuard.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { SelectField } from "../kit/SelectField.tsx";
import { TextInput } from "../kit/TextInput.tsx";
import { FileDrop } from "./FileDrop.tsx";
import { type CustomerOptions, OptionFields } from "./OptionFields.tsx";
import { columnsAskedFor, RefusedColumns } from "./RefusedColumns.tsx";
import styles from "./UploadForm.module.css";
import { UploadProgress } from "./UploadProgress.tsx";
import { uploadTexts } from "./upload-texts.ts";
import { useChosenFile, useUploadDraft } from "./use-chosen-file.ts";
import { useSheetNames } from "./use-sheet-names.ts";
import { useUpload } from "./use-upload.ts";
import { useUploads } from "./uploads.ts";

const words = uploadTexts.upload;
const FirstRowsTable = lazy(async () => ({ default: (await import("./FirstRowsTable.tsx")).FirstRowsTable }));

/** The form of the upload page: the file, its sheet, what it leaves open, and the way to its plan. */
export function UploadForm({
  customerId,
  operation,
  sheet,
  onSheet,
  refusal,
  ofCustomer,
}: {
  /** Null: the rows are of many customers. */
  customerId: string | null;
  operation: FileOperation;
  sheet: string | undefined;
  onSheet: (name: string | undefined) => void;
  /** Why the agent may not do it; null where they may. */
  refusal: string | null;
  ofCustomer: CustomerOptions | null;
}) {
  const draft = useUploadDraft(customerId ?? "many customers");
  const { file, lost, chosenFor, choose, remove } = useChosenFile(draft, operation);
  const { chosen: _chosen, sheet: keptSheet, mapping: fields, customerColumn, ...options } = draft.value;
  const under = useUploads().find((one) => one.customerId === customerId);
  const [missing, setMissing] = useState(false);
  const upload = useUpload(customerId, draft.clear);
  const send = (chosen: File, mapping?: Parameters<typeof upload.send>[0]["mapping"]) => {
    const named = customerColumn.trim() === "" ? undefined : { [customerColumn.trim()]: "customer" as const };
    upload.send({
      file: chosen,
      operation,
      sheet: wanted,
      options,
      mapping: named ? { ...mapping, ...named } : mapping,
    });
  };
  const asked = columnsAskedFor(upload.error);
  const seen = useSheetNames(file);
  const hidden = new Set(seen.filter((one) => one.hidden).map(({ name }) => name));
  // Where the browser cannot tell: the one that the address names, and those of a workbook that was refused.
  const refused = upload.error === null ? [] : (problemOf(upload.error).sheets ?? []);
  const asksFor = sheet ?? (keptSheet === "" ? undefined : keptSheet);
  const told = [...new Set([...(asksFor === undefined ? [] : [asksFor]), ...refused])];
  const sheets = seen.length === 0 ? told : seen.length === 1 ? [] : seen.map(({ name }) => name);
  // The address may name a sheet of the file that was chosen before.
  const wanted = asksFor !== undefined && sheets.includes(asksFor) ? asksFor : undefined;
  const take = (next: File) => {
    upload.reset();
    setMissing(false);
    choose(next);
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
      <LeaveGuard draft={{ ...draft, isDirty: () => draft.isDirty() && under === undefined && !upload.isPending() }} />
      {draft.leftAt !== null && (
        <div className={styles.wide}>
          <DraftNotice draft={draft} lead={words.keptLead} />
        </div>
      )}
      <div className={styles.main}>
        <FileDrop
          operation={operation}
          file={file}
          lost={lost}
          chosenFor={chosenFor}
          missing={missing}
          onFile={take}
          onRemove={() => {
            upload.reset();
            remove();
          }}
        />
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
          <RefusedColumns
            columns={asked}
            fields={fields}
            onChange={(mapping) => draft.set({ mapping })}
            onSubmit={(mapping) => send(file, mapping)}
          />
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
            onChange={(name) => {
              draft.set({ sheet: name });
              onSheet(name === "" ? undefined : name);
            }}
          />
        )}
        {customerId === null && (
          <TextInput
            label={words.customerColumn}
            hint={words.customerColumnHint}
            value={customerColumn}
            onChange={(label) => draft.set({ customerColumn: label })}
          />
        )}
        <OptionFields
          operation={operation}
          value={options}
          ofCustomer={ofCustomer}
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
