import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  Field,
  Textarea,
} from "@fluentui/react-components";
import { DocumentTableRegular } from "@fluentui/react-icons/svg/document-table";
import { TableArrowUpRegular } from "@fluentui/react-icons/svg/table-arrow-up";
import { useEffect, useState } from "react";
import { useDropzone } from "react-dropzone";
import { routeAddress } from "../../contract/route-address.ts";
import { formatSize } from "../kit/format.ts";
import { texts } from "../kit/texts.ts";
import { uploadTexts } from "./upload-texts.ts";
import styles from "./FileDrop.module.css";

const words = uploadTexts.upload;

/** Takes one file: dropped, picked, or pasted as rows from a spreadsheet, anywhere on the page. */
export function FileDrop({
  file,
  onFile,
  missing,
}: {
  file: File | null;
  onFile: (file: File) => void;
  missing: boolean;
}) {
  const [pasting, setPasting] = useState(false);
  const [tooMany, setTooMany] = useState(false);
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({
    multiple: false,
    noClick: true,
    noKeyboard: true,
    preventDropOnDocument: false,
    onDrop: (accepted, refused) => {
      setTooMany(refused.length > 0);
      if (accepted[0] !== undefined) onFile(accepted[0]);
    },
  });
  useEffect(() => {
    // A file that falls beside the zone is meant for it too; the browser would leave the page to show it.
    const over = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      if (event.defaultPrevented) return;
      event.preventDefault();
      const files = event.dataTransfer?.files ?? [];
      setTooMany(files.length > 1);
      if (files.length === 1 && files[0] !== undefined) onFile(files[0]);
    };
    document.addEventListener("dragover", over);
    document.addEventListener("drop", drop);
    return () => {
      document.removeEventListener("dragover", over);
      document.removeEventListener("drop", drop);
    };
  }, [onFile]);
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      if (event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement) return;
      const given = event.clipboardData?.files[0];
      const rows = event.clipboardData?.getData("text/plain") ?? "";
      if (given !== undefined) onFile(given);
      else if (rows.trim() !== "") onFile(fileOfRows(rows));
    };
    document.addEventListener("paste", paste);
    return () => document.removeEventListener("paste", paste);
  }, [onFile]);

  const alert = missing ? words.missing : tooMany ? words.tooMany : null;
  return (
    <section aria-label={words.file}>
      <div {...getRootProps({ tabIndex: undefined, role: undefined })} className={styles.zone} data-over={isDragActive}>
        <input {...getInputProps({ "aria-label": words.file })} />
        {file === null ? (
          <>
            <span className={styles.sign}>
              <TableArrowUpRegular />
            </span>
            <p className={styles.drop}>{isDragActive ? words.dropNow : words.drop}</p>
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
            <Button size="small" onClick={open}>
              {words.replace}
            </Button>
          </>
        )}
      </div>
      {alert !== null && (
        <p role="alert" className={styles.alert}>
          {alert}
        </p>
      )}
      <p className={styles.formats}>
        {words.formats}{" "}
        <a
          href={routeAddress("downloadTemplate", { params: { operation: "create-users" } })}
          download
          className="in-text"
        >
          {words.template}
        </a>
      </p>
      {pasting && (
        <PasteDialog
          onClose={() => setPasting(false)}
          onRows={(rows) => {
            setPasting(false);
            onFile(fileOfRows(rows));
          }}
        />
      )}
    </section>
  );
}

function fileOfRows(rows: string): File {
  return new File([rows], words.pastedName, { type: "text/csv" });
}

function PasteDialog({ onClose, onRows }: { onClose: () => void; onRows: (rows: string) => void }) {
  const [rows, setRows] = useState("");
  return (
    <Dialog open onOpenChange={(_event, { open }) => !open && onClose()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{words.pasteTitle}</DialogTitle>
          <DialogContent>
            <Field label={words.pasteField}>
              <Textarea
                autoFocus
                rows={10}
                resize="vertical"
                value={rows}
                onChange={(_event, { value }) => setRows(value)}
                textarea={{ style: { maxHeight: "50vh", whiteSpace: "pre", fontFamily: "monospace" } }}
              />
            </Field>
          </DialogContent>
          <DialogActions>
            <Button onClick={onClose}>{texts.common.cancel}</Button>
            <Button appearance="primary" disabled={rows.trim() === ""} onClick={() => onRows(rows)}>
              {words.pasteTake}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
