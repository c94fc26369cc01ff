import { Button } from "@fluentui/react-components";
import { DocumentTableRegular } from "@fluentui/react-icons/svg/document-table";
import { TableArrowUpRegular } from "@fluentui/react-icons/svg/table-arrow-up";
import { useState } from "react";
import { useDropzone } from "react-dropzone";
import { type FileOperation, operations } from "../../contract/operations.ts";
import { routeAddress } from "../../contract/route-address.ts";
import { templateVendors, vendorsOf } from "../../contract/template-vendors.ts";
import { formatSize } from "../kit/format.ts";
import { PasteDialog } from "./PasteDialog.tsx";
import { uploadTexts } from "./upload-texts.ts";
import { fileOfRows, type Taken, usePageFiles } from "./use-page-files.ts";
import styles from "./FileDrop.module.css";

const words = uploadTexts.upload;

/** Takes one file: dropped, picked, or pasted as rows from a spreadsheet, anywhere on the page. */
export function FileDrop({
  operation,
  file,
  lost,
  chosenFor,
  missing,
  onFile,
  onRemove,
}: {
  operation: FileOperation;
  file: File | null;
  /** The name of a file that was chosen earlier and has to be chosen again. */
  lost: string | null;
  /** What the file was chosen for earlier, where that is something else. */
  chosenFor: FileOperation | undefined;
  missing: boolean;
  onFile: (file: File) => void;
  onRemove: () => void;
}) {
  const [pasting, setPasting] = useState(false);
  const [refused, setRefused] = useState<string | null>(null);
  const take = (taken: Taken) => {
    setRefused("refused" in taken ? taken.refused : null);
    if ("file" in taken) onFile(taken.file);
  };
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    multiple: false,
    noClick: true,
    noKeyboard: true,
    preventDropOnDocument: false,
    onDrop: ([given], more) => {
      if (more.length > 0) take({ refused: words.tooMany });
      else if (given !== undefined) take({ file: given });
    },
  });
  usePageFiles(take);
  const alert = missing ? words.missing : refused;
  const { label, needs, vendors } = words.operations[operation];
  return (
    <section aria-label={words.file}>
      <div {...getRootProps({ tabIndex: undefined, role: undefined })} className={styles.zone} data-over={isDragActive}>
        <input {...getInputProps({ "aria-label": words.file })} />
        {file === null ? (
          <>
            <span className={styles.sign}>
              <TableArrowUpRegular />
            </span>
            <p className={styles.drop}>
              {isDragActive ? words.dropNow : lost === null ? words.drop : words.again(lost)}
            </p>
            {lost !== null && <p className={styles.hint}>{words.againHint}</p>}
            <Button onClick={open}>{words.pick}</Button>
            <p className={styles.hint}>{words.pasteHint}</p>
            <Button size="small" onClick={() => setPasting(true)}>
              {words.pasteLabel}
            </Button>
          </>
        ) : (
          <>
            <span className={styles.sign}>
              <DocumentTableRegular />
            </span>
            <p className={styles.drop} role="status">
              {file.name} <span className={styles.size}>{formatSize(file.size)}</span>
            </p>
            {chosenFor !== undefined && (
              <p className={styles.hint}>{words.chosenFor(words.operations[chosenFor].label)}</p>
            )}
            <div className={styles.acts}>
              <Button size="small" onClick={open}>
                {words.replace}
              </Button>
              <Button size="small" onClick={onRemove}>
                {words.remove}
              </Button>
            </div>
          </>
        )}
      </div>
      {alert !== null && (
        <p role="alert" className={styles.alert}>
          {alert}
        </p>
      )}
      <p className={styles.formats}>
        {needs} {vendors} {words.formats}{" "}
        <a
          href={routeAddress("downloadTemplate", { params: { operation: operations[operation].slug } })}
          download
          className="in-text"
        >
          {words.template(label)}
        </a>
      </p>
      <VendorTemplates operation={operation} />
      {pasting && (
        <PasteDialog
          onClose={() => setPasting(false)}
          onRows={(rows) => {
            setPasting(false);
            take({ file: fileOfRows(rows) });
          }}
        />
      )}
    </section>
  );
}

/** The empty templates of other programs, for those whose people fill in nothing else. */
function VendorTemplates({ operation }: { operation: FileOperation }) {
  const vendors = vendorsOf(operation);
  if (vendors.length === 0) return null;
  return (
    <div className={styles.templates}>
      <span id="vendor-templates">{words.vendorTemplates}</span>
      <ul aria-labelledby="vendor-templates">
        {vendors.map((vendor) => (
          <li key={vendor}>
            <a
              href={routeAddress("downloadTemplate", {
                params: { operation: operations[operation].slug },
                query: { vendor },
              })}
              download
              className="in-text"
            >
              {templateVendors[vendor].label}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
