import { Button } from "@fluentui/react-components";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { queryKeys } from "../client/query-keys.ts";
import { AskDialog } from "../kit/AskDialog.tsx";
import { ProblemNotice } from "../kit/ProblemNotice.tsx";
import { say } from "../kit/toasts.ts";
import { CatalogPreview } from "./CatalogPreview.tsx";
import { customerTexts } from "./customer-texts.ts";
import { sendCatalog } from "./send-catalog.ts";

const words = customerTexts.catalog;

/** Takes the vendor's table of products into the catalogue, once it has said what the file would change. */
export function CatalogImportDialog({ onClose }: { onClose: () => void }) {
  const client = useQueryClient();
  const input = useRef<HTMLInputElement>(null);
  const [file, setFile] = useState<File | null>(null);
  const [missing, setMissing] = useState(false);
  const preview = useMutation({ mutationFn: (chosen: File) => sendCatalog(chosen, { apply: false }) });
  const moves = (preview.data?.added ?? 0) + (preview.data?.changed ?? 0);
  return (
    <AskDialog
      title={words.title}
      submit={preview.data === undefined ? words.submit : words.submitCount(moves)}
      mayAct={() => {
        setMissing(file === null);
        return file !== null && moves > 0;
      }}
      act={async () => {
        if (file === null) return;
        const { added = 0, changed = 0 } = await sendCatalog(file, { apply: true });
        say({ tone: "good", text: words.done(added, changed) });
        await client.invalidateQueries({ queryKey: queryKeys.catalog() });
      }}
      onClose={onClose}
    >
      <p>{words.lead}</p>
      <div>
        <input
          ref={input}
          type="file"
          accept=".csv,text/csv"
          aria-label={words.file}
          hidden
          onChange={({ target }) => {
            const chosen = target.files?.[0];
            // The same file can be chosen again once it was mended.
            target.value = "";
            if (chosen === undefined) return;
            setFile(chosen);
            setMissing(false);
            preview.mutate(chosen);
          }}
        />
        <Button onClick={() => input.current?.click()}>{file === null ? words.pick : words.pickOther}</Button>{" "}
        {file?.name}
      </div>
      {missing && <p role="alert">{words.missing}</p>}
      {preview.isError && <ProblemNotice error={preview.error} />}
      {preview.data !== undefined && <CatalogPreview preview={preview.data} />}
    </AskDialog>
  );
}
