import { useEffect } from "react";
import { texts } from "./texts.ts";

/** Names the page in the browser's tab. */
export function useTitle(title: string | undefined): void {
  useEffect(() => {
    document.title = title === undefined ? texts.brand : `${title} · ${texts.brand}`;
  }, [title]);
}
