import { Link, useParams } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { pageAddress } from "../../contract/pages.ts";
import { type RunningUpload, useUploads } from "../upload/uploads.ts";
import { frameTexts } from "./frame-texts.ts";
import { usePageName } from "./use-page-name.ts";
import styles from "./UploadTray.module.css";

// Few open a page while a file is on its way.
const UploadProgress = lazy(async () => ({ default: (await import("../upload/UploadProgress.tsx")).UploadProgress }));

/** The files that are on their way while the agent is on another page. */
export function UploadTray() {
  const uploads = useUploads();
  const page = usePageName();
  const { customerId } = useParams({ strict: false });
  const shown = uploads.filter(
    (upload) => (page !== "upload" && page !== "bundleUpload") || upload.customerId !== (customerId ?? null),
  );
  if (shown.length === 0) return null;
  return (
    <section className={styles.tray} aria-label={frameTexts.uploads.label}>
      {shown.map((upload) => (
        <div key={upload.key} className={styles.upload}>
          <Suspense>
            <UploadProgress upload={upload} />
          </Suspense>
          <Link to={addressOf(upload)} className="in-text">
            {frameTexts.uploads.open}
          </Link>
        </div>
      ))}
    </section>
  );
}

function addressOf({ customerId }: RunningUpload): string {
  return customerId === null ? pageAddress("bundleUpload") : pageAddress("upload", { customerId });
}
