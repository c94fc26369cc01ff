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
import { useState } from "react";
import { texts } from "../kit/texts.ts";
import { uploadTexts } from "./upload-texts.ts";

const words = uploadTexts.upload;

/** Takes rows that are pasted into a field, where the page itself cannot be pasted into. */
export function PasteDialog({ onClose, onRows }: { onClose: () => void; onRows: (rows: string) => void }) {
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
