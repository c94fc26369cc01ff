import type { z } from "zod";
import type { Batch } from "../../contract/batch.ts";
import { workbookType } from "../../contract/media-types.ts";
import { unreachable } from "../../contract/request-failed.ts";
import { routeAddress } from "../../contract/route-address.ts";
import { routes } from "../../contract/routes.ts";
import type { uploadOptionsSchema } from "../../contract/new-batch.ts";
import { refusal } from "../client/call-route.ts";
import { randomKey } from "../client/random-key.ts";

/** `mapping` is JSON. */
type UploadOptions = Omit<z.input<typeof uploadOptionsSchema>, "mapping" | "apply"> & {
  mapping?: string | undefined;
};

export type SendOrder = { customerId: string; file: File; options: UploadOptions };

/**
 * Sends a file and gives the planned batch. `onSent` hears the share that is on its way, 0 to 1: only XMLHttpRequest
 * tells it.
 * @throws RequestFailed
 * @throws DOMException AbortError where `signal` stopped it
 */
export function sendUpload(
  { customerId, file, options }: SendOrder,
  { onSent, signal }: { onSent: (share: number) => void; signal: AbortSignal },
): Promise<Batch> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = { ...options, fileName: file.name };
    request.open("POST", routeAddress("createUpload", { params: { customerId }, query }));
    // What the file is, its bytes tell; a browser that knows no type for it says nothing.
    request.setRequestHeader("content-type", file.type === workbookType ? workbookType : "text/csv");
    request.setRequestHeader("idempotency-key", randomKey());
    request.upload.addEventListener("progress", ({ loaded, total }) => onSent(total === 0 ? 1 : loaded / total));
    request.addEventListener("error", () => reject(unreachable()));
    request.addEventListener("abort", () => reject(new DOMException("The upload was stopped", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    request.addEventListener("load", () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText) as Batch);
      else reject(refusal(routes.createUpload, request.status, request.responseText));
    });
    request.send(file);
  });
}
