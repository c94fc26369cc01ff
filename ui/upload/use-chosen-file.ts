import { useEffect, useState } from "react";
import type { FieldName } from "../../contract/fields.ts";
import type { FileOperation } from "../../contract/operations.ts";
import { randomKey } from "../client/random-key.ts";
import { type FormDraft, useDraft } from "../kit/use-draft.ts";
import type { ChosenFile } from "./chosen-file.ts";
import { emptyOptions, type FormOptions } from "./form-options.ts";
import { forgetFiles, keepFile, keptFile } from "./kept-files.ts";

/** What stands on the upload page: the options, the file, its sheet, and the fields of columns that a refusal asked about. */
export type UploadDraft = FormOptions & {
  chosen: ChosenFile | null;
  sheet: string;
  /** Of a file for many customers: the label of the column that names the customer, where it was given. */
  customerColumn: string;
  mapping: Record<string, FieldName | null>;
};

const empty: UploadDraft = { ...emptyOptions, chosen: null, sheet: "", customerColumn: "", mapping: {} };
const noFile = { chosen: null, sheet: "", mapping: {} };

/** The draft of the upload page `of` a customer, or of many; the bytes of its file are forgotten with it. */
export function useUploadDraft(of: string): FormDraft<UploadDraft> {
  const draft = useDraft(`upload ${of}`, empty);
  return { ...draft, clear: thenForget(draft.clear), throwAway: thenForget(draft.throwAway) };
}

function thenForget(end: () => void): () => void {
  return () => {
    end();
    void forgetFiles();
  };
}

/**
 * The file of an upload page: as chosen here, or as it was kept. `lost` is the name of one that this browser could not keep,
 * and `chosenFor` the operation where that is not the one the page was opened for.
 */
export function useChosenFile(draft: FormDraft<UploadDraft>, operation: FileOperation) {
  const [held, setHeld] = useState<{ id: string; file: File | null } | null>(null);
  const [openedFor] = useState(operation);
  const { chosen } = draft.value;
  const id = chosen?.id;
  const here = held !== null && held.id === id ? held : null;
  useEffect(() => {
    if (id === undefined || here !== null) return undefined;
    let isLatest = true;
    const read = async () => {
      const file = await keptFile(id);
      if (isLatest) setHeld({ id, file });
    };
    void read();
    return () => {
      isLatest = false;
    };
  }, [id, here]);
  return {
    file: here?.file ?? null,
    lost: here !== null && here.file === null ? (chosen?.name ?? null) : null,
    chosenFor:
      chosen === null || chosen.operation === openedFor || operation !== openedFor ? undefined : chosen.operation,
    choose: (file: File) => {
      const next = { id: randomKey(), at: Date.now(), name: file.name, size: file.size, operation };
      setHeld({ id: next.id, file });
      draft.set({ ...noFile, chosen: next });
      void keepFile(next.id, file);
    },
    remove: () => {
      const rest = { ...draft.value, ...noFile };
      if (JSON.stringify(rest) === JSON.stringify(empty)) draft.clear();
      else {
        draft.set(noFile);
        void forgetFiles();
      }
    },
  };
}
