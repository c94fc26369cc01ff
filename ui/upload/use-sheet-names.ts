import { useEffect, useState } from "react";
import type { SheetName } from "./sheet-names.ts";

const none: readonly SheetName[] = [];

/** The sheets of the workbook that was chosen, as soon as this browser has read them. */
export function useSheetNames(file: File | null): readonly SheetName[] {
  const [found, setFound] = useState<{ of: File; sheets: readonly SheetName[] } | null>(null);
  useEffect(() => {
    if (file === null) return undefined;
    let isLatest = true;
    const find = async () => {
      const { sheetNames } = await import("./sheet-names.ts");
      const sheets = await sheetNames(file);
      if (isLatest) setFound({ of: file, sheets });
    };
    void find();
    return () => {
      isLatest = false;
    };
  }, [file]);
  return found !== null && found.of === file ? found.sheets : none;
}
