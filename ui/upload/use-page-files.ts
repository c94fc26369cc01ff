import { useEffect, useRef } from "react";
import { uploadTexts } from "./upload-texts.ts";

const words = uploadTexts.upload;

/** What became of something that was dropped or pasted: a file to take, or a sentence that says why it is none. */
export type Taken = { file: File } | { refused: string };

/**
 * Hears of files and rows that are dropped or pasted anywhere on the page: the browser would leave the page to show a file,
 * or swallow it. What falls into a text field stays the field's.
 */
export function usePageFiles(onTaken: (taken: Taken) => void): void {
  const latest = useRef(onTaken);
  latest.current = onTaken;
  useEffect(() => {
    const over = (event: DragEvent) => event.preventDefault();
    const drop = (event: DragEvent) => {
      if (event.defaultPrevented || isTextField(event.target)) return;
      event.preventDefault();
      latest.current(takenFrom(event.dataTransfer, words.notFile));
    };
    const paste = (event: ClipboardEvent) => {
      if (!isTextField(event.target)) latest.current(takenFrom(event.clipboardData, words.notRows));
    };
    document.addEventListener("dragover", over);
    document.addEventListener("drop", drop);
    document.addEventListener("paste", paste);
    return () => {
      document.removeEventListener("dragover", over);
      document.removeEventListener("drop", drop);
      document.removeEventListener("paste", paste);
    };
  }, []);
}

/** The file in what was dropped or pasted; rows of a spreadsheet become one. `otherwise` is said of all else. */
function takenFrom(given: DataTransfer | null, otherwise: string): Taken {
  const [file, ...more] = given?.files ?? [];
  if (more.length > 0) return { refused: words.tooMany };
  if (file !== undefined) return { file };
  const rows = given?.getData("text/plain") ?? "";
  // A word or an address alone is something that the agent copied for another place.
  return /[\t\r\n]/.test(rows.trim()) ? { file: fileOfRows(rows) } : { refused: otherwise };
}

/** Rows copied from a spreadsheet as a file to send. */
export function fileOfRows(rows: string): File {
  return new File([rows], words.pastedName, { type: "text/csv" });
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLTextAreaElement || (target instanceof HTMLInputElement && target.type !== "file");
}
