import { Button, ProgressBar } from "@fluentui/react-components";
import type { RunningUpload } from "./uploads.ts";
import styles from "./UploadProgress.module.css";
import { uploadTexts } from "./upload-texts.ts";

const words = uploadTexts.upload;

/** How far a file is on its way, and a way to stop it. */
export function UploadProgress({ upload: { fileName, share, stop } }: { upload: RunningUpload }) {
  const said = share < 1 ? words.sending(Math.floor(share * 100)) : words.reading;
  return (
    <div className={styles.progress}>
      <p className={styles.words}>
        <span className={styles.name}>{fileName}</span> <span role="status">{said}</span>
      </p>
      <Button size="small" onClick={stop}>
        {words.stop}
      </Button>
      <ProgressBar className={styles.bar} {...(share < 1 && { value: share })} aria-label={fileName} />
    </div>
  );
}
