import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import type { FieldName } from "../../contract/fields.ts";
import { type FileOperation, operations } from "../../contract/operations.ts";
import { pageAddress } from "../../contract/pages.ts";
import { queryKeys } from "../client/query-keys.ts";
import { problemOf } from "../client/request-failed.ts";
import { useAct } from "../client/use-act.ts";
import { say } from "../kit/toasts.ts";
import { useIsHere } from "../kit/use-is-here.ts";
import { type FormOptions, sentOptions } from "./form-options.ts";
import { uploadTexts } from "./upload-texts.ts";
import { keepSent } from "./sent-files.ts";
import { startUpload } from "./uploads.ts";

const words = uploadTexts.upload;

type Sent = {
  file: File;
  operation: FileOperation;
  sheet?: string | undefined;
  options: FormOptions;
  mapping?: Record<string, FieldName | null> | undefined;
};

/**
 * Sends a file and goes on to its plan, or says where that is when the agent went on to another page. `onSent` is called
 * while the file still stands in the frame as one that is on its way.
 */
export function useUpload(customerId: string | null, onSent: () => void) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const isHere = useIsHere();
  const upload = useAct({
    mutationFn: async ({ file, operation, sheet, options, mapping }: Sent) => {
      const given = {
        operation: operations[operation].slug,
        sheet,
        ...sentOptions(operation, options, customerId === null),
        mapping: mapping && JSON.stringify(mapping),
      };
      if (customerId === null) {
        const bundle = await startUpload({ customerId, file, options: given }, onSent);
        client.setQueryData(queryKeys.bundle(bundle.id), bundle);
        return pageAddress("bundle", { bundleId: bundle.id });
      }
      const batch = await startUpload({ customerId, file, options: given }, onSent);
      client.setQueryData(queryKeys.batch(batch.id), batch);
      if (batch.sheets !== null) keepSent(client, batch.id, { customerId, file, options: given });
      return pageAddress("batch", { batchId: batch.id });
    },
    onSuccess: async (plan, { file }) => {
      await client.invalidateQueries({ queryKey: queryKeys.batches() });
      if (customerId === null) await client.invalidateQueries({ queryKey: queryKeys.bundles() });
      // Whoever went on to another page stays there.
      if (isHere()) await navigate({ to: plan });
      else say({ tone: "good", text: words.done(file.name), link: { label: words.openPlan, to: plan } });
    },
    onError: (error, { file }) => {
      // Stopped by the agent; or the session ended, which is asked for over the page and keeps all that stands on it.
      if (isStopped(error) || problemOf(error).code === "unauthenticated") upload.reset();
      else if (!isHere()) say({ tone: "bad", text: words.failed(file.name, problemOf(error).detail) });
    },
  });
  return {
    send: (sent: Sent) => upload.mutate(sent),
    isPending: () => upload.isPending,
    error: upload.error !== null && isStopped(upload.error) ? null : upload.error,
    reset: upload.reset,
  };
}

function isStopped(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}
