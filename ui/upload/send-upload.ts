import type { z } from "zod";
import type { Batch } from "../../contract/batch.ts";
import type { Bundle } from "../../contract/bundle.ts";
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

type Sent = { file: File; options: UploadOptions };

/** A file of one customer. */
export type SendOrder = Sent & { customerId: string };

/** A file for many customers. */
export type BundleOrder = Sent & { customerId: null };

/** What comes of a file. */
export type MadeOf<Order> = Order extends SendOrder ? Batch : Bundle;

/**
 * Sends a file and gives what was made of it. `onSent` hears the share that is on its way, 0 to 1: only XMLHttpRequest
 * tells it.
 * @throws RequestFailed
 * @throws DOMException AbortError where `signal` stopped it
 */
export function sendUpload<Order extends SendOrder | BundleOrder>(
  { customerId, file, options }: Order,
  { onSent, signal }: { onSent: (share: number) => void; signal: AbortSignal },
): Promise<MadeOf<Order>> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = { ...options, fileName: file.name };
    const route = customerId === null ? "createBundle" : "createUpload";
    request.open(
      "POST",
      customerId === null
        ? routeAddress("createBundle", { query })
        : routeAddress("createUpload", { params: { customerId }, query }),
    );
    // What the file is, its bytes tell; a browser that knows no type for it says nothing.
    request.setRequestHeader("content-type", file.type === workbookType ? workbookType : "text/csv");
    request.setRequestHeader("idempotency-key", randomKey());
    request.upload.addEventListener("progress", ({ loaded, total }) => onSent(total === 0 ? 1 : loaded / total));
    request.addEventListener("error", () => reject(unreachable()));
    request.addEventListener("abort", () => reject(new DOMException("The upload was stopped", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    request.addEventListener("load", () => {
      if (request.status === 201) resolve(JSON.parse(request.responseText) as MadeOf<Order>);
      else reject(refusal(routes[route], request.status, request.responseText));
    });
    request.send(file);
  });
}
